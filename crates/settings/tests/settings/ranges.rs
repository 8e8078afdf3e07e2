//! The ranges that the reference documents are those that are accepted.

use vestibule_settings::{Settings, Source};

use crate::given::variables;

const REFERENCE: &str = include_str!("../../../../docs/configuration.md");

/// A documented range: a variable, the ends of its range, and what is just beyond them.
struct Range {
    variable: String,
    ends: [String; 2],
    beyond: [String; 2],
}

/// Every row of the reference whose type is a number, a size or a duration.
fn documented() -> Vec<Range> {
    let rows = REFERENCE.lines().filter(|line| line.contains("| `VESTIBULE__"));
    rows.filter_map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let range = range(cells[3])?;
        Some(Range { variable: cells[2].trim_matches('`').to_owned(), ..range })
    })
    .collect()
}

/// Of "1 to 10000 and more", "size, 1 byte to 1 GiB" or "duration, up to 24h".
fn range(kind: &str) -> Option<Range> {
    let of = |ends: [String; 2], beyond: [String; 2]| Some(Range { variable: String::new(), ends, beyond });
    if let Some(rest) = kind.strip_prefix("duration") {
        let longest =
            rest.strip_prefix(", up to `").and_then(|rest| rest.split('`').next()).unwrap_or("3650d");
        let (number, unit) = longest.split_at(longest.len() - 1);
        let beyond = format!("{}{unit}", number.parse::<u64>().unwrap() + 1);
        return of(["1ms".to_owned(), longest.to_owned()], ["0ms".to_owned(), beyond]);
    }
    let is_size = kind.starts_with("size, ");
    let (least, most) = kind.trim_start_matches("size, ").split_once(" to ")?;
    if is_size {
        let (number, unit) = most.split_once(' ').unwrap();
        assert_eq!(least, "1 byte");
        let bytes: u64 = number.parse::<u64>().unwrap() << if unit == "GiB" { 30 } else { 20 };
        return of(["1".to_owned(), format!("{number}{unit}")], ["0".to_owned(), (bytes + 1).to_string()]);
    }
    let most: String = most.chars().take_while(char::is_ascii_digit).collect();
    let [low, high] = [least.parse::<i64>().ok()?, most.parse().ok()?];
    of([low.to_string(), high.to_string()], [(low - 1).to_string(), (high + 1).to_string()])
}

/// Whether the settings are good with this value.
fn accepts(variable: &str, value: &str) -> Result<(), String> {
    let mut given = vec![(variable, value)];
    match variable {
        // A part of an address that needs the rest of it.
        "VESTIBULE__DATABASE__PORT" => {
            given.extend([("VESTIBULE__DATABASE__KIND", "postgres"), ("VESTIBULE__DATABASE__NAME", "v")]);
        }
        // One has to be shorter than the other.
        name if name.ends_with("__ACCESS") => given.push((refresh(name), "3650d")),
        name if name.ends_with("__REFRESH") => given.push((access(name), "1ms")),
        _ => {}
    }
    let source: Source = variables(&given);
    Settings::load_from(&source).map(drop).map_err(|problems| problems.to_string())
}

fn refresh(access: &str) -> &'static str {
    if access.contains("THEATER") {
        "VESTIBULE__SURFACES__THEATER__REFRESH"
    } else {
        "VESTIBULE__SURFACES__CONTACTS__REFRESH"
    }
}

fn access(refresh: &str) -> &'static str {
    if refresh.contains("THEATER") {
        "VESTIBULE__SURFACES__THEATER__ACCESS"
    } else {
        "VESTIBULE__SURFACES__CONTACTS__ACCESS"
    }
}

#[test]
fn both_ends_of_every_documented_range_are_accepted_and_nothing_beyond() {
    let ranges = documented();
    assert!(ranges.len() >= 20, "{}", ranges.len());
    for Range { variable, ends, beyond } in ranges {
        // The lives of tokens bound each other; their own refusal is tested with them.
        let bounded = variable.ends_with("__ACCESS") || variable.ends_with("__REFRESH");
        let [least, most] = &ends;
        for end in [least, most] {
            let is_bound = bounded && (end == most) == variable.ends_with("__ACCESS");
            if !is_bound {
                assert_eq!(accepts(&variable, end), Ok(()), "{variable}={end}");
            }
        }
        for value in beyond {
            assert!(accepts(&variable, &value).is_err(), "{variable}={value}");
        }
    }
}

//! The ranges that the reference documents are those that are accepted.

use vestibule_settings::Source;

use crate::given::variables;

const REFERENCE: &str = include_str!("../../docs/configuration.md");

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

/// A length of time, and one that is longer by one of its unit.
fn and_longer(time: &str) -> [String; 2] {
    let (number, unit) = time.split_at(time.len() - 1);
    [time.to_owned(), format!("{}{unit}", number.parse::<u64>().unwrap() + 1)]
}

/// A length of time that is shorter by a millisecond.
fn and_shorter(time: &str) -> String {
    let (number, unit) = time.split_at(time.len() - 1);
    let seconds = number.parse::<u64>().unwrap()
        * [("s", 1), ("m", 60), ("h", 3600)].iter().find(|it| it.0 == unit).unwrap().1;
    format!("{}ms", seconds * 1000 - 1)
}

/// Numbers (1 to 10000 and more), sizes (1 byte to 1 GiB), and durations: up to 24h, from 1h, or from 1s to 2m.
fn range(kind: &str) -> Option<Range> {
    let of = |ends: [String; 2], beyond: [String; 2]| Some(Range { variable: String::new(), ends, beyond });
    if let Some((least, most)) = kind.strip_prefix("duration, `").and_then(|rest| rest.split_once("` to `")) {
        let [most, beyond] = and_longer(most.trim_end_matches('`'));
        return of([least.to_owned(), most], ["0s".to_owned(), beyond]);
    }
    if let Some(rest) = kind.strip_prefix("duration, from `") {
        let least = rest.split('`').next().unwrap();
        let [longest, beyond] = and_longer("3650d");
        return of([least.to_owned(), longest], [and_shorter(least), beyond]);
    }
    if let Some(rest) = kind.strip_prefix("duration") {
        let longest =
            rest.strip_prefix(", up to `").and_then(|rest| rest.split('`').next()).unwrap_or("3650d");
        let [longest, beyond] = and_longer(longest);
        return of(["1ms".to_owned(), longest], ["0ms".to_owned(), beyond]);
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
    let mut other = None;
    match variable {
        // A part of an address that needs the rest of it.
        "VESTIBULE__DATABASE__PORT" => {
            given.extend([("VESTIBULE__DATABASE__KIND", "postgres"), ("VESTIBULE__DATABASE__NAME", "v")]);
        }
        // One has to be shorter than the other.
        name => {
            other = name.strip_suffix("__ACCESS").map(|of| (format!("{of}__REFRESH"), "3650d"));
            other = other.or_else(|| Some((format!("{}__ACCESS", name.strip_suffix("__REFRESH")?), "1ms")));
        }
    }
    given.extend(other.as_ref().map(|(name, value)| (name.as_str(), *value)));
    let source: Source = variables(&given);
    vestibule::surfaces::settings(&source).map(drop).map_err(|problems| problems.to_string())
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

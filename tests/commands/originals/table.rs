//! The table of docs/migration-sources.md.

use super::Counts;

const PAGE: &str = include_str!("../../../docs/migration-sources.md");

/// What the page says of an original.
pub(crate) fn row(name: &str) -> Counts {
    let begin = format!("| {name} | ");
    let rows = PAGE.lines().skip_while(|line| !line.starts_with("| original | accounts | log in |"));
    let row = rows.take_while(|line| line.starts_with('|')).find_map(|line| line.strip_prefix(&begin));
    let row = row.unwrap_or_else(|| panic!("{name} is in the table"));
    let numbers: Vec<u64> =
        row.trim_end_matches('|').split('|').map(|cell| cell.trim().parse().unwrap()).collect();
    let [accounts, log_in, inactive, in_trash, unable, refused] = numbers[..] else {
        panic!("{name} has six numbers")
    };
    Counts { accounts, imported: accounts - refused, refused, log_in, inactive, in_trash, unable }
}

//! The document says what the registry has.

use vestibule_hashes::{Format, formats, refused};

const DOCUMENT: &str = include_str!("../../../../docs/imported-hashes.md");

fn codes(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn row(format: &Format) -> String {
    let named = if format.tells_itself() { "tells itself" } else { "by name" };
    let (fields, keys) = (codes(format.fields()), codes(format.keys()));
    format!("| `{}` | {} | {named} | {fields} | {keys} |", format.name(), format.system())
}

#[test]
fn the_table_of_formats_is_that_of_the_registry() {
    let (_, table) = DOCUMENT.split_once("## Formats").unwrap();
    let (table, _) = table.split_once("## Not accepted").unwrap();
    let written: Vec<&str> = table.lines().filter(|line| line.starts_with("| `")).collect();
    let registered: Vec<String> = formats().map(row).collect();
    assert_eq!(written, registered);
}

#[test]
fn the_reasons_of_refusals_are_those_of_the_registry() {
    for (format, reason) in refused() {
        assert!(DOCUMENT.contains(&format!("| `{format}` | {reason} |")), "{format}");
    }
}

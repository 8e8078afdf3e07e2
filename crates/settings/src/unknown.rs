//! Keys that no section asked for.

use config::{Value, ValueKind};

use crate::layers::Table;
use crate::problems::Problem;
use crate::reader::Reader;
use crate::variables;

/// Names every key that was given and never asked for.
pub(crate) fn report(reader: &mut Reader) {
    let mut found = Vec::new();
    collect(reader, &reader.table, "", &mut found);
    found.sort();
    for (key, origin) in found {
        let message = format!("is not a setting{}", hint(reader, &key));
        reader.problems.add(Problem::with_key(key, (!origin.is_empty()).then_some(origin), message));
    }
}

fn collect(reader: &Reader, table: &Table, around: &str, found: &mut Vec<(String, String)>) {
    for (name, value) in table {
        let key = format!("{around}{name}");
        if reader.asked.contains(&key) {
            continue;
        }
        let inside = format!("{key}.");
        match &value.kind {
            ValueKind::Table(inner) if reader.asked.iter().any(|asked| asked.starts_with(&inside)) => {
                collect(reader, inner, &inside, found);
            }
            _ => found.push((key, origins(value))),
        }
    }
}

/// Where a value came from. For a whole section, where each of its values came from.
fn origins(value: &Value) -> String {
    let mut origins = Vec::new();
    gather(value, &mut origins);
    origins.sort_unstable();
    origins.dedup();
    origins.join(", ")
}

fn gather<'v>(value: &'v Value, origins: &mut Vec<&'v str>) {
    match &value.kind {
        ValueKind::Table(inner) if !inner.is_empty() => {
            for value in inner.values() {
                gather(value, origins);
            }
        }
        _ => origins.extend(value.origin()),
    }
}

/// The nearest known name. If none is near, all known names of the section.
fn hint(reader: &Reader, key: &str) -> String {
    let (around, name) = key.rsplit_once('.').unwrap_or(("", key));
    let inside = if around.is_empty() { String::new() } else { format!("{around}.") };
    let mut beside: Vec<&str> =
        reader.asked.iter().filter_map(|asked| asked.strip_prefix(&inside)?.split('.').next()).collect();
    beside.dedup();
    let near = beside.iter().filter(|known| is_near(name, known)).min_by_key(|known| distance(name, known));
    if let Some(near) = near {
        return format!("; did you mean {inside}{near}?");
    }
    let keys: Vec<String> = reader.asked.iter().cloned().collect();
    if let Some(near) = variables::nearest(&keys, key) {
        return format!("; did you mean {near}?");
    }
    if ["env", "config_dir"].contains(&key) {
        return format!("; did you mean the variable VESTIBULE_{}?", key.to_uppercase());
    }
    let elsewhere: Vec<&str> = reader
        .asked
        .iter()
        .map(String::as_str)
        .filter(|asked| asked.rsplit('.').next() == Some(name))
        .collect();
    if !elsewhere.is_empty() {
        return format!("; did you mean {}?", elsewhere.join(" or "));
    }
    format!("; known here: {}", beside.join(", "))
}

/// Whether a word is a misspelling: at most two letters added, left out or changed, and at most half of the word.
pub(crate) fn is_near(given: &str, known: &str) -> bool {
    let away = distance(given, known);
    away <= 2 && away * 2 <= known.chars().count()
}

/// Levenshtein's distance.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((to, above), diagonal) in b.chars().zip(row.iter().skip(1)).zip(&row) {
            let left = next.last().copied().unwrap_or(i);
            next.push((diagonal + usize::from(from != to)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_letters() {
        assert_eq!(
            [0, 1, 1, 2, 3],
            [("port", "port"), ("prt", "port"), ("port", "ports"), ("prot", "port"), ("", "abc")]
                .map(|(a, b)| distance(a, b))
        );
    }
}

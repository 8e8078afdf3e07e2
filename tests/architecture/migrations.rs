//! The names of the changes of the schema: they say in which order the changes are made, for ever.

use migration::{Migrator, MigratorTrait as _};

use crate::workspace::{files, root};

/// Named before the numbers went on from one day to the next. It was applied, so it stays.
const BEFORE_THE_RULE: &str = "m20261126_001_user_profiles_avatar";

fn names() -> Vec<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}

/// `m20261126_019_contacts`: the day, the number, and what is changed.
fn parts(name: &str) -> Option<(u32, u32, &str)> {
    let (day, rest) = name.strip_prefix('m')?.split_once('_')?;
    let (number, what) = rest.split_once('_')?;
    let is_what =
        !what.is_empty() && what.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    (day.len() == 8 && number.len() == 3 && is_what).then_some((
        day.parse().ok()?,
        number.parse().ok()?,
        what,
    ))
}

#[test]
fn every_name_has_a_day_and_a_number_that_go_on() {
    let mut before = (0, 0);
    for name in names().iter().filter(|name| *name != BEFORE_THE_RULE) {
        let (day, number, _) = parts(name).unwrap_or_else(|| panic!("{name} is not mYYYYMMDD_NNN_what"));
        assert!(day >= before.0 && number == before.1 + 1, "{name} does not follow number {}", before.1);
        before = (day, number);
    }
}

#[test]
fn every_file_is_a_change_of_its_name_and_is_made() {
    let mut found: Vec<_> = files(&root().join("migration/src"), "rs")
        .iter()
        .map(|file| file.file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|stem| stem.starts_with("m2"))
        .collect();
    found.sort();
    let mut made = names();
    made.sort();
    assert_eq!(made, found);
}

/// Databases know the changes by these names: one that was applied is never named otherwise, moved or taken out.
#[test]
fn what_was_applied_keeps_its_name_and_its_place() {
    let applied: Vec<_> = include_str!("applied_migrations.txt").lines().map(str::to_owned).collect();
    let names = names();
    assert!(
        applied.len() >= 29 && names.starts_with(&applied),
        "add new names at the end of applied_migrations.txt"
    );
    assert_eq!(names.len(), applied.len(), "a change is listed in applied_migrations.txt once it is made");
}

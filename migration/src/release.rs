//! Which releases can run on a database that a newer one has migrated.

/// This release.
pub(crate) const THIS: &str = env!("CARGO_PKG_VERSION");

/// For each change the oldest release whose servers can run beside it, in the order of the history. Changes before the
/// first one here are known to every release that reads this from the database. A later change that is not here stops
/// the servers that do not know it.
const OLDEST_BESIDE: [(&str, &str); 11] = [
    ("m20261129_041_oldest_release", "0.1.0"),
    ("m20261129_042_block_deltas", "0.1.0"),
    ("m20261129_043_movie_links", "0.1.0"),
    ("m20261129_044_users_lists", "0.1.0"),
    ("m20261129_045_daily_counts", "0.1.0"),
    ("m20261129_046_sessions_last_seen", "0.1.0"),
    ("m20261130_047_sent_messages", "0.1.0"),
    ("m20261130_048_users_surface", "0.1.0"),
    ("m20261130_049_sqlite_row_blocks", "0.1.0"),
    ("m20261130_050_kept_plans", "0.1.0"),
    ("m20261130_051_page_starts", "0.1.0"),
];

/// The oldest release that can run beside a change, if the change says so.
pub(crate) fn oldest_beside(change: &str) -> Option<&'static str> {
    OLDEST_BESIDE.iter().find(|(name, _)| *name == change).map(|(_, release)| *release)
}

/// Whether this release is not older than another one.
pub(crate) fn is_at_least(oldest: &str) -> bool {
    match (numbers(THIS), numbers(oldest)) {
        (Some(this), Some(oldest)) => this >= oldest,
        _ => false,
    }
}

/// The three numbers of a release. What follows them, such as `-rc.1`, does not count.
fn numbers(release: &str) -> Option<[u64; 3]> {
    let plain = release.split(['-', '+']).next()?;
    let numbers: Vec<u64> = plain.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    numbers.try_into().ok()
}

#[cfg(test)]
mod tests {
    use sea_orm_migration::MigratorTrait as _;

    use super::*;

    #[test]
    fn releases_are_compared_by_their_numbers() {
        assert!(numbers("0.10.0") > numbers("0.9.9"));
        assert_eq!(numbers("1.2.3-rc.1"), Some([1, 2, 3]));
        for none in ["", "1.2", "1.2.3.4", "1.x.3"] {
            assert_eq!(numbers(none), None, "{none}");
        }
        assert!(is_at_least(THIS) && !is_at_least("99.0.0") && !is_at_least("soon"));
    }

    #[test]
    fn the_changes_that_name_a_release_are_of_the_history_and_name_none_that_is_still_to_come() {
        let history = crate::Migrator::migrations();
        let places = OLDEST_BESIDE.iter().map(|(change, release)| {
            assert!(is_at_least(release), "{change}");
            history.iter().position(|step| step.name() == *change).unwrap_or_else(|| panic!("{change}"))
        });
        assert!(places.is_sorted());
    }
}

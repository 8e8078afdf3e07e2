//! Use cases on what `tests/use_cases` does without: databases, Redis and folders.

/// Lists cases that are functions of a store, to run on each database. On the store in memory they run in
/// `tests/use_cases`, with the macro of this name there.
macro_rules! on_stores {
    ($($case:ident),+ $(,)?) => {
        vestibule_tests::contract!(store on [sqlite, postgres, mariadb]: [$($case),+]);
    };
}

mod admins;
#[path = "../use_cases/at_once.rs"]
mod at_once;
#[path = "../use_cases/audit_counts.rs"]
mod audit_counts;
#[path = "../use_cases/audit_secrets.rs"]
mod audit_secrets;
#[path = "../use_cases/chores.rs"]
mod chores;
#[path = "../use_cases/codes.rs"]
mod codes;
mod cut_off_uploads;
#[path = "../use_cases/kept_answers.rs"]
mod kept_answers;
mod kept_in_redis;
mod many_sessions;
#[path = "../use_cases/movie_edits.rs"]
mod movie_edits;
#[path = "../use_cases/points.rs"]
mod points;
mod profile_pictures;
mod redis_cache;
#[path = "../use_cases/profile_pictures.rs"]
mod replaced_pictures;
#[path = "../use_cases/served_past.rs"]
mod served_past;
#[path = "../use_cases/sightings.rs"]
mod sightings;
#[path = "../use_cases/statistics.rs"]
mod statistics;
#[path = "../use_cases/trash/mod.rs"]
mod trash;
mod trashed_meanwhile;

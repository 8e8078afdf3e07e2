//! Use cases on the memory adapters: what no single surface shows.

/// Lists cases that are functions of a store, to run on the store in memory. The same cases run on databases, with
/// the macro of this name in `tests/use_cases_on_adapters`.
macro_rules! on_stores {
    ($($case:ident),+ $(,)?) => {
        mod memory {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                super::$case(std::sync::Arc::new(vestibule_infrastructure::memory::MemoryStore::new())).await;
            })+
        }
    };
}

mod access;
mod account_pages;
mod administration;
mod admins;
mod at_once;
mod audit;
mod audit_counts;
mod audit_secrets;
mod breached_passwords;
mod chores;
mod codes;
mod console;
mod contact_imports;
mod counted_mails;
mod delivery;
mod failed_logins;
mod hashing;
mod import_keys;
mod imports;
mod kept_answers;
mod kept_answers_cut_off;
mod movie_edits;
mod newer_notices;
mod own_deletions;
mod pictures;
mod points;
mod profile_pictures;
mod purge;
mod registrations;
mod retries;
mod rotation;
mod sent_messages;
mod served_past;
mod session_cap;
mod sightings;
mod snapshots;
mod statistics;
mod sweeps;
mod test_messages;
mod trash;
mod uploads;

//! The databases of test processes that are gone.

use std::path::Path;

/// The beginning of the name of every test's database. The number of the process follows.
pub(super) const PREFIX: &str = "vestibule_test_";

/// Whether a database belongs to a process of this machine that does not run any more.
pub(super) fn is_left(database: &str) -> bool {
    let process = database.strip_prefix(PREFIX).and_then(|rest| rest.split('_').next());
    // If the system does not list its processes, every database stays.
    let processes = Path::new("/proc");
    process.is_some_and(|id| processes.join("self").exists() && !processes.join(id).exists())
}

//! What processes that are gone have left.

use std::path::Path;

/// What the name of every test's database begins with; the number of the process follows.
pub(super) const PREFIX: &str = "vestibule_test_";

/// Whether a database is one that a process of this machine has made and nobody uses any more.
pub(super) fn is_left(database: &str) -> bool {
    let process = database.strip_prefix(PREFIX).and_then(|rest| rest.split('_').next());
    // Where the system does not tell which processes there are, everything stays.
    let processes = Path::new("/proc");
    process.is_some_and(|id| processes.join("self").exists() && !processes.join(id).exists())
}

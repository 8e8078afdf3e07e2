//! Every endpoint of a surface stands in its table, and so in its document.

use crate::workspace::{files, root};

#[test]
fn no_surface_mounts_what_is_not_in_its_table() {
    let folder = root().join("crates/api/src/surfaces");
    for file in files(&folder, "rs") {
        let text = std::fs::read_to_string(&file).unwrap();
        for call in [".service(", ".route(", "resource(", "scope("] {
            assert!(!text.contains(call), "{} mounts by `{call}` what no document names", file.display());
        }
    }
}

//! Files stay small enough to be read.

use crate::workspace::{files, root};

/// The most lines of a source file.
const MOST: usize = 400;

#[test]
fn no_source_file_outgrows_its_purpose() {
    let mut grown = Vec::new();
    for (folder, extension) in
        [("crates", "rs"), ("migration", "rs"), ("tests", "rs"), ("bench", "rs"), ("bench", "py")]
    {
        for file in files(&root().join(folder), extension) {
            let lines = std::fs::read_to_string(&file).unwrap().lines().count();
            if lines > MOST {
                grown.push(format!("{lines} {}", file.display()));
            }
        }
    }
    assert!(grown.is_empty(), "over {MOST} lines:\n{}", grown.join("\n"));
}

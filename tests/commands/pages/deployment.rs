//! docs/deployment.md, which is walked on machines of its own.

use std::process::Command;

use super::written::{read, root};

/// The page whose blocks `scripts/deployment-walk` runs.
pub(super) const PAGE: &str = "docs/deployment.md";
const SCRIPT: &str = "scripts/deployment-walk";

#[test]
fn each_block_of_the_deployment_is_run_by_its_script_or_skipped_with_a_reason() {
    let listed = Command::new(root().join(SCRIPT)).arg("--list").output().unwrap();
    assert!(listed.status.success(), "{listed:?}");
    let listed = String::from_utf8(listed.stdout).unwrap();
    let mut blocks = Vec::new();
    for line in listed.lines() {
        let [block, how, rest] = line.split('\t').collect::<Vec<_>>().try_into().expect("three fields");
        let is_known = how == "run" && !rest.is_empty() || how == "skipped" && rest.contains(' ');
        assert!(is_known, "{line}");
        blocks.push(block.to_owned());
    }
    assert_eq!(blocks, read(PAGE).blocks, "{SCRIPT} has other blocks than {PAGE}");
}

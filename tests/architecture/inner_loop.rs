//! The tests of use cases are built fast, since nothing that takes long to build is below them.

use std::process::Command;

use crate::workspace::root;

/// What takes long to build, or needs a service.
const SLOW: [&str; 14] = [
    "actix-web",
    "aws-lc-rs",
    "aws-lc-sys",
    "image",
    "jsonwebtoken",
    "lettre",
    "migration",
    "object_store",
    "redis",
    "reqwest",
    "sea-orm",
    "sqlx-core",
    "vestibule",
    "vestibule-tests",
];

/// The names of all packages that a package is built of, by itself: a build of the whole workspace gives its
/// dependencies the features that other packages ask for.
fn built_of(package: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--edges", "all", "--prefix", "none", "--format", "{p}"])
        .args(["--package", package])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

fn slow(package: &str) -> Vec<&'static str> {
    let names = built_of(package);
    assert!(names.iter().any(|name| name == "vestibule-application"), "{package} tests no use case");
    SLOW.into_iter().filter(|slow| names.iter().any(|name| name == slow)).collect()
}

#[test]
fn nothing_slow_is_below_the_tests_of_use_cases() {
    assert_eq!(slow("vestibule-use-case-tests"), [""; 0]);
}

/// Otherwise a name that is misspelt above, or that the packages have no more, would go unnoticed.
#[test]
fn all_that_is_slow_is_below_the_other_tests() {
    assert_eq!(slow("vestibule-tests"), SLOW);
}

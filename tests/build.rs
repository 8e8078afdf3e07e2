//! Tells the tests which services there are, so that those of the others are ignored.

use std::env;
use std::process::Command;

/// The services of `scripts/services`.
const SERVICES: [&str; 6] = ["postgres", "mariadb", "redis", "redis_cluster", "s3", "smtp"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=VESTIBULE_TEST_SERVICES");
    println!("cargo::rerun-if-env-changed=REQUIRE_SERVICES");
    let running = env::var("VESTIBULE_TEST_SERVICES").unwrap_or_default();
    // Required ones are not ignored even when they are not there: their tests fail.
    let required = env::var("REQUIRE_SERVICES").is_ok_and(|required| required == "1");
    for service in SERVICES {
        println!("cargo::rustc-check-cfg=cfg(service_{service})");
        if required || running.split_whitespace().any(|name| name == service) {
            println!("cargo::rustc-cfg=service_{service}");
        }
    }
    // A file system of its own, which root can make.
    println!("cargo::rustc-check-cfg=cfg(service_tmpfs)");
    if required || is_root() {
        println!("cargo::rustc-cfg=service_tmpfs");
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    cfg!(target_os = "linux") && id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

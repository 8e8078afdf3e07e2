//! Tells the tests which services there are, so that those of the others are ignored, and takes the snippet for
//! Rust out of the document about tokens.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// The services of `scripts/services`.
const SERVICES: [&str; 14] = [
    "postgres",
    "mariadb",
    "redis",
    "redis_cluster",
    "s3",
    "smtp",
    "browser",
    "axe",
    "pgbouncer",
    "jwt_python",
    "jwt_node",
    "client_python",
    "client_node",
    "schemathesis",
];

/// Where other services find how to check tokens.
const DOCUMENT: &str = "../docs/tokens.md";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=VESTIBULE_TEST_SERVICES");
    println!("cargo::rerun-if-env-changed=REQUIRE_SERVICES");
    take_snippet();
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

/// Writes the snippet to where `interop/rust.rs` includes it.
fn take_snippet() {
    println!("cargo::rerun-if-changed={DOCUMENT}");
    let document = fs::read_to_string(DOCUMENT).expect("the document about tokens");
    let (_, rest) = document.split_once("\n```rust\n").expect("a snippet for Rust");
    let (snippet, _) = rest.split_once("\n```").expect("the end of the snippet");
    let folder = env::var("OUT_DIR").expect("a folder for what is made");
    fs::write(Path::new(&folder).join("resource_server.rs"), snippet).expect("the snippet is written");
}

//! Adapters are known to the composition root alone.

use crate::workspace::{files, root};

/// The crate of the adapters, as sources name it.
const ADAPTERS: &str = "vestibule_infrastructure";

/// The composition root.
const BOOTSTRAP: &str = "crates/api/src/bootstrap/";

/// What else names an adapter, and why it has to.
const OTHERS: [(&str, &str); 1] = [(
    "crates/api/src/mailbox/mod.rs",
    "it shows what the adapter captured in the place of sending it. No use case reads captured mail, so there is no \
     port for it",
)];

/// The files of `crates/api` that name an adapter, each with the lines that do.
fn naming() -> Vec<(String, Vec<String>)> {
    let root = root();
    let mut found = Vec::new();
    for file in files(&root.join("crates/api"), "rs") {
        let text = std::fs::read_to_string(&file).unwrap();
        let lines: Vec<_> =
            text.lines().map(str::trim).filter(|line| line.contains(ADAPTERS)).map(str::to_owned).collect();
        if !lines.is_empty() {
            found.push((file.strip_prefix(&root).unwrap().display().to_string(), lines));
        }
    }
    found
}

#[test]
fn nothing_but_the_composition_root_names_an_adapter() {
    let strangers: Vec<_> = naming()
        .into_iter()
        .map(|(file, _)| file)
        .filter(|file| !file.starts_with(BOOTSTRAP) && OTHERS.iter().all(|(other, _)| other != file))
        .collect();
    assert!(
        strangers.is_empty(),
        "only {BOOTSTRAP} may name {ADAPTERS}, but these do:\n{}",
        strangers.join("\n")
    );
}

#[test]
fn what_is_excepted_does_name_an_adapter() {
    let naming = naming();
    for (other, reason) in OTHERS {
        assert!(naming.iter().any(|(file, _)| file == other), "{other} needs no exception ({reason})");
    }
}

#[test]
fn nobody_hands_the_adapters_on_under_another_name() {
    for (file, lines) in naming() {
        let handed: Vec<_> = lines
            .iter()
            .filter(|line| {
                let public = line.starts_with("pub") || line.starts_with("extern crate");
                public && (line.contains("use ") || line.contains("extern crate") || line.contains("type "))
                    || line.contains(&format!("use {ADAPTERS} as "))
            })
            .collect();
        assert!(handed.is_empty(), "{file} hands {ADAPTERS} on: {handed:?}");
    }
}

//! The documents name what is there.

use std::path::{Path, PathBuf};

use crate::workspace::{files, root};

/// The documents that speak of paths in the repository.
fn documents() -> Vec<PathBuf> {
    let root = root();
    let mut documents: Vec<PathBuf> =
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]
            .map(|name| root.join(name))
            .into();
    for folder in ["docs", "crates", "migration", "tests", "bench"] {
        documents.extend(files(&root.join(folder), "md"));
    }
    documents
}

/// Texts between single backticks that look like a path of this repository.
fn paths(text: &str) -> Vec<&str> {
    const TOPS: [&str; 12] = [
        "crates/",
        "migration/",
        "config/",
        "deploy/",
        "docker/",
        "tests/",
        "docs/",
        "scripts/",
        "findings/",
        "bench/",
        ".ci/",
        "src/",
    ];
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            continue;
        }
        let spans = line.split('`').skip(1).step_by(2);
        found.extend(spans.filter(|span| TOPS.iter().any(|top| span.starts_with(top))));
    }
    found.retain(|path| !path.contains(['<', '*', '{', ' ', '…']));
    found
}

#[test]
fn every_path_that_a_document_names_exists() {
    let root = root();
    let mut missing = Vec::new();
    for document in documents() {
        let text = std::fs::read_to_string(&document).unwrap();
        for path in paths(&text) {
            // `config/local.toml` is the operator's own.
            let beside = document.parent().unwrap_or(Path::new("")).join(path);
            if !root.join(path).exists() && !beside.exists() && path != "config/local.toml" {
                missing.push(format!("{}: {path}", document.display()));
            }
        }
    }
    assert!(missing.is_empty(), "documents name what is not there:\n{}", missing.join("\n"));
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let mut broken = Vec::new();
    for document in documents() {
        let text = std::fs::read_to_string(&document).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains("://") {
                continue;
            }
            if !document.parent().unwrap().join(path).exists() {
                broken.push(format!("{}: {target}", document.display()));
            }
        }
    }
    assert!(broken.is_empty(), "broken links:\n{}", broken.join("\n"));
}

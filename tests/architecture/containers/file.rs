//! `docker/compose.yaml` and the variables that it is filled with.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use serde_norway::Value;

use crate::workspace::root;

/// The image of `docker/Dockerfile`.
pub(crate) const OURS: &str = "vestibule:local";

/// Variables by their names.
pub(crate) type Variables = BTreeMap<String, String>;

/// The file as it is, merged.
pub(crate) fn compose() -> Value {
    let text = std::fs::read_to_string(root().join("docker/compose.yaml")).unwrap();
    let mut compose: Value = serde_norway::from_str(&text).unwrap();
    // What is merged may have something to merge itself.
    for _ in 0..3 {
        compose.apply_merge().unwrap();
    }
    compose
}

/// The services by their names.
pub(crate) fn services() -> BTreeMap<String, Value> {
    let compose = compose();
    let services = compose["services"].as_mapping().unwrap();
    services.iter().map(|(name, service)| (name.as_str().unwrap().to_owned(), service.clone())).collect()
}

/// The nodes.
pub(crate) fn nodes() -> Vec<(String, Value)> {
    let nodes: Vec<_> = services().into_iter().filter(|(name, _)| name.starts_with("node")).collect();
    assert_eq!(nodes.len(), 2);
    nodes
}

/// The texts of a list.
pub(crate) fn texts(list: &Value) -> Vec<&str> {
    list.as_sequence().map(|list| list.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

/// The variables of a service, as they are written.
pub(crate) fn environment(service: &Value) -> Variables {
    let environment = service["environment"].as_mapping();
    let pairs = environment.into_iter().flatten();
    pairs.map(|(name, value)| (word(name), value.as_str().expect("text, in quotes").to_owned())).collect()
}

fn word(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Runs `docker/generate-env`.
pub(crate) fn generate_env(file: &Path) -> Output {
    Command::new(root().join("docker/generate-env")).arg(file).output().unwrap()
}

/// The variables that `docker/generate-env` makes.
pub(crate) fn generated() -> Variables {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("env");
    let output = generate_env(&file);
    assert!(output.status.success(), "{output:?}");
    let text = std::fs::read_to_string(file).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once('=').unwrap()).map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
}

/// A text with its `${NAME:?…}` replaced.
pub(crate) fn filled(text: &str, variables: &Variables) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after.split_once('}').expect("a closing brace");
        let (name, _) = name.split_once(":?").expect("a variable that must be there");
        filled.push_str(before);
        filled.push_str(variables.get(name).unwrap_or_else(|| panic!("{name} is not generated")));
        rest = after;
    }
    filled + rest
}

/// The variables of a service as the engine would give them.
pub(crate) fn effective(service: &Value, variables: &Variables) -> Variables {
    let written = environment(service).into_iter();
    written.map(|(name, text)| (name, filled(&text, variables))).collect()
}

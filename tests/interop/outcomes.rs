//! What a checker in another language says.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Map, Value, json};

use crate::cases::{Case, Expected};

/// Gives the tokens to a program, and reads what it makes of each.
pub(crate) fn ask(program: &mut Command, key: &str, cases: &[Case]) -> Map<String, Value> {
    let tokens: Vec<Value> =
        cases.iter().map(|case| json!({"name": case.name, "token": case.token})).collect();
    let given = json!({"key": key, "algorithm": "HS256", "tokens": tokens});
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(given.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{program:?}: {}", output.status);
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Fails unless every token was taken or refused as it is to be, with the right account. `account` reads it
/// from what was said.
#[track_caller]
pub(crate) fn are_as_expected(cases: &[Case], said: &Map<String, Value>, account: impl Fn(&Value) -> bool) {
    assert_eq!(cases.len(), said.len());
    for case in cases {
        let said = &said[case.name];
        match (said["refused"].as_str(), case.expected) {
            (None, Expected::Taken) => assert!(account(said), "{}: {said}", case.name),
            (Some(why), Expected::Refused(reason)) if why.to_lowercase().contains(reason) => {}
            _ => panic!("{}: {said}", case.name),
        }
    }
}

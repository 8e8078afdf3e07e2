//! Libraries that are given nothing but the key and the algorithm.

use std::process::Command;

use serde_json::Value;

use crate::cases::{self, Case, Expected};
use crate::issued::{Issued, KEY, REFRESH_KEY};
use crate::node::Project;
use crate::outcomes::{are_as_expected, ask};
use crate::python::python;

/// Asks a library about every token; `takes_an_audience` is what it makes of one that it was not told of.
async fn check(mut program: impl FnMut() -> Command, takes_an_audience: bool) {
    let issued = Issued::now().await;
    let of_account = |claims: &Value| claims["user_id"].as_i64() == Some(issued.account);

    let mut cases = cases::plain(&issued);
    let expected = if takes_an_audience { Expected::Taken } else { Expected::Refused("audience") };
    cases.push(Case { name: "with an audience", token: issued.with_an_audience(), expected });
    let said = ask(&mut program(), KEY, &cases);
    are_as_expected(&cases, &said, of_account);
    assert_eq!(said["the access token of contacts"]["sub"], "ada@example.com");
    let why = said["an access token of another key"]["refused"].as_str().unwrap();
    assert!(why.to_lowercase().contains("signature"), "{why}");

    let cases = cases::admin(&issued);
    let said = ask(&mut program(), KEY, &cases);
    are_as_expected(&cases, &said, |claims| claims["account"].as_i64() == Some(issued.of_admin));
    let claims = &said["the access token of admin"];
    assert_eq!((&claims["user_id"], claims["typ"].as_str()), (&claims["sub"], Some("access_token")));

    let cases = cases::refresh(&issued);
    are_as_expected(&cases, &ask(&mut program(), REFRESH_KEY, &cases), of_account);
}

async fn check_python(library: &str, takes_an_audience: bool) {
    let program = || {
        let mut program = python("libraries");
        program.arg(library);
        program
    };
    check(program, takes_an_audience).await;
}

async fn check_node(library: &str) {
    let project = Project::new();
    let program = || {
        let mut program = project.program("libraries.mjs");
        program.arg(library);
        program
    };
    check(program, true).await;
}

#[tokio::test]
#[cfg_attr(not(service_jwt_python), ignore = "no libraries: ./scripts/services start jwt_python")]
async fn pyjwt_takes_the_tokens_of_every_surface() {
    check_python("pyjwt", false).await;
}

#[tokio::test]
#[cfg_attr(not(service_jwt_python), ignore = "no libraries: ./scripts/services start jwt_python")]
async fn python_jose_takes_the_tokens_of_every_surface() {
    check_python("python-jose", false).await;
}

#[tokio::test]
#[cfg_attr(not(service_jwt_python), ignore = "no libraries: ./scripts/services start jwt_python")]
async fn joserfc_takes_the_tokens_of_every_surface() {
    check_python("joserfc", true).await;
}

#[tokio::test]
#[cfg_attr(not(service_jwt_python), ignore = "no libraries: ./scripts/services start jwt_python")]
async fn authlib_takes_the_tokens_of_every_surface() {
    check_python("authlib", true).await;
}

#[tokio::test]
#[cfg_attr(not(service_jwt_node), ignore = "no libraries: ./scripts/services start jwt_node")]
async fn jose_takes_the_tokens_of_every_surface() {
    check_node("jose").await;
}

#[tokio::test]
#[cfg_attr(not(service_jwt_node), ignore = "no libraries: ./scripts/services start jwt_node")]
async fn jsonwebtoken_of_npm_takes_the_tokens_of_every_surface() {
    check_node("jsonwebtoken").await;
}

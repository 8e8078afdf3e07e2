//! The snippets of `docs/tokens.md`, as they stand there.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::cases;
use crate::document::snippet;
use crate::issued::{Issued, KEY};
use crate::node::Project;
use crate::outcomes::{are_as_expected, ask};
use crate::python::python;

/// Where the snippets look for the key.
const VARIABLE: &str = "VESTIBULE__TOKENS__ACCESS_SECRET";

async fn check_python(framework: &str, heading: &str) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("snippet.py");
    fs::write(&file, snippet(heading)).unwrap();
    let issued = Issued::now().await;
    let cases = cases::service(&issued);
    let said = ask(python("snippets").env(VARIABLE, KEY).arg(framework).arg(file), KEY, &cases);
    are_as_expected(&cases, &said, |said: &Value| said["account"].as_i64() == Some(issued.account));
}

async fn check_node(heading: &str) {
    let project = Project::new().with_snippet(snippet(heading));
    let issued = Issued::now().await;
    let cases = cases::service(&issued);
    let said = ask(project.program("snippets.mjs").env(VARIABLE, KEY), KEY, &cases);
    are_as_expected(&cases, &said, |said: &Value| said["account"].as_i64() == Some(issued.account));
}

#[tokio::test]
#[cfg_attr(not(service_jwt_python), ignore = "no libraries: ./scripts/services start jwt_python")]
async fn that_for_pyjwt_works() {
    check_python("pyjwt", "Python: PyJWT").await;
}

#[tokio::test]
#[cfg_attr(not(service_jwt_python), ignore = "no libraries: ./scripts/services start jwt_python")]
async fn that_for_flask_works() {
    check_python("flask", "Python: Flask-JWT-Extended").await;
}

#[tokio::test]
#[cfg_attr(not(service_jwt_python), ignore = "no libraries: ./scripts/services start jwt_python")]
async fn that_for_django_works() {
    check_python("django", "Python: Django REST framework, SimpleJWT").await;
}

#[tokio::test]
#[cfg_attr(not(service_jwt_node), ignore = "no libraries: ./scripts/services start jwt_node")]
async fn that_for_jose_works() {
    check_node("Node: jose").await;
}

#[tokio::test]
#[cfg_attr(not(service_jwt_node), ignore = "no libraries: ./scripts/services start jwt_node")]
async fn that_for_jsonwebtoken_of_npm_works() {
    check_node("Node: jsonwebtoken").await;
}

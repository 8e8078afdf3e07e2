//! `/openapi.json`: one document of all surfaces, as code generators and other tools look for it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use vestibule_tests::TestApp;

use crate::contacts::person as contacts;

const SURFACES: [&str; 5] = ["theater", "contacts", "admin", "points", "mobile"];

async fn whole(app: &TestApp) -> Value {
    let answer = app.get("/openapi.json").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    answer.json()
}

/// Every operation of a document: method, path and what is said of it.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let items = document["paths"].as_object().unwrap().iter();
    items
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().iter();
            methods.map(move |(method, operation)| (format!("{method} {path}"), operation))
        })
        .collect()
}

fn parameter<'d>(document: &'d Value, path: &str, name: &str) -> &'d Value {
    let parameters = document["paths"][path]["get"]["parameters"].as_array().unwrap();
    &parameters.iter().find(|parameter| parameter["name"] == name).unwrap()["schema"]
}

#[tokio::test]
async fn one_document_has_every_operation_of_every_surface() {
    let app = TestApp::start().await;
    let document = whole(&app).await;
    let mut expected = BTreeMap::new();
    for surface in SURFACES {
        let own = app.get(&format!("/openapi/{surface}.json")).await.json();
        expected.extend(operations(&own).into_iter().map(|(name, _)| (name, json!([surface]))));
    }
    let found = operations(&document).into_iter().map(|(name, operation)| (name, operation["tags"].clone()));
    assert_eq!(found.collect::<BTreeMap<_, _>>(), expected);
    let tags = document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap());
    assert_eq!(tags.collect::<Vec<_>>(), SURFACES);
}

#[tokio::test]
async fn names_in_the_one_document_do_not_collide() {
    let app = TestApp::start().await;
    let document = whole(&app).await;
    let operations = operations(&document);
    let ids: BTreeSet<_> = operations.iter().map(|(_, it)| it["operationId"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), operations.len());
    assert!(ids.contains("theaterLogIn") && ids.contains("contactsLogIn"), "{ids:?}");

    // Each schema means what it means in the document of its surface.
    let schemas = &document["components"]["schemas"];
    for (name, property) in
        [("TheaterLogin", "email"), ("ContactsLogin", "grant_type"), ("MobileLogin", "username")]
    {
        assert!(schemas[name]["properties"][property].is_object(), "{name}");
    }
    // A name that means one thing has no surface before it.
    for name in ["MovieToCreate", "ContactFields", "ErrorDetail", "ValidationItem", "BalanceChange"] {
        assert!(schemas[name].is_object(), "{name}");
    }
    let text = document.to_string();
    for name in text.split("\"#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(schemas[name].is_object(), "{name}");
    }
}

/// What generators make of several encodings, or of a body of `GET`, cannot be called.
#[tokio::test]
async fn the_one_document_names_one_encoding_of_a_body_and_no_body_of_a_get() {
    let app = TestApp::start().await;
    let document = whole(&app).await;
    for (name, operation) in operations(&document) {
        if let Some(contents) = operation["requestBody"]["content"].as_object() {
            assert_eq!(contents.len(), 1, "{name}");
            assert!(!name.starts_with("get "), "{name}");
        }
    }
    let login = &document["paths"]["/api/users/login"]["post"]["requestBody"]["content"];
    assert!(login["application/x-www-form-urlencoded"].is_object(), "{login}");
}

#[tokio::test]
async fn values_that_are_left_out_are_documented() {
    let app = TestApp::start().await;
    let document = whole(&app).await;
    for (path, name, default) in [
        ("/api/contacts/", "limit", 20),
        ("/api/contacts/", "skip", 0),
        ("/api/contacts/bd", "days_range", 7),
        ("/api/v1/theater/movies/", "page", 1),
        ("/api/v1/theater/movies/", "per_page", 10),
        ("/api/v1/auth/users", "page", 1),
        ("/api/v1/auth/users", "per_page", 10),
        ("/api/v1/trash/", "page", 1),
        ("/api/v1/trash/", "per_page", 10),
    ] {
        assert_eq!(parameter(&document, path, name)["default"], default, "{path} {name}");
    }
    // Without its parameters the list of mobile has all users, so none of them has a default.
    for name in ["page", "per_page"] {
        assert!(parameter(&document, "/user", name)["default"].is_null(), "{name}");
    }
}

#[tokio::test]
async fn choices_and_ranges_are_documented() {
    let app = TestApp::start().await;
    let document = whole(&app).await;
    let schemas = &document["components"]["schemas"];
    let statuses = json!(["Released", "Post Production", "In Production"]);
    for shape in ["MovieToCreate", "MovieToChange", "Movie"] {
        let status = &schemas[shape]["properties"]["status"];
        assert!(status.to_string().contains("#/components/schemas/MovieStatus"), "{shape}: {status}");
    }
    for (shape, choices) in [
        ("MovieStatus", statuses),
        ("CodeKind", json!(["number", "string", "mixte"])),
        ("Role", json!(["admin", "regular"])),
    ] {
        assert_eq!(schemas[shape]["enum"], choices);
    }
    for shape in ["ContactFields", "Contact"] {
        let phone = &schemas[shape]["properties"]["phone_number"];
        let range = (&phone["minimum"], &phone["maximum"]);
        assert_eq!(range, (&json!(-999_999_999_999_999_i64), &json!(999_999_999_999_999_i64)), "{shape}");
    }
}

#[tokio::test]
async fn the_form_of_the_contacts_login_is_that_of_a_password_grant() {
    let app = TestApp::start().await;
    for (address, shape) in [("/openapi.json", "ContactsLogin"), ("/openapi/contacts.json", "Login")] {
        let document = app.get(address).await.json();
        let login = &document["components"]["schemas"][shape];
        let fields = login["properties"].as_object().unwrap();
        for field in ["grant_type", "username", "password", "scope", "client_id", "client_secret"] {
            assert!(fields.contains_key(field), "{field}");
        }
        assert_eq!(login["required"], json!(["username", "password"]));
        let scheme = &document["components"]["securitySchemes"]["password"];
        assert_eq!(scheme["type"], "oauth2");
        assert_eq!(scheme["flows"]["password"], json!({"tokenUrl": "/api/auth/login", "scopes": {}}));
        for path in ["/api/contacts/", "/api/contacts/bd", "/api/contacts/{query}"] {
            assert_eq!(document["paths"][path]["get"]["security"], json!([{"password": []}]), "{path}");
        }
        // A refresh token is no token that a login by form gives to the reader.
        let refresh = &document["paths"]["/api/auth/refresh_token"]["get"]["security"];
        assert_eq!(refresh, &json!([{"bearer": []}]));
    }
}

/// The request that Swagger UI makes of its form: with the client's name and secret in a header, empty ones too.
#[tokio::test]
async fn the_button_authorize_of_swagger_ui_logs_in() {
    let app = contacts::unlimited().await;
    contacts::member(&app, "ada@example.com").await;
    let document = whole(&app).await;
    let url = document["components"]["securitySchemes"]["password"]["flows"]["password"]["tokenUrl"].as_str();
    let form = "grant_type=password&username=ada%40example.com&password=Engine1843&scope=";
    let request = app.request("POST", url.unwrap()).basic_auth("", Some("")).body(form);
    let request = request
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-requested-with", "XMLHttpRequest")
        .header("origin", format!("http://{}", app.address()))
        .header("sec-fetch-site", "same-origin");
    let answer = app.send(request).await;
    assert_eq!((answer.status, answer.text("token_type").as_str()), (200, "bearer"));
    let list = contacts::call(&app, "GET", "/api/contacts/", &answer.text("access_token"), None).await;
    list.is(200, "[]");
}

#[tokio::test]
async fn below_a_public_path_the_one_document_leads_there() {
    let app = TestApp::on_memory().with("server.public_url", "http://127.0.0.1:1/accounts").start().await;
    for address in ["/openapi.json", "/openapi/contacts.json"] {
        let document = app.get(address).await.json();
        assert_eq!(document["servers"], json!([{"url": "/accounts"}]));
        let flows = &document["components"]["securitySchemes"]["password"]["flows"];
        assert_eq!(flows["password"]["tokenUrl"], "/accounts/api/auth/login");
    }
    let start = app.get("/api/docs/swagger-initializer.js").await;
    assert!(start.body.contains("\"/accounts/openapi.json\""), "{start:?}");
}

/// Names do not depend on what is served, so that a client goes on when a surface is switched off.
#[tokio::test]
async fn a_surface_that_is_off_is_not_in_the_one_document() {
    let app = TestApp::on_memory().with("surfaces.mobile.enabled", "false").start().await;
    let document = whole(&app).await;
    assert!(document["paths"]["/user"].is_null());
    assert!(document["components"]["schemas"]["TheaterActivation"].is_object());
    assert!(document["components"]["schemas"]["MobileActivation"].is_null());
}

#[tokio::test]
async fn the_one_document_answers_head_and_no_other_method() {
    let app = TestApp::start().await;
    app.send(app.request("HEAD", "/openapi.json")).await.is(200, "");
    let answer = app.send(app.request("POST", "/openapi.json")).await;
    answer.is_detail(405, "Method Not Allowed");
    assert_eq!(answer.header("allow"), "GET, HEAD");
}

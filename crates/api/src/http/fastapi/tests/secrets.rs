//! A secret never comes back (theater decision 6).

use serde_json::{Value, json};

use super::answer;
use crate::http::fastapi::integer;
use crate::http::fields::{Body, Fields, RequestValues, Rule as _, email, list, secret, string};

const SECRET: &str = "hunter2";

/// What a registration answers to a body, with the password last so that it is declared after its
/// neighbours.
fn answer_to(body: Body) -> String {
    let values = RequestValues { body, ..RequestValues::default() };
    let mut fields = Fields::new(&values);
    fields.body("email", email());
    fields.body("age", integer());
    fields.body("password", secret(string()).check(|_: String| Err::<(), _>("too weak")));
    fields.body_optional("codes", list(secret(string().max_length(2))));
    answer(&fields.finish(|| Some(())).unwrap_err())
}

#[test]
fn the_secret_itself_is_masked() {
    let body = json!({"email": "a@b.co", "age": 1, "password": SECRET});
    assert_eq!(
        answer_to(Body::Json(body)),
        r#"{"detail":[{"type":"value_error","loc":["body","password"],"msg":"Value error, too weak","input":"***","ctx":{"error":{}}}]}"#
    );
}

#[test]
fn neighbours_that_show_the_whole_object_do_not_show_it() {
    let answer = answer_to(Body::Json(json!({"password": SECRET, "x": 1, "codes": [SECRET]})));
    assert!(!answer.contains(SECRET), "{answer}");
    assert!(answer.contains(r#""input":{"password":"***","x":1,"codes":"***"}"#), "{answer}");
}

#[test]
fn no_kind_of_body_gives_it_away() {
    let bodies = [
        Body::Json(json!([{ "password": SECRET }])),
        Body::Json(json!(SECRET)),
        Body::Raw(format!("{{\"password\":\"{SECRET}\"}}")),
        Body::Json(json!({"password": [SECRET]})),
        Body::Json(json!({"password": {"password": SECRET}, "codes": SECRET})),
        Body::Json(json!({"password": null, "codes": [[SECRET], SECRET]})),
        Body::of_urlencoded(&format!("password={SECRET}&codes={SECRET}").into_bytes().into()),
    ];
    for body in bodies {
        let shown = format!("{body:?}");
        let answer = answer_to(body);
        assert!(!answer.contains(SECRET), "{shown}: {answer}");
    }
}

#[test]
fn a_secret_is_masked_wherever_in_the_body_it_is_and_however_its_name_is_spelled() {
    let bodies = [
        json!({"data": {"email": "a@b.co", "password": SECRET}}),
        json!({"users": [[{"password": SECRET}]]}),
        json!({"Password": SECRET}),
        json!({"PASSWORD ": [SECRET]}),
        json!({"passwort": SECRET, "passwd": SECRET, "new-pwd": SECRET}),
        json!({"confirm_password": SECRET, "newPassword": SECRET, "Codes": SECRET}),
        json!({"email": {"password": SECRET}, "age": [{"Codes": {"x": SECRET}}]}),
    ];
    for body in bodies {
        let answer = answer_to(Body::Json(body.clone()));
        assert!(!answer.contains(SECRET), "{body}: {answer}");
        assert!(answer.contains("***"), "{body}: {answer}");
    }
}

#[test]
fn a_body_without_a_secret_field_shows_no_password_either() {
    let values = RequestValues::of_json(json!({"password": SECRET, "token": "t", "x": {"y": "z"}}));
    let mut fields = Fields::new(&values);
    let email = fields.body("email", email());
    let errors = fields.finish(|| email).unwrap_err();
    assert_eq!(errors.0[0].input, json!({"password": "***", "token": "t", "x": {"y": "z"}}));
}

#[test]
fn what_holds_no_text_is_shown_as_it_is() {
    for value in [json!(123), json!(0.5), json!(true), json!([]), json!({}), json!([1, [null]]), json!([{}])]
    {
        let shown = answer_to(Body::Json(json!({"password": value})));
        assert!(
            shown.contains(&format!(r#""msg":"Input should be a valid string","input":{value}}}"#)),
            "{shown}"
        );
        if !value.is_object() {
            let shown = answer_to(Body::Json(value.clone()));
            assert!(shown.contains(&format!(r#""input":{value}}}"#)), "{shown}");
        }
    }
}

#[test]
fn a_body_that_is_no_object_is_masked_as_a_whole() {
    assert_eq!(
        answer_to(Body::Raw(SECRET.to_owned())),
        r#"{"detail":[{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":"***"}]}"#
    );
    assert!(answer_to(Body::Json(Value::Null)).contains(r#""input":null"#));
}

#[test]
fn a_rule_over_the_body_does_not_show_it() {
    let values = RequestValues { body: Body::Json(json!({"password": SECRET})), ..RequestValues::default() };
    let mut fields = Fields::new(&values);
    fields.refuse_body("no");
    fields.body_optional("password", secret(string()));
    let errors = fields.finish(|| Some(())).unwrap_err();
    assert_eq!(errors.0[0].input, json!({"password": "***"}));
}

#[test]
fn a_secret_of_the_query_is_masked_too() {
    let values = RequestValues::new(vec![], "code=hunter2", Body::Absent);
    let mut fields = Fields::new(&values);
    let code = fields.query("code", secret(integer()));
    assert_eq!(fields.finish(|| code).unwrap_err().0[0].input, json!("***"));
}

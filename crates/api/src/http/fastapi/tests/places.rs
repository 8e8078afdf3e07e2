//! Where values come from and in which order their errors are told.

use serde_json::{Value, json};

use super::{answer, with_body, words};
use crate::http::fastapi::{date, float, integer};
use crate::http::fields::{
    Body, Fields, Patch, RequestValues, Rule as _, ValidationErrors, email, list, string,
};

/// `kind at loc` of every error.
fn summary(errors: &ValidationErrors) -> Vec<String> {
    errors.0.iter().map(|item| format!("{} {}", words(item).kind, json!(item.loc))).collect()
}

#[test]
fn every_error_is_told_path_then_query_then_body_each_in_the_order_of_the_calls() {
    let values = RequestValues::new(
        vec![("id", "x".to_owned())],
        "page=0&per_page=21",
        Body::Json(json!({"score": 101, "genres": ["a", 1, null], "extra": 1})),
    );
    let mut fields = Fields::new(&values);
    let name = fields.body("name", string());
    let score = fields.body("score", float().ge(0.0).le(100.0));
    let genres = fields.body("genres", list(string()));
    let page = fields.query_or("page", 1, integer().ge(1));
    let per_page = fields.query_or("per_page", 10, integer().ge(1).le(20));
    let id = fields.path("id", integer());
    let read = fields.finish(|| Some((name?, score?, genres?, page?, per_page?, id?)));
    assert_eq!(
        summary(&read.unwrap_err()),
        [
            r#"int_parsing ["path","id"]"#,
            r#"greater_than_equal ["query","page"]"#,
            r#"less_than_equal ["query","per_page"]"#,
            r#"missing ["body","name"]"#,
            r#"less_than_equal ["body","score"]"#,
            r#"string_type ["body","genres",1]"#,
            r#"string_type ["body","genres",2]"#,
        ]
    );
}

#[test]
fn of_a_repeated_query_parameter_the_last_one_counts_and_an_empty_one_is_a_value() {
    let read = |query: &str| {
        let values = RequestValues::new(vec![], query, Body::Absent);
        let mut fields = Fields::new(&values);
        let page = fields.query_or("page", 1, integer());
        fields.finish(|| page)
    };
    assert_eq!(read("page=1&page=+2").unwrap(), 2);
    assert_eq!(read("").unwrap(), 1);
    for query in ["page=", "page", "page=2&page="] {
        assert_eq!(summary(&read(query).unwrap_err()), [r#"int_parsing ["query","page"]"#], "{query:?}");
    }
}

#[test]
fn a_query_parameter_may_be_required_or_optional() {
    let values = RequestValues::default();
    let mut fields = Fields::new(&values);
    let optional = fields.query_optional("skip", integer());
    let required = fields.query("reason", string());
    assert_eq!(optional, Some(None));
    let errors = fields.finish(|| required).unwrap_err();
    assert_eq!(
        answer(&errors),
        r#"{"detail":[{"type":"missing","loc":["query","reason"],"msg":"Field required","input":null}]}"#
    );
}

#[test]
fn a_missing_field_shows_the_whole_object() {
    for body in [json!({}), json!({"b": 1, "a": [2]})] {
        let values = with_body(body.clone());
        let mut fields = Fields::new(&values);
        let name = fields.body("name", string());
        let errors = fields.finish(|| name).unwrap_err();
        assert_eq!(errors.0[0].input, body);
    }
}

#[test]
fn a_form_field_that_is_missing_or_empty_is_missing() {
    let values = RequestValues {
        body: Body::of_urlencoded(&b"points=&to=a%40b.co&n=+5+&n=6&d=7"[..].into()),
        ..RequestValues::default()
    };
    let mut fields = Fields::new(&values);
    let to = fields.body("to", email());
    let n = fields.body("n", integer());
    let points = fields.body_or("points", 0, integer());
    let d = fields.body_optional("d", integer());
    assert_eq!((n, points, d), (Some(6), Some(0), Some(Patch::Value(7))));
    assert_eq!(to.unwrap().as_str(), "a@b.co");
    fields.body("points", integer());
    fields.body("token", string());
    let errors = fields.finish(|| Some(())).unwrap_err();
    assert_eq!(summary(&errors), [r#"missing ["body","points"]"#, r#"missing ["body","token"]"#]);
    assert!(errors.0.iter().all(|item| item.input == Value::Null));
}

#[test]
fn fields_in_any_encoding_are_read_as_those_of_a_form() {
    let json = json!({"n": " 5 ", "points": null, "to": "", "d": 7, "x": [1]});
    let json = Body::Fields(json.as_object().unwrap().clone());
    let form = ["n", "d", "x"].iter().zip([" 5 ", "7", ""]);
    let form = form.map(|(name, text)| ((*name).to_owned(), text.to_owned())).collect();
    for body in [json, Body::of_fields(form, ["x".to_owned()])] {
        let values = RequestValues { body, ..RequestValues::default() };
        let mut fields = Fields::new(&values);
        assert_eq!(fields.body("n", integer()), Some(5));
        assert_eq!(fields.body_or("points", 3, integer()), Some(3));
        assert_eq!(fields.body_optional("d", integer()), Some(Patch::Value(7)));
        fields.body("to", string());
        let errors = fields.finish(|| Some(())).unwrap_err();
        assert_eq!(
            (summary(&errors), &errors.0[0].input),
            (vec![r#"missing ["body","to"]"#.to_owned()], &Value::Null)
        );
    }
}

#[test]
fn a_file_among_fields_is_no_value() {
    let body = Body::of_fields(Vec::new(), ["x".to_owned()]);
    let values = RequestValues { body, ..RequestValues::default() };
    let mut fields = Fields::new(&values);
    fields.body("x", string());
    fields.body("x", integer());
    let errors = fields.finish(|| Some(())).unwrap_err();
    assert_eq!(summary(&errors), [r#"string_type ["body","x"]"#, r#"int_type ["body","x"]"#]);
}

#[test]
fn absent_null_and_value_are_told_apart() {
    let values = with_body(json!({"b": null, "c": "x"}));
    let mut fields = Fields::new(&values);
    assert_eq!(fields.body_optional("a", string()), Some(Patch::Absent));
    assert_eq!(fields.body_optional("b", string()), Some(Patch::Null));
    assert_eq!(fields.body_optional("c", string()), Some(Patch::Value("x".to_owned())));
    assert_eq!(fields.body_or("a", 5, integer()), Some(5));
    assert!(fields.finish(|| Some(())).is_ok());
}

#[test]
fn a_default_does_not_stand_for_null() {
    let values = with_body(json!({"n": null}));
    let mut fields = Fields::new(&values);
    let n = fields.body_or("n", 5, integer());
    assert_eq!(summary(&fields.finish(|| n).unwrap_err()), [r#"int_type ["body","n"]"#]);
}

#[test]
fn a_rule_over_the_whole_body_is_heard_when_every_field_is_good() {
    let values = with_body(json!({"a": 1}));
    let mut fields = Fields::new(&values);
    fields.body("a", integer());
    fields.refuse_body("give 'b' or 'c'");
    assert_eq!(
        answer(&fields.finish(|| Some(())).unwrap_err()),
        r#"{"detail":[{"type":"value_error","loc":["body"],"msg":"Value error, give 'b' or 'c'","input":{"a":1},"ctx":{"error":{}}}]}"#
    );
    let mut fields = Fields::new(&values);
    fields.body("a", string());
    fields.refuse_body("give 'b' or 'c'");
    assert_eq!(summary(&fields.finish(|| Some(())).unwrap_err()), [r#"string_type ["body","a"]"#]);
}

#[test]
fn items_of_lists_keep_their_checks_and_places() {
    let values = with_body(json!({"v": [["a", 1], 2, ["x"]], "d": ["2025-01-01", ""]}));
    let mut fields = Fields::new(&values);
    let no_x = || string().check(|text| if text == "x" { Err("no x") } else { Ok(text) });
    fields.body("v", list(list(no_x())));
    fields.body("d", list(date()));
    assert_eq!(
        summary(&fields.finish(|| Some(())).unwrap_err()),
        [
            r#"string_type ["body","v",0,1]"#,
            r#"list_type ["body","v",1]"#,
            r#"value_error ["body","v",2,0]"#,
            r#"date_from_datetime_parsing ["body","d",1]"#,
        ]
    );
}

#[test]
fn a_list_of_a_million_wrong_items_is_not_answered_in_full() {
    let values = with_body(json!({"v": vec![Value::Null; 1_000_000]}));
    let mut fields = Fields::new(&values);
    fields.body("v", list(string()));
    assert_eq!(fields.finish(|| Some(())).unwrap_err().0.len(), 1000);
}

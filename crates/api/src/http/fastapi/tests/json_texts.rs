//! Python's words about broken JSON (theater contract 1.3; compared with `CPython`).

use serde_json::json;

use super::answer;
use crate::http::fastapi::python_json::parse;
use crate::http::fields::{JsonError, JsonSyntaxError, ValidationErrors};

fn syntax_error(text: &str) -> (&'static str, usize) {
    match parse(text.as_bytes()) {
        Err(JsonError::Syntax(JsonSyntaxError { message, offset })) => (message, offset),
        other => panic!("{text:?}: {other:?}"),
    }
}

#[test]
fn broken_texts() {
    let cases = [
        ("  ", ("Expecting value", 2)),
        ("nul", ("Expecting value", 0)),
        ("-", ("Expecting value", 0)),
        (".5", ("Expecting value", 0)),
        ("[1,]", ("Expecting value", 3)),
        ("[", ("Expecting value", 1)),
        ("{\"a\":", ("Expecting value", 5)),
        ("{\"a\":1,}", ("Expecting property name enclosed in double quotes", 7)),
        ("{a:1}", ("Expecting property name enclosed in double quotes", 1)),
        ("{", ("Expecting property name enclosed in double quotes", 1)),
        ("{\"a\" 1}", ("Expecting ':' delimiter", 5)),
        ("{\"a\"", ("Expecting ':' delimiter", 4)),
        ("[1 2]", ("Expecting ',' delimiter", 3)),
        ("{\"a\":1 \"b\":2}", ("Expecting ',' delimiter", 7)),
        ("{\"é\":\"é\" x", ("Expecting ',' delimiter", 9)),
        ("{} x", ("Extra data", 3)),
        ("01", ("Extra data", 1)),
        ("1.", ("Extra data", 1)),
        ("1e+", ("Extra data", 1)),
        ("\"a\"b", ("Extra data", 3)),
        ("\"a\tb\"", ("Invalid control character at", 2)),
        ("{\"a\":\"\n\"}", ("Invalid control character at", 6)),
        (" \"abc", ("Unterminated string starting at", 1)),
        ("\"abc\\", ("Unterminated string starting at", 0)),
        ("\"é\\x\"", ("Invalid \\escape", 2)),
        ("\"\\u12G4\"", ("Invalid \\uXXXX escape", 2)),
        ("\"\\u004", ("Invalid \\uXXXX escape", 2)),
        ("\"\\ud83d\\ude0\"", ("Invalid \\uXXXX escape", 8)),
    ];
    for (text, expected) in cases {
        assert_eq!(syntax_error(text), expected, "{text:?}");
    }
}

#[test]
fn what_python_would_accept_and_we_do_not() {
    for (text, offset) in [("NaN", 0), ("[1, Infinity]", 4), ("{\"a\":-Infinity}", 5), ("[1e999]", 1)] {
        assert_eq!(syntax_error(text), ("Expecting value", offset), "{text:?}");
    }
    for (text, offset) in [("\"\\ud800\"", 2), ("\"a\\udc00\"", 3), ("\"\\ud800\\u0041\"", 2)] {
        assert_eq!(syntax_error(text), ("Invalid \\uXXXX escape", offset), "{text:?}");
    }
    assert_eq!(syntax_error("[NaN x"), ("Expecting ',' delimiter", 5));
}

#[test]
fn a_syntax_error_is_written_as_one_item() {
    let error = match parse(b"{\"a\"}") {
        Err(JsonError::Syntax(error)) => ValidationErrors::from(&error),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        answer(&error),
        r#"{"detail":[{"type":"json_invalid","loc":["body",4],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting ':' delimiter"}}]}"#
    );
}

#[test]
fn good_texts() {
    assert_eq!(
        parse(b"\xEF\xBB\xBF {\"a\": [1, -2.5e3, true, null]} ").unwrap(),
        json!({"a": [1, -2500.0, true, null]})
    );
    assert_eq!(parse(br#"{"a":1,"b":2,"a":3}"#).unwrap().to_string(), r#"{"a":3,"b":2}"#);
    assert_eq!(parse(br#""\ud83d\ude00""#).unwrap(), json!("😀"));
}

#[test]
fn unreadable_texts() {
    let deep = "[".repeat(200_000);
    let cases: [&[u8]; 6] =
        [b"\xff", b"\"\xed\xa0\x80\"", b"{\0}\0", b"\0\0\0{", b"\xff\xfe{\0}\0", deep.as_bytes()];
    for bytes in cases {
        assert_eq!(parse(bytes), Err(JsonError::Unreadable));
    }
}

#[test]
fn nesting_may_be_127_levels_deep() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(parse(nested(127).as_bytes()).is_ok());
    assert_eq!(parse(nested(128).as_bytes()), Err(JsonError::Unreadable));
}

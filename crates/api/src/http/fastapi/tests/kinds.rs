//! The rows of the tables of kinds (theater contract 1.3, contacts contract 1.4).

use serde_json::json;

use super::{read, read_text, written};
use crate::http::fastapi::{boolean, date, float, integer};
use crate::http::fields::{Rule as _, choice, email, list, string};

const STATUSES: &[(&str, u8)] = &[("Released", 1), ("Post Production", 2), ("In Production", 3)];

#[test]
fn strings() {
    for value in [json!(null), json!(5), json!(true)] {
        let expected =
            format!(r#"{{"type":"string_type","msg":"Input should be a valid string","input":{value}}}"#);
        assert_eq!(written(read(string(), value)), expected);
    }
    assert_eq!(
        written(read(string().min_length(5), json!("é"))),
        r#"{"type":"string_too_short","msg":"String should have at least 5 characters","input":"é","ctx":{"min_length":5}}"#
    );
    assert_eq!(
        written(read(string().min_length(1), json!(""))),
        r#"{"type":"string_too_short","msg":"String should have at least 1 character","input":"","ctx":{"min_length":1}}"#
    );
    assert_eq!(
        written(read(string().max_length(3), json!("éééé"))),
        r#"{"type":"string_too_long","msg":"String should have at most 3 characters","input":"éééé","ctx":{"max_length":3}}"#
    );
    assert_eq!(
        written(read(string().pattern("password", |text| text == "password"), json!("token"))),
        r#"{"type":"string_pattern_mismatch","msg":"String should match pattern 'password'","input":"token","ctx":{"pattern":"password"}}"#
    );
    assert_eq!(
        written(read(string().without_nul(), json!("a\0"))),
        r#"{"type":"value_error","msg":"Value error, NUL characters are not allowed.","input":"a\u0000","ctx":{"error":{}}}"#
    );
    assert_eq!(read(string().min_length(3).max_length(3).without_nul(), json!("ééé")).unwrap(), "ééé");
}

#[test]
fn integers() {
    assert_eq!(
        written(read(integer(), json!("x"))),
        r#"{"type":"int_parsing","msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}"#
    );
    assert_eq!(
        written(read(integer(), json!(5.5))),
        r#"{"type":"int_from_float","msg":"Input should be a valid integer, got a number with a fractional part","input":5.5}"#
    );
    assert_eq!(
        written(read(integer(), json!(1e30))),
        r#"{"type":"int_parsing_size","msg":"Unable to parse input string as an integer, exceeded maximum size","input":1e+30}"#
    );
    assert_eq!(
        written(read(integer(), json!([]))),
        r#"{"type":"int_type","msg":"Input should be a valid integer","input":[]}"#
    );
    let bounds = [
        (integer().ge(1), "greater_than_equal", "greater than or equal to 1", "ge"),
        (integer().gt(1), "greater_than", "greater than 1", "gt"),
        (integer().le(-1), "less_than_equal", "less than or equal to -1", "le"),
        (integer().lt(-1), "less_than", "less than -1", "lt"),
    ];
    for (rule, kind, text, key) in bounds {
        let bound = if key.starts_with('g') { 1 } else { -1 };
        assert_eq!(
            written(read(rule, json!(0))),
            format!(
                r#"{{"type":"{kind}","msg":"Input should be {text}","input":0,"ctx":{{"{key}":{bound}}}}}"#
            )
        );
    }
}

#[test]
fn floats() {
    assert_eq!(
        written(read(float(), json!(null))),
        r#"{"type":"float_type","msg":"Input should be a valid number","input":null}"#
    );
    assert_eq!(
        written(read(float(), json!("x"))),
        r#"{"type":"float_parsing","msg":"Input should be a valid number, unable to parse string as a number","input":"x"}"#
    );
    assert_eq!(
        written(read(float(), json!("inf"))),
        r#"{"type":"finite_number","msg":"Input should be a finite number","input":"inf"}"#
    );
    assert_eq!(
        written(read(float().ge(0.0), json!(-1))),
        r#"{"type":"greater_than_equal","msg":"Input should be greater than or equal to 0","input":-1,"ctx":{"ge":0.0}}"#
    );
    assert_eq!(
        written(read(float().le(100.0), json!(100.5))),
        r#"{"type":"less_than_equal","msg":"Input should be less than or equal to 100","input":100.5,"ctx":{"le":100.0}}"#
    );
    assert_eq!(
        written(read(float().gt(0.5), json!(0.5))),
        r#"{"type":"greater_than","msg":"Input should be greater than 0.5","input":0.5,"ctx":{"gt":0.5}}"#
    );
    assert_eq!(
        written(read(float().lt(0.0), json!(0.0))),
        r#"{"type":"less_than","msg":"Input should be less than 0","input":0.0,"ctx":{"lt":0.0}}"#
    );
}

#[test]
fn booleans() {
    assert_eq!(
        written(read(boolean(), json!(null))),
        r#"{"type":"bool_type","msg":"Input should be a valid boolean","input":null}"#
    );
    assert_eq!(
        written(read(boolean(), json!("maybe"))),
        r#"{"type":"bool_parsing","msg":"Input should be a valid boolean, unable to interpret input","input":"maybe"}"#
    );
    for value in [json!(true), json!(1), json!(1.0), json!("Yes"), json!("ON")] {
        assert!(read(boolean(), value).unwrap());
    }
    for text in ["0", "off", "F", "false", "n", "NO"] {
        assert!(!read_text(boolean(), text).unwrap());
    }
}

#[test]
fn choices() {
    assert_eq!(
        written(read(choice(STATUSES), json!("released"))),
        r#"{"type":"enum","msg":"Input should be 'Released', 'Post Production' or 'In Production'","input":"released","ctx":{"expected":"'Released', 'Post Production' or 'In Production'"}}"#
    );
    assert_eq!(
        written(read(choice(&[("only", ())]), json!(1))),
        r#"{"type":"enum","msg":"Input should be 'only'","input":1,"ctx":{"expected":"'only'"}}"#
    );
    assert_eq!(read(choice(STATUSES), json!("Post Production")).unwrap(), 2);
}

#[test]
fn dates() {
    assert_eq!(
        written(read(date(), json!(null))),
        r#"{"type":"date_type","msg":"Input should be a valid date","input":null}"#
    );
    assert_eq!(
        written(read(date(), json!("2025-13-01"))),
        r#"{"type":"date_from_datetime_parsing","msg":"Input should be a valid date or datetime, month value is outside expected range of 1-12","input":"2025-13-01","ctx":{"error":"month value is outside expected range of 1-12"}}"#
    );
    assert_eq!(
        written(read(date(), json!("2025-01-01T00:00:01"))),
        r#"{"type":"date_from_datetime_inexact","msg":"Datetimes provided to dates should have zero time - e.g. be exact dates","input":"2025-01-01T00:00:01"}"#
    );
    assert_eq!(
        written(read(date(), json!("0000-01-01"))),
        r#"{"type":"date_parsing","msg":"Input should be a valid date in the format YYYY-MM-DD, year 0 is out of range","input":"0000-01-01","ctx":{"error":"year 0 is out of range"}}"#
    );
}

#[test]
fn emails() {
    assert_eq!(
        written(read(email(), json!("a"))),
        r#"{"type":"value_error","msg":"value is not a valid email address: An email address must have an @-sign.","input":"a","ctx":{"reason":"An email address must have an @-sign."}}"#
    );
    assert_eq!(
        written(read(email(), json!(5))),
        r#"{"type":"string_type","msg":"Input should be a valid string","input":5}"#
    );
}

#[test]
fn rules_of_the_application() {
    let even = || integer().check(|value| if value % 2 == 0 { Ok(value / 2) } else { Err("odd.") });
    assert_eq!(
        written(read(even(), json!("3"))),
        r#"{"type":"value_error","msg":"Value error, odd.","input":"3","ctx":{"error":{}}}"#
    );
    assert_eq!(read(even(), json!(4)).unwrap(), 2);
}

#[test]
fn lists() {
    for value in [json!(null), json!("abc"), json!({})] {
        let expected =
            format!(r#"{{"type":"list_type","msg":"Input should be a valid list","input":{value}}}"#);
        assert_eq!(written(read(list(string()), value)), expected);
    }
    assert_eq!(
        written(read(list(integer()).max_items(1), json!([1, "x"]))),
        r#"{"type":"too_long","msg":"List should have at most 1 item after validation, not 2","input":[1,"x"],"ctx":{"field_type":"List","max_length":1,"actual_length":2}}"#
    );
    assert_eq!(read(list(string()), json!([])).unwrap(), Vec::<String>::new());
    assert_eq!(read(list(list(integer())), json!([[1, "2"], []])).unwrap(), [vec![1, 2], vec![]]);
}

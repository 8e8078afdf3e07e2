//! Lax readings of numbers (theater contract 1.3; compared with pydantic 2.10.4).

use serde_json::json;

use super::{kind, read, read_text};
use crate::http::fastapi::{float, integer};

#[test]
fn text_that_reads_as_an_integer_is_one() {
    let cases = [
        ("5", 5),
        ("+5", 5),
        ("-5", -5),
        (" 5 ", 5),
        ("\u{2003}5\u{85}\n", 5),
        ("5.0", 5),
        ("+5.00", 5),
        ("1_000", 1000),
        ("1_000.0", 1000),
        ("007", 7),
        ("-0", 0),
        ("-0.0", 0),
        ("170141183460469231731687303715884105728", i128::MAX),
    ];
    for (text, value) in cases {
        assert_eq!(read_text(integer(), text).unwrap(), value, "{text:?}");
        assert_eq!(read(integer(), json!(text)).unwrap(), value, "{text:?} in JSON");
    }
}

#[test]
fn other_text_is_no_integer() {
    let texts = [
        "", " ", "x", "5.", ".5", "5.5", "5.0_0", "1__0", "_1", "1_", "1_.0", "+-5", "-+5", "++5", "+ 5",
        "1e3", "0x10", "٣", "5\u{1c}", "1\0", "5 .0", "-", "+", ".", "_",
    ];
    for text in texts {
        assert_eq!(kind(read_text(integer(), text)), "int_parsing", "{text:?}");
    }
}

#[test]
fn an_integer_has_4300_characters_at_most() {
    assert_eq!(read_text(integer(), &"9".repeat(4300)).unwrap(), i128::MAX);
    assert_eq!(read_text(integer(), &format!("-{}", "9".repeat(4299))).unwrap(), i128::MIN);
    assert_eq!(read_text(integer(), &"0".repeat(100_000)).unwrap(), 0);
    assert_eq!(kind(read_text(integer(), &"9".repeat(4301))), "int_parsing_size");
    assert_eq!(kind(read_text(integer(), &format!("-{}", "9".repeat(4300)))), "int_parsing_size");
}

#[test]
fn bounds_hold_for_integers_of_any_size() {
    let huge = "9".repeat(40);
    assert!(i64::try_from(read_text(integer().ge(1), &huge).unwrap()).is_err());
    assert_eq!(kind(read_text(integer().le(20), &huge)), "less_than_equal");
    assert_eq!(kind(read_text(integer().ge(1), &format!("-{huge}"))), "greater_than_equal");
}

#[test]
fn json_values_that_count_as_integers() {
    for (value, expected) in [
        (json!(5), 5),
        (json!(5.0), 5),
        (json!(-0.0), 0),
        (json!(true), 1),
        (json!(false), 0),
        (json!(u64::MAX), i128::from(u64::MAX)),
        (json!(i64::MIN), i128::from(i64::MIN)),
        (json!(9.2e18), 9_200_000_000_000_000_000),
    ] {
        assert_eq!(read(integer(), value).unwrap(), expected);
    }
    for value in [json!(9.3e18), json!(-1e30), json!(1e300)] {
        assert_eq!(kind(read(integer(), value)), "int_parsing_size");
    }
    for value in [json!(null), json!({}), json!([1])] {
        assert_eq!(kind(read(integer(), value)), "int_type");
    }
}

#[test]
fn values_that_count_as_floats() {
    let texts = [
        ("50.5", 50.5),
        (" 1.5\n", 1.5),
        ("1_000", 1000.0),
        ("1_0.0_1", 10.01),
        ("1e1_0", 1e10),
        ("+3", 3.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("0.1e-400", 0.0),
    ];
    for (text, value) in texts {
        assert_eq!(read(float(), json!(text)).unwrap().to_bits(), f64::to_bits(value), "{text:?}");
        assert_eq!(read_text(float(), text).unwrap().to_bits(), f64::to_bits(value), "{text:?}");
    }
    assert_eq!(read(float(), json!(true)).unwrap().to_bits(), 1_f64.to_bits());
    assert_eq!(read(float(), json!(5)).unwrap().to_bits(), 5_f64.to_bits());
}

#[test]
fn values_that_do_not_count_as_floats() {
    for text in ["", " ", "x", "1__0", "_1", "1_", " 1_0", "0x1", "1,5", "1e", "e1", "٣", "\u{1c}1"] {
        assert_eq!(kind(read_text(float(), text)), "float_parsing", "{text:?}");
    }
    for text in ["nan", "NaN", "+nan", "inf", "-INF", "Infinity", "1e999", "-1e999"] {
        assert_eq!(kind(read_text(float(), text)), "finite_number", "{text:?}");
    }
}

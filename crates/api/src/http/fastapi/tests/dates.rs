//! Dates (theater contract 1.3; compared with pydantic 2.10.4).

use serde_json::{Value, json};
use time::macros::date as day;

use super::{read, words};
use crate::http::fastapi::date;
use crate::http::fields::ValidationErrors;

fn reason(value: Value) -> String {
    let shown = value.to_string();
    match read(date(), value) {
        Err(ValidationErrors(items)) => match &words(&items[0]).context {
            Some(context) => context["error"].as_str().unwrap().to_owned(),
            None => words(&items[0]).kind.to_owned(),
        },
        Ok(date) => panic!("{shown} was read as {date}"),
    }
}

#[test]
fn a_date_or_a_moment_at_midnight_is_a_date() {
    for text in [
        "2025-01-01",
        "2025-01-01T00:00",
        "2025-01-01T00:00:00",
        "2025-01-01t00:00:00Z",
        "2025-01-01 00:00:00z",
        "2025-01-01_00:00:00.000",
        "2025-01-01T00:00:00,0000009",
        "2025-01-01T00:00:00+02:00",
        "2025-01-01T00:00-2359",
        "2025-01-01T00:00:00\u{2212}02:00",
        "1735689600",
        "1735689600.0",
        "1735689600000",
    ] {
        assert_eq!(read(date(), json!(text)).unwrap(), day!(2025 - 01 - 01), "{text}");
    }
    assert_eq!(read(date(), json!("2024-02-29")).unwrap(), day!(2024 - 02 - 29));
    assert_eq!(read(date(), json!("0001-01-01")).unwrap(), day!(0001 - 01 - 01));
    assert_eq!(read(date(), json!("9999-12-31")).unwrap(), day!(9999 - 12 - 31));
    assert_eq!(read(date(), json!(1_735_689_600)).unwrap(), day!(2025 - 01 - 01));
    assert_eq!(read(date(), json!(-86_400.0)).unwrap(), day!(1969 - 12 - 31));
}

#[test]
fn what_is_no_date_is_refused_with_its_reason() {
    let cases = [
        ("", "input is too short"),
        ("2025-1-1", "input is too short"),
        ("2025-01-01 ", "input is too short"),
        ("2025-01-01T00", "input is too short"),
        (" 2025-01-01", "invalid character in year"),
        ("not a date", "invalid character in year"),
        ("2025/01/01", "invalid date separator, expected `-`"),
        ("2025-0x-01", "invalid character in month"),
        ("2025-00-01", "month value is outside expected range of 1-12"),
        ("2025-13-01", "month value is outside expected range of 1-12"),
        ("2025-01-0x", "invalid character in day"),
        ("2025-01-0é", "invalid character in day"),
        ("2025-02-29", "day value is outside expected range"),
        ("2025-01-00", "day value is outside expected range"),
        ("2025-01-01x00:00", "invalid datetime separator, expected `T`, `t`, `_` or space"),
        ("2025-01-01Tx0:00", "invalid character in hour"),
        ("2025-01-01T00x00", "invalid time separator, expected `:`"),
        ("2025-01-01T00:0x", "invalid character in minute"),
        ("2025-01-01T24:00", "hour value is outside expected range of 0-23"),
        ("2025-01-01T00:60", "minute value is outside expected range of 0-59"),
        ("2025-01-01T00:00:", "invalid character in second"),
        ("2025-01-01T00:00:60", "second value is outside expected range of 0-59"),
        ("2025-01-01T00:00:00.", "second fraction digits missing after `.`"),
        ("2025-01-01T00:00:00x", "invalid timezone sign"),
        ("2025-01-01T00:00:00+0", "invalid timezone hour"),
        ("2025-01-01T00:00:00+02", "invalid timezone minute"),
        ("2025-01-01T00:00:00+02:60", "timezone minute value is outside expected range of 0-59"),
        ("2025-01-01T00:00:00+24:00", "timezone offset must be less than 24 hours"),
        ("2025-01-01T00:00:00Zx", "unexpected extra characters at the end of the input"),
        ("0000-01-01", "year 0 is out of range"),
        ("0000-01-01T00:00:00", "year 0 is out of range"),
        ("253402300800000", "dates after 9999 are not supported as unix timestamps"),
        ("2025-01-01T12:00:00", "date_from_datetime_inexact"),
        ("2025-01-01T00:00:00.000001", "date_from_datetime_inexact"),
        ("20250101", "date_from_datetime_inexact"),
    ];
    for (text, expected) in cases {
        assert_eq!(reason(json!(text)), expected, "{text:?}");
    }
    assert_eq!(reason(json!(5)), "date_from_datetime_inexact");
    assert_eq!(reason(json!(1e300)), "dates after 9999 are not supported as unix timestamps");
    assert_eq!(reason(json!(-1e300)), "dates before 0000 are not supported as unix timestamps");
    for value in [json!(null), json!(true), json!([]), json!({})] {
        assert_eq!(reason(value), "date_type");
    }
}

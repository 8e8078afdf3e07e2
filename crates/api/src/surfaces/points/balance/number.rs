//! Numbers of points.

use serde_json::Value;

use crate::http::fastapi::integer;
use crate::http::fields::{Given, Report, Rule};

/// A whole number of any size. A number beyond the range of `i128` becomes the end of that range, in JSON too, so
/// that it is refused as out of range (points contract, decision 7).
pub(super) fn number() -> impl Rule<Output = i128> {
    Number
}

struct Number;

impl Rule for Number {
    type Output = i128;

    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<i128> {
        huge(given).or_else(|| integer().read(given, report))
    }
}

/// A JSON number of more than 64 bits. The reader of the body made it a float. All floats of that size are whole
/// numbers.
fn huge(given: Given<'_>) -> Option<i128> {
    let Given::Json(Value::Number(number)) = given else { return None };
    let value = number.as_f64().filter(|_| number.as_i128().is_none())?;
    let is_huge = value.abs() >= 9_223_372_036_854_775_808.0;
    is_huge.then_some(if value > 0.0 { i128::MAX } else { i128::MIN })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::http::fields::{Fields, RequestValues};

    fn read(value: impl Into<Value>) -> Option<i128> {
        let values = RequestValues::of_json(json!({ "points": value.into() }));
        Fields::new(&values).body("points", number())
    }

    #[test]
    fn a_number_of_any_size_is_one() {
        assert_eq!(read(json!(u64::MAX)), Some(i128::from(u64::MAX)));
        assert_eq!(read(json!(1e30)), Some(i128::MAX));
        assert_eq!(read(json!(-1e30)), Some(i128::MIN));
        assert_eq!(read(json!("1".repeat(60))), Some(i128::MAX));
        assert_eq!(
            [read(json!(5.0)), read(json!(" +1_000 ")), read(json!(-0))],
            [Some(5), Some(1000), Some(0)]
        );
    }

    #[test]
    fn what_is_no_whole_number_is_none() {
        for value in [json!(5.5), json!("1e3"), json!("NaN"), json!([]), json!({})] {
            assert_eq!(read(value), None);
        }
    }
}

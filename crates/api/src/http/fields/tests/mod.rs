mod bodies;
mod dates;
mod json_texts;
mod kinds;
mod never_panics;
mod numbers;
mod places;
mod secrets;
mod uploads;

use serde_json::Value;

use super::{Body, Fields, RequestValues, Rule, ValidationErrors};

/// The values of a request with a JSON body.
fn with_body(body: Value) -> RequestValues {
    RequestValues { body: Body::Json(body), ..RequestValues::default() }
}

/// Reads one field `v` of a JSON body.
fn read<R: Rule>(rule: R, value: Value) -> Result<R::Output, ValidationErrors> {
    let values = with_body([("v", value)].into_iter().collect());
    let mut fields = Fields::new(&values);
    let read = fields.body("v", rule);
    fields.finish(|| read)
}

/// Reads one query parameter `v`, given as text.
fn read_text<R: Rule>(rule: R, text: &str) -> Result<R::Output, ValidationErrors> {
    let values = RequestValues { query: vec![("v".to_owned(), text.to_owned())], ..RequestValues::default() };
    let mut fields = Fields::new(&values);
    let read = fields.query("v", rule);
    fields.finish(|| read)
}

/// The kind of the only error.
fn kind<T>(read: Result<T, ValidationErrors>) -> &'static str {
    match read.map(|_| ()) {
        Err(ValidationErrors(items)) if items.len() == 1 => items[0].kind(),
        other => panic!("not one error: {other:?}"),
    }
}

/// The only error but for its place, as it is written.
fn written<T>(read: Result<T, ValidationErrors>) -> String {
    match read.map(|_| ()) {
        Err(ValidationErrors(items)) if items.len() == 1 => {
            serde_json::to_string(&items[0]).unwrap().replace(r#""loc":["body","v"],"#, "")
        }
        other => panic!("not one error: {other:?}"),
    }
}

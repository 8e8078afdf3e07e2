mod bodies;
mod dates;
mod emails;
mod json_texts;
mod kinds;
mod never_panics;
mod numbers;
mod pictures;
mod places;
mod secrets;
mod uploads;

use actix_web::HttpResponse;
use serde_json::Value;
use vestibule_application::Code;

use super::validation_body::ValidationBody;
use super::words::Words;
use super::{FastApi, email_words};
use crate::http::Problem;
use crate::http::fields::{Body, Fields, Item, RequestValues, Rule, ValidationErrors};

/// A surface of the family without words of its own.
struct Bare;

impl FastApi for Bare {
    const SURFACE: &'static str = "bare";

    fn refused(_: &Problem, _: Code) -> Option<HttpResponse> {
        None
    }
}

/// The body of the answer.
fn answer(errors: &ValidationErrors) -> String {
    serde_json::to_string(&ValidationBody::<Bare>::new(errors)).unwrap()
}

fn words(item: &Item) -> Words {
    Words::of(&item.fault, email_words)
}

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
        Err(ValidationErrors(items)) if items.len() == 1 => words(&items[0]).kind,
        other => panic!("not one error: {other:?}"),
    }
}

/// The only error but for its place, as it is written.
fn written<T>(read: Result<T, ValidationErrors>) -> String {
    match read.map(|_| ()) {
        Err(errors) if errors.0.len() == 1 => {
            let answer = answer(&errors).replace(r#""loc":["body","v"],"#, "");
            let item = answer.strip_prefix(r#"{"detail":["#).and_then(|rest| rest.strip_suffix("]}"));
            item.unwrap().to_owned()
        }
        other => panic!("not one error: {other:?}"),
    }
}

//! Uploads that do not become pictures, as validation errors.

use serde_json::Value;

use crate::http::Problem;
use crate::http::codes;
use crate::http::fields::{Fault, Item, ValidationErrors};

/// What is wrong with the file in the field `field`, if that is the problem: for surfaces whose dialect tells
/// it like a fault of any other value.
pub(super) fn bad_picture(field: &'static str, problem: &Problem) -> Option<ValidationErrors> {
    let Problem::Refused { code, .. } = problem else {
        return None;
    };
    let text = match *code {
        codes::NOT_A_PICTURE => "The file is not a JPEG, PNG, WebP or GIF picture".to_owned(),
        codes::PICTURE_NOT_SUPPORTED => {
            let format = problem.parameter("format");
            format!("Pictures of the format {format} are not supported, only JPEG, PNG, WebP and GIF")
        }
        codes::PICTURE_TOO_LARGE => "The picture has too many pixels".to_owned(),
        codes::PICTURE_BROKEN => "The picture is damaged".to_owned(),
        _ => return None,
    };
    Some(Item::new(["body", field], Fault::rule(text), Value::Null).into())
}

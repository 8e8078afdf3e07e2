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
        codes::NOT_A_PICTURE => "The file is not a JPEG, PNG, WebP or GIF picture",
        codes::PICTURE_TOO_LARGE => "The picture has too many pixels",
        codes::PICTURE_BROKEN => "The picture is damaged",
        _ => return None,
    };
    Some(Item::new(["body", field], Fault::value_error(text), Value::Null).into())
}

#[cfg(test)]
mod tests {
    use vestibule_application::media::StorePictureError;
    use vestibule_domain::media::BadPicture;

    use super::*;

    #[test]
    fn every_bad_picture_is_a_fault_of_its_field() {
        for bad in [BadPicture::NotAPicture, BadPicture::TooManyPixels { max: 1 }, BadPicture::Broken] {
            let problem = Problem::from(StorePictureError::from(bad));
            let errors = bad_picture("file", &problem).unwrap();
            let written = serde_json::to_string(&errors).unwrap();
            let begin = r#"{"detail":[{"type":"value_error","loc":["body","file"],"msg":"Value error, The "#;
            assert!(written.starts_with(begin), "{written}");
            assert!(written.ends_with(r#"","input":null,"ctx":{"error":{}}}]}"#), "{written}");
        }
    }
}

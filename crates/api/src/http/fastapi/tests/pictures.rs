//! Uploads that do not become pictures.

use vestibule_application::media::StorePictureError;
use vestibule_domain::media::{BadPicture, ForeignFormat};

use super::answer;
use crate::http::Problem;
use crate::http::fastapi::bad_picture;

#[test]
fn every_bad_picture_is_a_fault_of_its_field() {
    for bad in [BadPicture::NotAPicture, BadPicture::TooManyPixels { max: 1 }, BadPicture::Broken] {
        let problem = Problem::from(StorePictureError::from(bad));
        let errors = bad_picture("file", &problem).unwrap();
        let written = answer(&errors);
        let begin = r#"{"detail":[{"type":"value_error","loc":["body","file"],"msg":"Value error, The "#;
        assert!(written.starts_with(begin), "{written}");
        assert!(written.ends_with(r#"","input":null,"ctx":{"error":{}}}]}"#), "{written}");
    }
}

#[test]
fn a_format_that_is_not_supported_is_named() {
    for (format, name) in [(ForeignFormat::Avif, "AVIF"), (ForeignFormat::JpegXl, "JPEG XL")] {
        let problem = Problem::from(StorePictureError::from(BadPicture::NotSupported(format)));
        let written = answer(&bad_picture("file", &problem).unwrap());
        let told = format!("Pictures of the format {name} are not supported, only JPEG, PNG, WebP and GIF");
        assert!(written.contains(&told), "{written}");
    }
}

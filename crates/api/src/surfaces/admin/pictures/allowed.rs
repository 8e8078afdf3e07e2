//! Names that files of pictures may have (contract 2.14 and 2.15, decision 11).

use vestibule_application::{Code, CodedError};

use crate::http::fields::UploadedFile;
use crate::surfaces::admin::codes;

/// The name of the file does not end like that of a picture.
#[derive(Debug, thiserror::Error)]
#[error("the name of the file does not end like that of a picture")]
pub(super) struct FileTypeNotAllowed;

impl CodedError for FileTypeNotAllowed {
    fn code(&self) -> Code {
        codes::FILE_TYPE_NOT_ALLOWED
    }
}

/// The bytes of a file whose name ends in `.jpg`, `.jpeg` or `.png`, in any letter case, with something before the dot.
/// The bytes alone decide the kind of picture.
pub(super) fn picture(file: &UploadedFile) -> Result<Vec<u8>, FileTypeNotAllowed> {
    let is_allowed = |(stem, extension): (&str, &str)| {
        !stem.is_empty() && ["jpg", "jpeg", "png"].iter().any(|known| known.eq_ignore_ascii_case(extension))
    };
    let name = file.name.rsplit(['/', '\\']).next().unwrap_or_default();
    if name.rsplit_once('.').is_some_and(is_allowed) {
        Ok(file.bytes.to_vec())
    } else {
        Err(FileTypeNotAllowed)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    #[test]
    fn a_name_ends_like_that_of_a_picture() {
        let is_allowed =
            |name: &str| picture(&UploadedFile { name: name.to_owned(), bytes: Bytes::new() }).is_ok();
        assert!(["a.jpg", "a.JPEG", "a b.Png", "a.svg.png", "../a.jpg"].into_iter().all(is_allowed));
        assert!(
            !["", ".jpg", "a", "a.jpg ", "a.gif", "a.svg", "jpg", "dir/.png"].into_iter().any(is_allowed)
        );
    }
}

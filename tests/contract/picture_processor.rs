//! The contract of `PictureProcessor`, as far as use cases need it. Formats, sizes and hostile uploads are tested
//! beside the code that decodes.

use std::sync::Arc;

use vestibule_domain::media::{BadPicture, PictureFormat, PictureSize};
use vestibule_domain::ports::{PictureError, PictureProcessor};
use vestibule_tests::{PICTURE, contract};

contract!(picture_processor on [decoding, plain]: [
    a_picture_that_hides_all_becomes_a_jpeg,
    what_is_no_picture_is_told,
    a_picture_that_is_cut_short_is_broken,
]);

type By = Arc<dyn PictureProcessor>;

async fn refused(by: &By, upload: &[u8]) -> BadPicture {
    match by.process(upload.to_vec(), PictureSize::AVATAR).await {
        Err(PictureError::Bad(bad)) => bad,
        other => panic!("{other:?}"),
    }
}

async fn a_picture_that_hides_all_becomes_a_jpeg(by: By) {
    let picture = by.process(PICTURE.to_vec(), PictureSize::AVATAR).await.unwrap();
    assert_eq!((picture.format, &picture.bytes[..3]), (PictureFormat::Jpeg, &[0xff, 0xd8, 0xff][..]));
}

async fn what_is_no_picture_is_told(by: By) {
    for upload in [&b""[..], b"x", b"<svg onload='alert(1)'/>", b"\x89PN"] {
        assert_eq!(refused(&by, upload).await, BadPicture::NotAPicture, "{upload:?}");
    }
}

async fn a_picture_that_is_cut_short_is_broken(by: By) {
    assert_eq!(refused(&by, &PICTURE[..40]).await, BadPicture::Broken);
}

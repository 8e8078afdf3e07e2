//! JPEG files that other programs show too, and such that none of them needs to.

use vestibule_domain::media::ForeignFormat;

use super::*;

const JPEG: &[u8] = include_bytes!("pictures/extra_bytes_before_marker.jpg");

fn flag_jpeg() -> Vec<u8> {
    encoded(&flag(300, 300), ImageFormat::Jpeg)
}

/// Puts bytes before the first segment with this marker.
fn before(jpeg: &[u8], marker: u8, bytes: &[u8]) -> Vec<u8> {
    let at = jpeg.windows(2).position(|two| two == [0xff, marker]).unwrap();
    [&jpeg[..at], bytes, &jpeg[at..]].concat()
}

async fn is_the_flag(upload: Vec<u8>, name: &str) {
    let made = avatar(upload).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
    let image = image::load_from_memory(&made.bytes).unwrap().to_rgba8();
    assert!(is_about(*image.get_pixel(50, 125), RED), "{name}");
    assert!(is_about(*image.get_pixel(200, 245), BLUE), "{name}");
}

#[tokio::test]
async fn bytes_between_segments_are_stepped_over() {
    let (_, image) = seen(JPEG).await;
    assert!(is_about(*image.get_pixel(60, 60), Rgba([200, 120, 100, 255])));
    for marker in [0xdb, 0xc0, 0xc4, 0xda] {
        is_the_flag(before(&flag_jpeg(), marker, b"\0\x01\x02abc"), "bytes").await;
        is_the_flag(before(&flag_jpeg(), marker, b"\xff\xff\xff"), "fill bytes").await;
    }
}

#[tokio::test]
async fn segments_that_are_malformed_and_do_not_matter_are_passed_over() {
    for segment in [
        &b"\xff\xee\0\x0aAdobe\0\x64\0"[..],
        b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\x07",
        b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\x00",
        b"\xff\xfe\0\0",
        b"\xff\xdc\0\x04\0\x01",
        b"\xff\xd0",
        b"\xff\x01",
        b"\xff\xe1\0\x02",
        b"\xff\xe2\0\x16ICC_PROFILE\0\x01\x03broken",
        b"\xff\xe1\0\x0eExif\0\0broken",
    ] {
        is_the_flag(before(&flag_jpeg(), 0xdb, segment), &segment.escape_ascii().to_string()).await;
    }
}

#[tokio::test]
async fn a_picture_of_a_film_without_codes_has_the_usual_ones() {
    let mut bare = flag_jpeg();
    while let Some(at) = bare.windows(2).position(|two| two == [0xff, 0xc4]) {
        let length = usize::from(u16::from_be_bytes([bare[at + 2], bare[at + 3]]));
        bare.drain(at..at + 2 + length);
    }
    is_the_flag(bare, "without codes").await;
}

#[tokio::test]
async fn what_comes_behind_the_end_or_an_end_that_is_not_there_does_not_matter() {
    let whole = flag_jpeg();
    let endless = whole[..whole.len() - 2].to_vec();
    is_the_flag(endless.clone(), "without an end").await;
    is_the_flag([&endless[..], &[0; 64]].concat(), "zeroes").await;
    is_the_flag([&whole[..], b"trailer", &whole[..200]].concat(), "a trailer").await;
    // Of a small picture whose rows fit into what a decoder reads ahead, too.
    let small = encoded(&RgbaImage::from_pixel(8, 64, RED).into(), ImageFormat::Jpeg);
    let (_, image) = seen(&small[..small.len() - 2]).await;
    assert!(image.pixels().all(|pixel| is_about(*pixel, RED)));
}

#[tokio::test]
async fn restarts_that_are_announced_and_do_not_come_before_the_end_are_none() {
    is_the_flag(before(&flag_jpeg(), 0xda, b"\xff\xdd\0\x04\0\0"), "every 0").await;
    is_the_flag(before(&flag_jpeg(), 0xda, b"\xff\xdd\0\x04\xff\xff"), "every 65535").await;
}

#[tokio::test]
async fn a_few_rows_may_be_missing_and_not_the_half() {
    // Noise, so that the bytes are spread over the rows.
    let noise = RgbaImage::from_fn(300, 300, |x, y| {
        let mixed = (x * 7919 + y * 104_729) ^ (x * y);
        Rgba([mixed.to_le_bytes()[0], mixed.to_le_bytes()[1], 90, 255])
    });
    let whole = encoded(&noise.into(), ImageFormat::Jpeg);
    assert!(avatar(&whole[..whole.len() - whole.len() / 50]).await.is_ok());
    assert_eq!(refused(&whole[..whole.len() / 2]).await, BadPicture::Broken);
    assert_eq!(refused(&whole[..whole.len() * 4 / 5]).await, BadPicture::Broken);
}

#[tokio::test]
async fn a_picture_that_is_grey_at_its_foot_is_whole() {
    let grey = RgbaImage::from_fn(64, 64, |_, y| if y < 16 { RED } else { Rgba([128, 128, 128, 255]) });
    assert!(avatar(encoded(&grey.into(), ImageFormat::Jpeg)).await.is_ok());
}

#[tokio::test]
async fn what_is_whole_and_not_supported_is_told_by_its_name() {
    let mut arithmetic = flag_jpeg();
    let frame = arithmetic.windows(2).position(|marker| marker == b"\xff\xc0").unwrap();
    arithmetic[frame + 1] = 0xc9;
    let conditioned = before(&arithmetic, 0xc9, b"\xff\xcc\0\x04\0\x10");
    let mut lossless = flag_jpeg();
    lossless[frame + 1] = 0xc3;
    let mut odd = flag_jpeg();
    odd[frame + 11] = 0x31;
    let mut deep = flag_jpeg();
    deep[frame + 1] = 0xc1;
    deep[frame + 4] = 12;
    for (upload, format) in [
        (arithmetic, ForeignFormat::ArithmeticJpeg),
        (conditioned, ForeignFormat::ArithmeticJpeg),
        (lossless, ForeignFormat::LosslessJpeg),
        (deep, ForeignFormat::DeepJpeg),
        (odd, ForeignFormat::OddJpeg),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), ForeignFormat::Heic),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif".to_vec(), ForeignFormat::Avif),
        (b"\0\0\0\x14ftypmif1\0\0\0\0mif1".to_vec(), ForeignFormat::Heic),
        (b"\0\0\0\x20ftypavif\0\0\0\0".to_vec(), ForeignFormat::Avif),
        (b"\xff\x0a\0\0".to_vec(), ForeignFormat::JpegXl),
        (b"\0\0\0\x0cJXL \r\n\x87\n".to_vec(), ForeignFormat::JpegXl),
    ] {
        assert_eq!(refused(upload).await, BadPicture::NotSupported(format));
    }
    assert_eq!(refused(*b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom").await, BadPicture::NotAPicture);
}

use proptest::prelude::*;

use super::*;

const SCRIPT: &[u8] = b"<html><script>alert(document.domain)</script></html>";

#[tokio::test]
async fn what_browsers_would_run_is_no_picture() {
    let hostile: [&[u8]; 8] = [
        br#"<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>"#,
        br#"<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>"#,
        SCRIPT,
        b"\xef\xbb\xbf<!doctype html>",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"#!/bin/sh\n",
        b"push graphic-context\nfill 'url(https://example.com/\"|id)'\npop graphic-context",
    ];
    for upload in hostile {
        assert_eq!(refused(upload).await, BadPicture::NotAPicture, "{}", upload.escape_ascii());
    }
}

#[tokio::test]
async fn other_formats_are_no_pictures() {
    let others: [&[u8]; 4] = [b"BM\0\0\0\0", b"II*\0\x08\0\0\0", b"\0\0\x01\0", b"8BPS"];
    for upload in others {
        assert_eq!(refused(upload).await, BadPicture::NotAPicture, "{}", upload.escape_ascii());
    }
}

#[tokio::test]
async fn an_empty_file_is_no_picture() {
    assert_eq!(refused([]).await, BadPicture::NotAPicture);
}

#[tokio::test]
async fn what_was_appended_or_hidden_is_not_kept() {
    let image = flag(300, 300);
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
        let polyglot = [encoded(&image, format), SCRIPT.to_vec()].concat();
        let kept = avatar(polyglot).await.unwrap().bytes;
        assert!(!contains(&kept, b"script"), "{format:?}");
    }
    let mut archive = encoded(&image, ImageFormat::Gif);
    archive.extend(b"PK\x03\x04META-INF/MANIFEST.MFPK\x05\x06");
    assert!(!contains(&avatar(archive).await.unwrap().bytes, b"META-INF"));
    let mut commented = b"\x89PNG\r\n\x1a\n".to_vec();
    let png = encoded(&image, ImageFormat::Png);
    commented.extend(&png[8..33]);
    crafted::chunk(&mut commented, &[&b"tEXtComment\0"[..], SCRIPT].concat());
    commented.extend(&png[33..]);
    assert!(!contains(&avatar(commented).await.unwrap().bytes, b"script"));
}

#[tokio::test]
async fn a_small_file_that_says_it_is_huge_is_refused_before_it_is_decoded() {
    let too_many = BadPicture::TooManyPixels { max: MAX_PIXELS };
    for (width, height) in [(20_000, 20_000), (1_000_001, 1), (u32::MAX >> 1, u32::MAX >> 1)] {
        let refused = refused(crafted::png_head(width, height)).await;
        assert_eq!(refused, too_many, "{width} x {height}");
    }
    assert_eq!(refused(crafted::gif_head(20_000)).await, too_many);
    let mut jpeg = encoded(&flag(8, 8), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|marker| marker == b"\xff\xc0").unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x4e, 0x20, 0x4e, 0x20]);
    assert_eq!(refused(jpeg).await, too_many);
}

#[tokio::test]
async fn a_size_of_nothing_is_broken() {
    for (width, height) in [(0, 0), (0, 1), (1, 0)] {
        assert_eq!(refused(crafted::png_head(width, height)).await, BadPicture::Broken);
    }
}

#[tokio::test]
async fn of_ten_thousand_pictures_the_first_counts() {
    let (_, image) = seen(crafted::animation(10_000)).await;
    assert!(image.pixels().all(|pixel| is_about(*pixel, RED)));
}

#[tokio::test]
async fn a_file_that_was_cut_off_is_broken() {
    for format in [ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Jpeg] {
        let whole = encoded(&flag(300, 300), format);
        for left in [12, 24, whole.len() / 4] {
            let made = avatar(&whole[..left]).await;
            let is_broken = matches!(made, Err(PictureError::Bad(BadPicture::Broken)));
            assert!(is_broken, "{format:?}, {left} bytes");
        }
    }
}

#[tokio::test]
async fn a_thousandfold_text_takes_no_memory() {
    // zTXt, iCCP and the like are unpacked under the same limit as pixels, or not at all.
    let png = encoded(&flag(300, 300), ImageFormat::Png);
    let mut bomb = png[..33].to_vec();
    let mut packed = b"zTXtComment\0\0".to_vec();
    packed.extend(image_zeroes());
    crafted::chunk(&mut bomb, &packed);
    bomb.extend(&png[33..]);
    let kept = avatar(bomb).await.unwrap();
    assert!(kept.bytes.len() < 100_000);
}

/// 16 MB of nothing, as deflate has it in blocks of 65,535 equal bytes: taken out of a PNG that is all one
/// colour.
pub(super) fn image_zeroes() -> Vec<u8> {
    let black = DynamicImage::from(image::GrayImage::new(4096, 4096));
    let png = encoded(&black, ImageFormat::Png);
    let data = png.windows(4).position(|name| name == b"IDAT").unwrap();
    png[data + 4..png.len() - 16].to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_panic(begin in 0_usize..6, rest in proptest::collection::vec(any::<u8>(), 0..400)) {
        let begins: [&[u8]; 6] =
            [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\x40\0\0\0WEBPVP8 ", b"RIFF\x40\0\0\0WEBPVP8L"];
        let upload = [begins[begin], &rest].concat();
        let _ = super::super::upload::decode(upload, MAX_PIXELS);
    }

    #[test]
    fn no_damage_panics(format in 0_usize..4, at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let format = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP][format];
        let mut upload = encoded(&flag(20, 20), format);
        let at = at.index(upload.len());
        upload[at] = byte;
        let _ = super::super::upload::decode(upload, MAX_PIXELS);
    }
}

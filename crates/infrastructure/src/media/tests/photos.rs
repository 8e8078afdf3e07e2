use image::ImageEncoder as _;
use image::codecs::webp::WebPEncoder;

use super::*;

#[tokio::test]
async fn every_format_becomes_an_avatar() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let (kept, image) = seen(encoded(&flag(400, 300), format)).await;
        assert_eq!((kept, image.dimensions()), (PictureFormat::Jpeg, (250, 250)), "{format:?}");
        assert!(is_about(*image.get_pixel(50, 125), RED), "{format:?}");
        assert!(is_about(*image.get_pixel(200, 125), BLUE), "{format:?}");
    }
}

#[tokio::test]
async fn the_middle_of_a_wide_picture_is_kept() {
    // Blue, red, red, blue: the blue stands out on both sides.
    let wide = RgbaImage::from_fn(800, 200, |x, _| if (200..600).contains(&x) { RED } else { BLUE });
    let (_, image) = seen(encoded(&wide.into(), ImageFormat::Png)).await;
    assert!(image.pixels().all(|pixel| is_about(*pixel, RED)));
}

#[tokio::test]
async fn the_smallest_picture_fills_the_avatar() {
    let (_, image) = seen(encoded(&RgbaImage::from_pixel(1, 1, RED).into(), ImageFormat::Png)).await;
    assert_eq!(image.dimensions(), (250, 250));
    assert!(image.pixels().all(|pixel| is_about(*pixel, RED)));
}

#[tokio::test]
async fn extreme_shapes_are_cut() {
    for (width, height) in [(1, 5000), (5000, 1), (250, 1), (3, 2000)] {
        let (_, image) =
            seen(encoded(&RgbaImage::from_pixel(width, height, RED).into(), ImageFormat::Png)).await;
        assert_eq!(image.dimensions(), (250, 250), "{width} x {height}");
    }
}

#[tokio::test]
async fn what_can_be_seen_through_stays_so() {
    let half = RgbaImage::from_fn(300, 300, |x, _| if x < 150 { RED } else { Rgba([0, 0, 0, 0]) });
    let (kept, image) = seen(encoded(&half.into(), ImageFormat::Png)).await;
    assert_eq!(kept, PictureFormat::Png);
    assert_eq!(*image.get_pixel(20, 125), RED);
    assert_eq!(image.get_pixel(230, 125).0[3], 0);
}

#[tokio::test]
async fn a_picture_of_sixteen_bits_and_one_of_greys_are_pictures() {
    let deep = DynamicImage::from(flag(300, 300).to_rgb16());
    let grey = DynamicImage::from(flag(300, 300).to_luma8());
    for image in [deep, grey] {
        assert_eq!(seen(encoded(&image, ImageFormat::Png)).await.0, PictureFormat::Jpeg);
    }
}

#[tokio::test]
async fn as_many_pixels_as_allowed_are_decoded_and_not_one_row_more() {
    let side = u32::try_from(MAX_PIXELS.isqrt()).unwrap();
    assert!(avatar(encoded(&flag(side, side), ImageFormat::Png)).await.is_ok());
    let more = encoded(&flag(side, side + 1), ImageFormat::Png);
    assert_eq!(refused(more).await, BadPicture::TooManyPixels { max: MAX_PIXELS });
}

#[tokio::test]
async fn the_orientation_that_a_camera_tells_is_applied() {
    let upright = encoded(&flag(300, 300), ImageFormat::Jpeg);
    // 3: upside down. 6: the left side is up.
    let (_, image) = seen(crafted::with_exif(&upright, 3)).await;
    assert!(is_about(*image.get_pixel(50, 125), BLUE) && is_about(*image.get_pixel(200, 125), RED));
    let (_, image) = seen(crafted::with_exif(&upright, 6)).await;
    assert!(is_about(*image.get_pixel(125, 50), RED) && is_about(*image.get_pixel(125, 200), BLUE));
    let (_, image) = seen(crafted::with_exif(&upright, 99)).await;
    assert!(is_about(*image.get_pixel(50, 125), RED));
}

#[tokio::test]
async fn the_orientation_of_a_webp_counts_with_and_without_the_words_of_jpeg() {
    // 3: upside down.
    let exif = b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0\0\0\0\0";
    for exif in [exif.to_vec(), [b"Exif\0\0", &exif[..]].concat()] {
        let mut webp = Vec::new();
        let mut encoder = WebPEncoder::new_lossless(&mut webp);
        encoder.set_exif_metadata(exif).unwrap();
        flag(300, 300).write_with_encoder(encoder).unwrap();
        let (_, image) = seen(webp).await;
        assert!(is_about(*image.get_pixel(50, 125), BLUE) && is_about(*image.get_pixel(200, 125), RED));
    }
}

#[tokio::test]
async fn where_a_photo_was_taken_is_not_kept() {
    let photo = crafted::with_exif(&encoded(&flag(300, 300), ImageFormat::Jpeg), 1);
    assert!(contains(&photo, crafted::PLACE) && contains(&photo, b"Exif"));
    let kept = avatar(photo).await.unwrap().bytes;
    assert!(!contains(&kept, crafted::PLACE) && !contains(&kept, b"Exif"));
}

#[tokio::test]
async fn ten_at_once_are_ten_pictures_when_the_queue_has_room() {
    let pictures = pictures(10);
    let upload = encoded(&flag(600, 600), ImageFormat::Jpeg);
    let made = (0..10).map(|_| pictures.process(upload.clone(), PictureSize::AVATAR));
    let made = futures::future::join_all(made).await;
    let first = made[0].as_ref().unwrap();
    assert!(made.iter().all(|one| one.as_ref().unwrap() == first));
}

#[tokio::test]
async fn what_the_queue_has_no_room_for_is_told_to_come_back() {
    let pictures = pictures(0);
    let upload = encoded(&flag(600, 600), ImageFormat::Jpeg);
    let made = (0..10).map(|_| pictures.process(upload.clone(), PictureSize::AVATAR));
    let made = futures::future::join_all(made).await;
    assert!(made[0].is_ok());
    let busy = made.iter().find_map(|one| match one {
        Err(PictureError::Busy { retry_after }) => Some(*retry_after),
        _ => None,
    });
    assert!(busy.unwrap() >= std::time::Duration::from_secs(1));
}

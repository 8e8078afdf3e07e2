//! Pictures with colour profiles. `pictures/make.py` made them.

use super::*;

type Colour = [u8; 3];

/// What the four fields of the pictures are in sRGB.
const FIELDS: [Colour; 4] = [[200, 120, 100], [60, 160, 60], [40, 80, 170], [128, 128, 128]];
const GREYS: [Colour; 4] = [[30, 30, 30], [90, 90, 90], [150, 150, 150], [220, 220, 220]];
/// What littlecms makes of the inks.
const INKS: [Colour; 4] = [[71, 133, 156], [170, 74, 76], [177, 155, 56], [95, 87, 84]];

/// The colours in the middle of the four fields of a picture that was made.
async fn fields(upload: &[u8]) -> [Colour; 4] {
    let (_, image) = seen(upload).await;
    [(60, 60), (190, 60), (60, 190), (190, 190)].map(|(x, y)| {
        let [red, green, blue, _] = image.get_pixel(x, y).0;
        [red, green, blue]
    })
}

#[track_caller]
fn are_about(found: [Colour; 4], expected: [Colour; 4], name: &str) {
    let near = found
        .as_flattened()
        .iter()
        .zip(expected.as_flattened())
        .all(|(one, other)| one.abs_diff(*other) <= 8);
    assert!(near, "{name}: {found:?}, not {expected:?}");
}

#[tokio::test]
async fn the_colours_of_a_profile_are_those_of_srgb_afterwards() {
    let pictures: [(&str, &[u8]); 6] = [
        ("Display P3, JPEG", include_bytes!("pictures/display_p3.jpg")),
        ("Display P3, WebP", include_bytes!("pictures/display_p3.webp")),
        ("Display P3, lossy WebP", include_bytes!("pictures/display_p3_lossy.webp")),
        ("Adobe RGB, JPEG", include_bytes!("pictures/adobe_rgb.jpg")),
        ("Adobe RGB, PNG", include_bytes!("pictures/adobe_rgb.png")),
        ("Adobe RGB, PNG of 16 bits", include_bytes!("pictures/adobe_rgb_16.png")),
    ];
    for (name, picture) in pictures {
        are_about(fields(picture).await, FIELDS, name);
    }
}

#[tokio::test]
async fn greys_with_a_profile_of_greys_or_of_colours_are_those_of_srgb_afterwards() {
    let pictures: [(&str, &[u8]); 3] = [
        ("JPEG", include_bytes!("pictures/grey.jpg")),
        ("PNG", include_bytes!("pictures/grey.png")),
        ("Adobe RGB", include_bytes!("pictures/grey_adobe_rgb.jpg")),
    ];
    for (name, picture) in pictures {
        are_about(fields(picture).await, GREYS, name);
    }
}

#[tokio::test]
async fn inks_with_a_profile_are_as_littlecms_shows_them() {
    are_about(fields(include_bytes!("pictures/cmyk.jpg")).await, INKS, "CMYK");
}

#[tokio::test]
async fn code_points_of_a_png_count_and_come_before_a_profile() {
    let green = RgbaImage::from_pixel(8, 8, Rgba([89, 156, 75, 255]));
    let png = encoded(&green.into(), ImageFormat::Png);
    let mut told = png[..33].to_vec();
    crafted::chunk(&mut told, b"cICP\x0c\x0d\0\x01");
    told.extend(&png[33..]);
    are_about(fields(&told).await, [[60, 156, 64]; 4], "Display P3");
    // High dynamic range and what makes no sense are passed over.
    for chunk in [&b"cICP\x09\x10\0\x01"[..], b"cICP\xff\xff\0\x01", b"cICP\x0c"] {
        let mut told = png[..33].to_vec();
        crafted::chunk(&mut told, chunk);
        told.extend(&png[33..]);
        are_about(fields(&told).await, [[89, 156, 75]; 4], "passed over");
    }
}

#[tokio::test]
async fn a_broken_or_absurd_profile_is_passed_over() {
    let jpeg = include_bytes!("pictures/display_p3.jpg");
    let at = jpeg.windows(12).position(|name| name == b"ICC_PROFILE\0").unwrap() + 14;
    let as_stored = [[189, 124, 104], [89, 159, 73], [53, 80, 163], [128, 128, 128]];
    // The head, the space of the colours, the table of tags, and what the tags hold.
    for (from, to) in [(at + 36, at + 40), (at + 16, at + 20), (at + 128, at + 132), (at + 132, at + 500)] {
        let mut broken = jpeg.to_vec();
        broken[from..to].fill(0xee);
        are_about(fields(&broken).await, as_stored, &format!("{from}"));
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    #[test]
    fn no_damage_of_a_profile_makes_a_picture_unreadable(
        picture in 0_usize..2,
        at in proptest::prelude::any::<proptest::sample::Index>(),
        byte in proptest::prelude::any::<u8>(),
    ) {
        let picture: &[u8] =
            [&include_bytes!("pictures/display_p3.jpg")[..], include_bytes!("pictures/cmyk.jpg")][picture];
        let begin = picture.windows(12).position(|name| name == b"ICC_PROFILE\0").unwrap() + 14;
        let mut damaged = picture.to_vec();
        damaged[begin + at.index(500)] = byte;
        let upload = super::super::upload::decode(damaged, MAX_PIXELS).unwrap();
        super::super::canvas::picture(upload, PictureSize { width: 8, height: 8 });
    }
}

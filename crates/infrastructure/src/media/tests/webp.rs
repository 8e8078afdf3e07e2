//! WebP: what its decoder does not count, and what is in a container.

use super::super::upload;
use super::crafted_webp::{self as webp, Codes};
use super::*;

const LOSSY: &[u8] = include_bytes!("pictures/display_p3_lossy.webp");
/// What libwebp writes at its greatest effort: transforms, a cache of colours, and many groups of codes.
const GROUPS: &[u8] = include_bytes!("pictures/groups.webp");

/// Every form in which codes come.
fn forms(groups: u32, codes: Codes) -> [(&'static str, Vec<u8>); 4] {
    let lossy = webp::lossy_of(LOSSY);
    [
        ("still", webp::still(100, 64, groups, codes)),
        ("opacity", webp::opacity(lossy, groups, codes)),
        ("animation", webp::animation(100, 64, groups, codes)),
        ("animated opacity", webp::animated_opacity(lossy, groups, codes)),
    ]
}

#[test]
fn a_picture_whose_codes_take_more_memory_than_is_allowed_is_refused() {
    // 8 MiB each, where ten thousand pixels may take a little over 4.
    for (groups, codes) in [(400, Codes::Tables), (85, Codes::Trees)] {
        for (form, upload) in forms(groups, codes) {
            let refused = upload::decode(upload.clone(), 10_000).err();
            assert_eq!(refused, Some(BadPicture::TooManyPixels { max: 10_000 }), "{form}, {codes:?}");
            assert!(upload::decode(upload, 500_000).is_ok(), "{form}, {codes:?}");
        }
    }
}

#[test]
fn a_picture_that_names_more_groups_than_it_has_is_refused_too() {
    let cut = webp::still(100, 64, 60_000, Codes::Tables)[..20_000].to_vec();
    assert_eq!(upload::decode(cut, 10_000).err(), Some(BadPicture::TooManyPixels { max: 10_000 }));
}

#[test]
fn few_costly_codes_are_taken() {
    for (groups, codes) in [(1, Codes::Tables), (100, Codes::Tables), (20, Codes::Trees)] {
        for (form, upload) in forms(groups, codes) {
            assert!(upload::decode(upload, 10_000).is_ok(), "{form}, {codes:?}");
        }
    }
}

#[test]
fn what_libwebp_writes_with_many_groups_is_taken() {
    // Of 180 by 180 pixels, and no more are allowed.
    let decoded = upload::decode(GROUPS.to_vec(), 32_400).unwrap();
    let expected = image::load_from_memory(GROUPS).unwrap();
    assert_eq!(decoded.pixels.image, expected);
}

#[tokio::test]
async fn opacity_and_animations_of_libwebp_are_taken() {
    for upload in [&include_bytes!("pictures/opacity.webp")[..], include_bytes!("pictures/moving.webp")] {
        let (_, image) = seen(upload).await;
        // A red that is clear on its left.
        assert!(image.get_pixel(20, 125).0[3] < 40 && is_about(*image.get_pixel(230, 125), RED));
    }
}

#[test]
fn a_picture_that_the_decoder_would_take_before_the_one_that_was_counted_is_not_seen() {
    let costly = webp::frame(100, 64, 400, Codes::Tables);
    let cheap = webp::frame(100, 64, 1, Codes::Tables);
    let head = webp::head(0, 100, 64);
    let twice = webp::file(&[(b"VP8X", &head), (b"VP8L", &cheap), (b"VP8L", &costly)]);
    assert!(upload::decode(twice, 10_000).is_ok());
    let twice = webp::file(&[(b"VP8X", &head), (b"VP8L", &costly), (b"VP8L", &cheap)]);
    assert!(upload::decode(twice, 10_000).is_err());
    // A frame of an animation in a file that is none.
    let lossy = webp::lossy_of(LOSSY);
    let (width, height) = webp::size(lossy);
    let costly = webp::frame(width, height, 400, Codes::Tables);
    let frame = [webp::place(width, height), webp::chunks(&[(b"VP8L", &costly)])].concat();
    let hidden = webp::file(&[(b"VP8X", &webp::head(0, width, height)), (b"ANMF", &frame), (b"VP8 ", lossy)]);
    let decoded = upload::decode(hidden, 10_000).unwrap();
    assert_eq!(decoded.pixels.image, image::load_from_memory(LOSSY).unwrap());
}

#[test]
fn a_frame_of_another_size_than_its_picture_is_broken() {
    let mut lossy = webp::lossy_of(LOSSY).to_vec();
    let (width, height) = webp::size(&lossy);
    let lossless = webp::frame(16_000, 16_000, 1, Codes::Tables);
    lossy[6..10].copy_from_slice(b"\xff\x3f\xff\x3f");
    for frame in [(b"VP8 ", &lossy[..]), (b"VP8L", &lossless)] {
        let still = webp::file(&[(b"VP8X", &webp::head(0, width, height)), frame]);
        assert_eq!(upload::decode(still, 1_000_000).err(), Some(BadPicture::Broken));
        for place in [webp::place(width, height), webp::place(16_383, 16_383)] {
            let moving = [place, webp::chunks(&[frame])].concat();
            let head = webp::head(2, width, height);
            let moving = webp::file(&[(b"VP8X", &head), (b"ANIM", &[0; 6]), (b"ANMF", &moving)]);
            assert_eq!(upload::decode(moving, 1_000_000).err(), Some(BadPicture::Broken));
        }
    }
}

#[test]
fn what_stands_before_between_and_behind_the_chunks_of_a_picture_does_not_matter() {
    let odd = (b"what", &[1_u8, 2, 3][..]);
    let lossy = webp::lossy_of(LOSSY);
    let (width, height) = webp::size(lossy);
    let head = webp::head(0, width, height);
    let file = webp::file(&[(b"VP8X", &head), odd, (b"VP8 ", lossy), odd, odd]);
    let decoded = upload::decode([&file[..], b"and more"].concat(), 10_000).unwrap();
    assert_eq!(decoded.pixels.image, image::load_from_memory(LOSSY).unwrap());
}

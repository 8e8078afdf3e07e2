//! What decoding takes of memory.

use super::super::{canvas, upload};
use super::attacks::image_zeroes;
use super::crafted_webp::{self, Codes};
use super::*;

/// The most memory that this process ever had, in KiB.
#[cfg(target_os = "linux")]
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// In a process of its own, as is the next one: the peak of writing a picture is not that of decoding it.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "is started by another test"]
fn a_deep_picture_is_written() {
    let side = 5000;
    let pixels =
        image::ImageBuffer::<Rgba<u16>, _>::from_raw(side, side, vec![0x7fff_u16; 100_000_000]).unwrap();
    let png = encoded(&pixels.into(), ImageFormat::Png);
    std::fs::write(std::env::var_os("VESTIBULE_PICTURE").unwrap(), png).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "measures its process, and is started by another test"]
fn the_peak_of_decoding() {
    let upload = std::fs::read(std::env::var_os("VESTIBULE_PICTURE").unwrap()).unwrap();
    // The pages of the program that decoding reads do not count, and how many a system maps at once differs.
    for small in [
        encoded(&flag(30, 30), ImageFormat::Png),
        crafted_webp::still(100, 64, 2, Codes::Tables),
        crafted_webp::still(100, 64, 2, Codes::Trees),
    ] {
        canvas::picture(upload::decode(small, 25_000_000).unwrap(), PictureSize::AVATAR);
    }
    let before = peak();
    let decoded = upload::decode(upload, 25_000_000).unwrap();
    canvas::picture(decoded, PictureSize::AVATAR);
    println!("peak {}", peak() - before);
}

#[cfg(target_os = "linux")]
fn run(test: &str, picture: &std::path::Path) -> String {
    let done = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("media::tests::memory::{test}"), "--ignored", "--nocapture"])
        .env("VESTIBULE_PICTURE", picture)
        .output()
        .unwrap();
    assert!(done.status.success());
    String::from_utf8(done.stdout).unwrap()
}

/// KiB that decoding a picture takes at its peak.
#[cfg(target_os = "linux")]
fn peak_of(picture: &std::path::Path) -> u64 {
    let said = run("the_peak_of_decoding", picture);
    let said = said.split("peak ").nth(1).unwrap_or_else(|| panic!("{said}"));
    said.split_whitespace().next().unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_deep_picture_takes_eight_bytes_for_a_pixel_and_little_more() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("deep.png");
    run("a_deep_picture_is_written", &picture);
    let peak = peak_of(&picture);
    assert!(peak < (25_000_000 * 8 + (16 << 20)) / 1024, "{} MiB", peak >> 10);
}

#[cfg(target_os = "linux")]
#[test]
fn a_profile_that_unpacks_a_thousandfold_takes_little_memory() {
    let png = encoded(&flag(300, 300), ImageFormat::Png);
    let mut bomb = png[..33].to_vec();
    crafted::chunk(&mut bomb, &[&b"iCCPbomb\0\0"[..], &image_zeroes()].concat());
    bomb.extend(&png[33..]);
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("bomb.png");
    std::fs::write(&picture, bomb).unwrap();
    let peak = peak_of(&picture);
    assert!(peak < 12 << 10, "{peak} KiB");
}

#[cfg(target_os = "linux")]
#[test]
fn the_codes_of_a_webp_take_what_was_counted() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("codes.webp");
    // As many as just fit into the memory of so many pixels, which is a little under 50 MiB.
    let max_pixels = 4_000_000;
    for (groups, codes) in [(2380, Codes::Tables), (535, Codes::Trees)] {
        let upload = crafted_webp::still(100, 64, groups, codes);
        assert!(upload::decode(upload.clone(), max_pixels).is_ok(), "{codes:?}");
        let more = crafted_webp::still(100, 64, groups + groups / 20, codes);
        assert!(upload::decode(more, max_pixels).is_err(), "{codes:?}");
        std::fs::write(&picture, upload).unwrap();
        let peak = peak_of(&picture);
        assert!((40 << 10..54 << 10).contains(&peak), "{peak} KiB, {codes:?}");
    }
}

#[test]
fn a_frame_of_a_gif_counts_too() {
    let mut gif = encoded(&flag(1200, 1200), ImageFormat::Gif);
    // The screen, and not the frame.
    gif[6..10].copy_from_slice(&[100, 0, 100, 0]);
    assert!(upload::decode(gif.clone(), 1_000_000).is_ok());
    let refused = upload::decode(gif, 10_000).err();
    assert_eq!(refused, Some(BadPicture::TooManyPixels { max: 10_000 }));
}

#[test]
fn what_takes_more_than_the_pixels_that_are_allowed_may_take_is_refused() {
    // In rows of sixteen bits, so many pixels take two thirds of what is allowed.
    let deep = DynamicImage::from(flag(100, 100).to_rgba16());
    assert!(upload::decode(encoded(&deep, ImageFormat::Png), 10_000).is_ok());
    assert!(upload::decode(encoded(&deep, ImageFormat::Png), 9_999).is_err());
}

//! What decoding takes of memory.

use super::super::{canvas, upload};
use super::*;

/// The most memory that this process ever had, in KiB.
#[cfg(target_os = "linux")]
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// In a process of its own: its peak is not that of decoding.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "measures its process, and is started by another test"]
fn a_deep_picture_is_written() {
    let side = 5000;
    let pixels =
        image::ImageBuffer::<Rgba<u16>, _>::from_raw(side, side, vec![0x7fff_u16; 100_000_000]).unwrap();
    let png = encoded(&pixels.into(), ImageFormat::Png);
    std::fs::write(std::env::var_os("VESTIBULE_DEEP_PICTURE").unwrap(), png).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "measures its process, and is started by another test"]
fn the_peak_of_decoding() {
    let png = std::fs::read(std::env::var_os("VESTIBULE_DEEP_PICTURE").unwrap()).unwrap();
    let before = peak();
    let decoded = upload::decode(png, 25_000_000).unwrap();
    canvas::picture(decoded, PictureSize::AVATAR);
    println!("peak {}", peak() - before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_deep_picture_takes_eight_bytes_for_a_pixel_and_little_more() {
    let folder = tempfile::tempdir().unwrap();
    let run = |test: &str| {
        std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &format!("media::tests::memory::{test}"), "--ignored", "--nocapture"])
            .env("VESTIBULE_DEEP_PICTURE", folder.path().join("deep.png"))
            .output()
            .unwrap()
    };
    assert!(run("a_deep_picture_is_written").status.success());
    let said = String::from_utf8(run("the_peak_of_decoding").stdout).unwrap();
    let said = said.split("peak ").nth(1).unwrap_or_else(|| panic!("{said}"));
    let peak: u64 = said.split_whitespace().next().unwrap().parse().unwrap();
    assert!(peak < (25_000_000 * 8 + (8 << 20)) / 1024, "{} MiB", peak >> 10);
}

#[test]
fn what_takes_more_than_the_pixels_that_are_allowed_may_take_is_refused() {
    // In rows of sixteen bits, so many pixels take two thirds of what is allowed.
    let deep = DynamicImage::from(flag(100, 100).to_rgba16());
    assert!(upload::decode(encoded(&deep, ImageFormat::Png), 10_000).is_ok());
    assert!(upload::decode(encoded(&deep, ImageFormat::Png), 9_999).is_err());
}

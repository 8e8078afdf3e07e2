//! Whose server it is, by configuration.

use std::path::Path;

use anyhow::{Context as _, bail};
use bytes::Bytes;
use vestibule_settings::Settings;

use crate::browser::asset::Asset;
use crate::browser::brand::{Brand, LOGO};
use crate::http::PublicPath;

/// The largest logo, in bytes: each browser loads it with its first page.
const MOST_BYTES: u64 = 256 * 1024;

/// Whose server it is.
pub(super) fn brand(settings: &Settings) -> anyhow::Result<Brand> {
    let logo = settings.brand.logo.as_deref().map(logo).transpose()?;
    Ok(with_logo(settings, logo))
}

/// The same where no page is served.
pub(super) fn brand_without_logo(settings: &Settings) -> Brand {
    with_logo(settings, None)
}

fn with_logo(settings: &Settings, logo: Option<Asset>) -> Brand {
    let public = PublicPath::of(&settings.server.public_url);
    let account_pages = settings.account_pages.enabled.then(|| public.to("/account"));
    let way_on = settings.links.after.clone().or(account_pages);
    Brand::new(&settings.brand.name, logo, public.to(LOGO), way_on)
}

fn logo(path: &Path) -> anyhow::Result<Asset> {
    let about = || format!("brand.logo: the file {}", path.display());
    let file = std::fs::metadata(path).and_then(|file| Ok((file.len(), std::fs::read(path)?)));
    let (length, bytes) = file.with_context(|| format!("{} cannot be read", about()))?;
    if length > MOST_BYTES {
        bail!("{} is larger than {} KiB", about(), MOST_BYTES / 1024);
    }
    let Some(content_type) = content_type(&bytes) else {
        bail!("{} is no SVG, PNG, JPEG or WebP", about());
    };
    Ok(Asset::of_bytes(content_type, Bytes::from(bytes)))
}

/// The type of a picture, by how it begins.
fn content_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => {
            let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}').trim_start();
            let is_svg =
                ["<svg", "<?xml", "<!--", "<!DOCTYPE svg"].iter().any(|start| text.starts_with(start));
            (is_svg && text.contains("<svg")).then_some("image/svg+xml")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_told_by_how_it_begins() {
        assert_eq!(content_type(b"\x89PNG\r\n\x1a\n...."), Some("image/png"));
        assert_eq!(content_type(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        assert_eq!(content_type(b"RIFF\x01\x02\x03\x04WEBPVP8 "), Some("image/webp"));
        assert_eq!(content_type(b"\xef\xbb\xbf<?xml version=\"1.0\"?><svg></svg>"), Some("image/svg+xml"));
        assert_eq!(content_type(b" <svg xmlns=\"http://www.w3.org/2000/svg\"/>"), Some("image/svg+xml"));
        for other in
            [&b"<?xml version=\"1.0\"?><html></html>"[..], b"<html><svg>", b"GIF89a", b"", b"\xff\xfe"]
        {
            assert_eq!(content_type(other), None, "{other:?}");
        }
    }
}

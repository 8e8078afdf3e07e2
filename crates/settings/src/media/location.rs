//! The address of the place where pictures are kept.

use std::path::Path;

use super::Media;
use crate::database::Database;
use crate::expect::parsed;
use crate::reader::Section;

/// What only a bucket needs, and has no default.
const OF_A_BUCKET: [&str; 3] = ["endpoint", "access_key", "secret_key"];

pub(super) fn read(section: &mut Section<'_>, data_folder: &Path, database: &Database) -> Media {
    let given = section.optional("url", parsed(parse));
    if given == Some(Media::Memory) && section.environment().is_production() {
        section.refuse(
            "url",
            "must not be \"memory\" in production: every picture would be lost at the next stop",
        );
    }
    given.unwrap_or_else(|| match database {
        // Its rows are gone with the process, and it would take the pictures of others for orphans.
        Database::Memory => Media::Memory,
        Database::Url(_) => Media::Folder(data_folder.join("media")),
    })
}

/// Refuses keys that do not belong together.
pub(super) fn refuse_mixture(section: &mut Section<'_>, location: &Media) {
    if !section.sound(&["url"]) {
        return;
    }
    if !matches!(location, Media::Bucket { .. }) {
        for key in OF_A_BUCKET.into_iter().filter(|key| section.is_given(key)).collect::<Vec<_>>() {
            section.refuse(key, "has no meaning unless media.url is the s3:// address of a bucket");
        }
        return;
    }
    for (key, other) in [("access_key", "secret_key"), ("secret_key", "access_key")] {
        if section.is_given(key) && !section.is_given(other) && section.sound(&[key]) {
            section.refuse(key, format!("is given without media.{other}"));
        }
    }
}

pub(super) fn parse(url: &str) -> Result<Media, String> {
    const ALLOWED: &str = "must be \"memory\", a folder such as \"file://data/media\", or a bucket such as \
         \"s3://bucket\" or \"s3://bucket/folder\"";
    let allowed = || ALLOWED.to_owned();
    if url == "memory" {
        return Ok(Media::Memory);
    }
    match url.split_once("://").ok_or_else(allowed)? {
        ("file", path) if !path.trim().is_empty() => Ok(Media::Folder(path.into())),
        ("s3", place) => {
            let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
            let prefix = prefix.trim_matches('/');
            if is_bucket(name) && is_prefix(prefix) {
                return Ok(Media::Bucket { name: name.to_owned(), prefix: prefix.to_owned() });
            }
            Err(allowed())
        }
        _ => Err(allowed()),
    }
}

/// By the rules of S3: keys, query and password do not stand here.
fn is_bucket(name: &str) -> bool {
    (3..=63).contains(&name.len())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.')
}

fn is_prefix(prefix: &str) -> bool {
    let is_plain = |part: &str| {
        let is_name = part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
        !part.is_empty() && part != "." && part != ".." && is_name
    };
    prefix.is_empty() || prefix.split('/').all(is_plain)
}

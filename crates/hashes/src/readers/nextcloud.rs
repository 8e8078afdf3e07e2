//! Nextcloud's `Hasher.php`. Read; PHP 8.4.27 made the hashes.

use super::parts;
use crate::format::Format;
use crate::recipe::{Bytes, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code("nextcloud-3-argon2id", "Nextcloud, ownCloud", argon2),
    Format::code("nextcloud-1-bcrypt", "Nextcloud, ownCloud", bcrypt),
];

/// `3|$argon2id$…`, before that `2|$argon2i$…`.
fn argon2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let text = text.strip_prefix("3|").or_else(|| text.strip_prefix("2|")).ok_or_else(|| source.parts())?;
    parts::argon2(source, text, Bytes::default())
}

fn bcrypt(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?.strip_prefix("1|").ok_or_else(|| source.parts())?;
    parts::bcrypt(source, text)
}

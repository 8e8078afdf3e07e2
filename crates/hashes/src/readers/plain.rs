//! Digests that nothing is mixed into, as old applications and passlib 1.7.4 write them. Run.

use super::pattern::{How, Pattern};
use crate::coding;
use crate::engines::{Algorithm, Digest};
use crate::format::Format;
use crate::recipe::{Characters, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

const fn hex(algorithm: Algorithm) -> Pattern {
    Pattern { template: "<hash:hex>", how: How::Plain(algorithm) }
}

pub(super) const FORMATS: &[Format] = &[
    Format::pattern("hex-md5", "old applications", hex(Algorithm::Md5)),
    Format::pattern("hex-sha1", "old applications, old Nextcloud", hex(Algorithm::Sha1)),
    Format::pattern("hex-sha256", "old applications", hex(Algorithm::Sha256)),
    Format::pattern("hex-sha512", "old applications", hex(Algorithm::Sha512)),
    Format::code("nthash", "Windows, Samba", nthash),
    Format::code("mysql41", "MySQL 4.1, MariaDB", mysql41),
];

/// MD4 of UTF-16.
fn nthash(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let hash = coding::hex(source.text()?).filter(|hash| hash.len() == 16).ok_or_else(|| source.parts())?;
    let mut recipe = Recipe::new([Digest::once(Algorithm::Md4).into()], hash);
    recipe.spelling.characters = Characters::Utf16;
    Ok(recipe)
}

/// `*` and the hex digits of SHA1(SHA1(password)).
fn mysql41(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let hash = source.text()?.strip_prefix('*').and_then(coding::hex).filter(|hash| hash.len() == 20);
    let hash = hash.ok_or_else(|| source.parts())?;
    Ok(Recipe::new([Digest::times(Algorithm::Sha1, 2)?.into()], hash))
}

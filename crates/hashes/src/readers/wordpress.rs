//! WordPress 6.8.12, phpass in WordPress up to 6.7, phpBB 3 and passlib. Run.
//!
//! Passwords are trimmed. Its forms hash a password with slashes before quotes, its REST interface and its commands
//! hash it as it is typed, so both are tried.

use super::parts;
use crate::coding::{h64, h64_number};
use crate::engines::{Algorithm, Chain, Code, Hmac};
use crate::format::Format;
use crate::recipe::{Recipe, TextForm};
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code("wordpress-wp-bcrypt", "WordPress 6.8", bcrypt),
    Format::code("wordpress-wp-bcrypt-form", "WordPress 6.8, from its forms", bcrypt),
    Format::code("phpass-P", "WordPress up to 6.7, passlib", |source| phpass(source, "$P$")),
    Format::code("phpass-H", "phpBB 3, passlib", |source| phpass(source, "$H$")),
];

/// `$wp$2y$…`: bcrypt of base64 of HMAC-SHA384.
fn bcrypt(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let text = text.strip_prefix("$wp").ok_or_else(|| source.parts())?;
    let hmac = Hmac { algorithm: Algorithm::Sha384, key: "wp-sha384".into() };
    let recipe = parts::bcrypt(source, text)?.after([hmac.into(), Code::Base64.into()]);
    Ok(recipe.spelled(TextForm::Trimmed).spelled_or_not(TextForm::Slashed))
}

/// One character of rounds, eight of salt, 22 of MD5.
fn phpass(source: &Source<'_>, mark: &str) -> Result<Recipe, Refusal> {
    let recipe = chain(source, source.text()?, mark, Algorithm::Md5, 16)?;
    Ok(recipe.spelled_or_not(TextForm::Trimmed).spelled_or_not(TextForm::Slashed))
}

/// A mark, one character of rounds, eight of salt, and the beginning of a digest.
pub(super) fn chain(
    source: &Source<'_>,
    text: &str,
    mark: &str,
    algorithm: Algorithm,
    length: usize,
) -> Result<Recipe, Refusal> {
    let read = || {
        let (rounds, rest) = text.strip_prefix(mark)?.split_at_checked(1)?;
        let rounds = 1_u32.checked_shl(h64_number(*rounds.as_bytes().first()?)?)?;
        let (salt, hash) = rest.split_at_checked(8)?;
        Some((rounds, salt, h64(hash).filter(|hash| hash.len() == length)?))
    };
    let (rounds, salt, hash) = read().ok_or_else(|| source.parts())?;
    Ok(Recipe::new([Chain::new(algorithm, rounds, salt)?.into()], hash))
}

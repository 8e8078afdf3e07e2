//! MediaWiki 1.43.9. Run.

use super::parts;
use crate::coding;
use crate::engines::{Algorithm, Around, Code, Digest};
use crate::format::Format;
use crate::recipe::{Bytes, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

const SYSTEM: &str = "MediaWiki";

pub(super) const FORMATS: &[Format] = &[
    Format::code("mediawiki-pbkdf2", SYSTEM, pbkdf2),
    Format::code("mediawiki-argon2", SYSTEM, argon2),
    Format::code("mediawiki-bcrypt", SYSTEM, bcrypt),
    Format::code("mediawiki-B", "MediaWiki up to 1.23", salted),
];

/// `:pbkdf2:<digest>:<iterations>:<bytes>:<salt>:<hash>`.
fn pbkdf2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let mut parts = text.strip_prefix(":pbkdf2:")?.split(':');
        let (algorithm, iterations) = (Algorithm::by_name(parts.next()?)?, coding::number(parts.next()?)?);
        let length = coding::number::<usize>(parts.next()?)?;
        let (salt, hash) = (coding::base64(parts.next()?)?, coding::base64(parts.next()?)?);
        (hash.len() == length && parts.next().is_none()).then_some((algorithm, iterations, salt, hash))
    };
    let (algorithm, iterations, salt, hash) = read().ok_or_else(|| source.parts())?;
    parts::pbkdf2(algorithm, iterations, salt, &hash)
}

fn argon2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?.strip_prefix(":argon2:").ok_or_else(|| source.parts())?;
    parts::argon2(source, text, Bytes::default())
}

/// `:bcrypt:<cost>$<22>$<31>`.
fn bcrypt(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let mut parts = text.strip_prefix(":bcrypt:")?.split('$');
        let (cost, salt, hash) = (coding::number(parts.next()?)?, parts.next()?, parts.next()?);
        parts.next().is_none().then_some((cost, salt, hash))
    };
    let (cost, salt, hash) = read().ok_or_else(|| source.parts())?;
    parts::bcrypt_parts(source, cost, salt, hash)
}

/// `:B:<salt>:<hex>`: MD5 of the salt, a hyphen, and the hex digits of MD5.
fn salted(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let (salt, hash) = text.strip_prefix(":B:")?.split_once(':')?;
        Some((salt, coding::hex(hash).filter(|hash| hash.len() == 16)?))
    };
    let (salt, hash) = read().ok_or_else(|| source.parts())?;
    let md5 = Digest::once(Algorithm::Md5);
    let salted = Around::before(format!("{salt}-").as_str());
    Ok(Recipe::new([md5.into(), Code::Hex.into(), salted.into(), md5.into()], hash))
}

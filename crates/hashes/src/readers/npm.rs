//! Small packages of npm. Run: password-hash-and-salt 0.1.4, pbkdf2-password 1.2.1, password-hash 1.2.2, @phc/pbkdf2
//! 1.1.14.

use super::parts;
use super::pattern::{How, Pattern};
use crate::coding;
use crate::engines::{Algorithm, Hmac};
use crate::format::Format;
use crate::recipe::Recipe;
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    // The hash stands before the salt.
    Format::pattern(
        "npm-password-hash-and-salt",
        "npm password-hash-and-salt",
        Pattern { template: "pbkdf2$<n>$<hash:hex>$<salt:hex>", how: How::Pbkdf2(Algorithm::Sha1) },
    ),
    Format::code("npm-pbkdf2-password", "npm pbkdf2-password", pbkdf2_password).with_fields(&["salt"]),
    Format::code("npm-password-hash", "npm password-hash", password_hash),
    Format::code("phc-pbkdf2-node", "npm @phc/pbkdf2, Ory Kratos", phc),
];

/// base64 of 128 bytes, and base64 of the salt beside it; 10,000 iterations.
fn pbkdf2_password(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let hash =
        coding::base64(source.text()?).filter(|hash| hash.len() == 128).ok_or_else(|| source.parts())?;
    let salt = coding::base64(source.field("salt")?);
    let salt = salt.ok_or(Refusal::Field { format: source.format, field: "salt" })?;
    parts::pbkdf2(Algorithm::Sha1, 10_000, salt, &hash)
}

/// `<digest>$<salt>$<iterations>$<hex>`: HMAC under the salt's text, and the digest of that for each further
/// iteration; with one iteration, which is usual, HMAC alone. Others are not accepted, since none was seen.
fn password_hash(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let mut parts = text.split('$');
        let algorithm = Algorithm::by_name(parts.next()?)?;
        let (salt, iterations, hash) = (parts.next()?, parts.next()?, coding::hex(parts.next()?)?);
        let is_sound = iterations == "1" && hash.len() == algorithm.length() && parts.next().is_none();
        is_sound.then_some((algorithm, salt, hash))
    };
    let (algorithm, salt, hash) = read().ok_or_else(|| source.parts())?;
    Ok(Recipe::new([Hmac { algorithm, key: salt.into() }.into()], hash))
}

/// `$pbkdf2-<digest>$i=25000$<salt>$<hash>`, in Kratos with `,l=` behind the iterations.
fn phc(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let (algorithm, rest) = text.strip_prefix("$pbkdf2-")?.split_once("$i=")?;
        let mut parts = rest.split('$');
        let costs = parts.next()?;
        let (iterations, length) = costs.split_once(",l=").map_or((costs, None), |(i, l)| (i, Some(l)));
        let (salt, hash) = (coding::base64(parts.next()?)?, coding::base64(parts.next()?)?);
        let fits = match length {
            Some(length) => coding::number::<usize>(length)? == hash.len(),
            None => true,
        };
        fits.then_some((Algorithm::by_name(algorithm)?, coding::number(iterations)?, salt, hash))
    };
    let (algorithm, iterations, salt, hash) = read().ok_or_else(|| source.parts())?;
    parts::pbkdf2(algorithm, iterations, salt, &hash)
}

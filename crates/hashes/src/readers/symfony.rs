//! Symfony's password-hasher 6.4.50. Run. In its older hashers the salt is a column of its own and used as text.

use super::parts;
use crate::coding;
use crate::engines::{Algorithm, Around, Chain, LongSha512};
use crate::format::Format;
use crate::recipe::{Bytes, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code("symfony-native-bcrypt", "Symfony", native).by_name(),
    Format::code("symfony-sha512", "Symfony's MessageDigestPasswordHasher", digest).with_fields(&["salt"]),
    Format::code("symfony-pbkdf2", "Symfony's Pbkdf2PasswordHasher", pbkdf2).with_fields(&["salt"]),
];

/// Plain bcrypt, for which passwords that bcrypt would not read to their end are hashed first.
fn native(source: &Source<'_>) -> Result<Recipe, Refusal> {
    Ok(parts::bcrypt(source, source.text()?)?.after([LongSha512.into()]))
}

fn hash(source: &Source<'_>, length: usize) -> Result<Vec<u8>, Refusal> {
    coding::base64(source.text()?).filter(|hash| hash.len() == length).ok_or_else(|| source.parts())
}

/// x = SHA512(password{salt}), and as often as `iterations` says less one: x = SHA512(x + password{salt}).
fn digest(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let hash = hash(source, 64)?;
    let salted = Around::behind(format!("{{{}}}", source.field("salt")?).as_str());
    let rounds = source.number("iterations", 5000)?.checked_sub(1).ok_or_else(|| source.parts())?;
    let chain = Chain::new(Algorithm::Sha512, rounds, Bytes::default())?;
    Ok(Recipe::new([salted.into(), chain.into()], hash))
}

/// `digest`, `iterations` and `length` stand beside the hash; where they do not, they are sha512, 1000 and 40.
fn pbkdf2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let length = usize::try_from(source.number("length", 40)?).unwrap_or(usize::MAX);
    let hash = hash(source, length)?;
    let algorithm = match source.field("digest") {
        Ok(name) => {
            Algorithm::by_name(name).ok_or(Refusal::Field { format: source.format, field: "digest" })?
        }
        Err(_absent) => Algorithm::Sha512,
    };
    parts::pbkdf2(algorithm, source.number("iterations", 1000)?, source.field("salt")?, &hash)
}

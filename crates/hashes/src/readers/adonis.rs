//! AdonisJS: @adonisjs/hash 10.1.1, and nuxt-auth-utils 0.5, which has its scrypt. Run.

use super::parts;
use super::pattern::{How, Pattern};
use crate::coding;
use crate::engines::Bcrypt;
use crate::format::Format;
use crate::recipe::{Bytes, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::pattern(
        "adonis-scrypt",
        "AdonisJS, nuxt-auth-utils",
        Pattern {
            template: "$scrypt$n=<n>,r=<r>,p=<p>$<salt:base64>$<hash:base64>",
            how: How::Scrypt(0, 0, 0),
        },
    ),
    Format::code("adonis-bcrypt", "AdonisJS", bcrypt),
    Format::code("adonis-argon2", "AdonisJS", argon2),
];

/// `$bcrypt$v=98$r=10$<22>$<31>`: `v` is the code of a letter, and both parts are standard base64.
fn bcrypt(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let rest = ["$bcrypt$v=97$r=", "$bcrypt$v=98$r="].iter().find_map(|mark| text.strip_prefix(mark))?;
        let mut parts = rest.split('$');
        let (cost, salt, hash) = (parts.next()?, parts.next()?, parts.next()?);
        let hash = coding::base64(hash).filter(|hash| hash.len() == 23)?;
        Some((coding::number(cost)?, coding::base64(salt)?.try_into().ok()?, hash))
    };
    let (cost, salt, hash) = read().ok_or_else(|| source.parts())?;
    Ok(Recipe::new([Bcrypt::new(cost, salt)?.into()], hash))
}

fn argon2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    parts::argon2(source, source.text()?, Bytes::default())
}

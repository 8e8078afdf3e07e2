//! Meteor's `accounts-password`. Read. The client sends the hex digits of SHA-256, and those are hashed.

use super::parts;
use crate::engines::{Algorithm, Code, Digest};
use crate::format::Format;
use crate::recipe::{Bytes, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code("meteor-bcrypt", "Meteor", bcrypt).by_name(),
    Format::code("meteor-argon2", "Meteor 3", argon2).by_name(),
];

fn sent(recipe: Recipe) -> Recipe {
    recipe.after([Digest::once(Algorithm::Sha256).into(), Code::Hex.into()])
}

fn bcrypt(source: &Source<'_>) -> Result<Recipe, Refusal> {
    parts::bcrypt(source, source.text()?).map(sent)
}

fn argon2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    parts::argon2(source, source.text()?, Bytes::default()).map(sent)
}

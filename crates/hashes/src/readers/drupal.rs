//! Drupal 7 to 10.0. Read at its commit 25de611b; zitadel/passwap's vectors agree.

use super::wordpress::chain;
use crate::engines::{Algorithm, Code, Digest, Take};
use crate::format::Format;
use crate::recipe::Recipe;
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code("drupal7-S", "Drupal 7 to 10.0", sha512),
    Format::code("drupal7-US", "Drupal 7, upgraded from 6", upgraded),
];

/// phpass with SHA-512. The text is cut off after 55 characters, which leaves 43 of the digest: 32 bytes.
fn sha512(source: &Source<'_>) -> Result<Recipe, Refusal> {
    cut(source, source.text()?)
}

fn cut(source: &Source<'_>, text: &str) -> Result<Recipe, Refusal> {
    let mut recipe = chain(source, text, "$S$", Algorithm::Sha512, 32)?;
    recipe.steps.push(Take::first(32).into());
    Ok(recipe)
}

/// `U$S$…`: over the hex digits of the MD5 that Drupal 6 had.
fn upgraded(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?.strip_prefix('U').ok_or_else(|| source.parts())?;
    Ok(cut(source, text)?.after([Digest::once(Algorithm::Md5).into(), Code::Hex.into()]))
}

//! Argon2 in the string format of the Password Hashing Competition: PHP, argon2-cffi, npm argon2, pwdlib, Directus and
//! many more. Run: argon2-cffi 25.1.0, npm argon2 0.45.1 and older, PHP 8.4.27, passlib 1.7.4.
//!
//! Libraries differ in the order of the costs, which has no meaning. A text without `v=` is of version 16.

use super::parts;
use crate::format::Format;
use crate::recipe::{Bytes, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code("argon2id-phc", "PHP, argon2-cffi, npm argon2, pwdlib, Directus", argon2id),
    Format::code("argon2i-phc", "PHP, argon2-cffi", argon2i),
    Format::code("argon2d-phc", "argon2-cffi", argon2d),
    Format::code("argon2id-phc-mpt", "npm argon2 0.45 (order m, p, t)", argon2id),
    Format::code("argon2id-phc-tmp", "npm @phc/argon2 (order t, m, p)", argon2id),
    Format::code("argon2id-phc-v16", "argon2-cffi, version 16", argon2id),
    Format::code("argon2id-phc-no-version", "old argon2 libraries, version 16", argon2id),
    Format::code("argon2id-phc-data", "npm argon2 with associated data", argon2id),
    Format::code("argon2id-phc-keyed", "npm argon2 with a secret", keyed).with_keys(&["SECRET"]),
];

fn of(source: &Source<'_>, mark: &str) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let is_marked = text.starts_with(mark);
    is_marked.then_some(()).ok_or_else(|| source.parts())?;
    parts::argon2(source, text, Bytes::default())
}

fn argon2id(source: &Source<'_>) -> Result<Recipe, Refusal> {
    of(source, "$argon2id$")
}

fn argon2i(source: &Source<'_>) -> Result<Recipe, Refusal> {
    of(source, "$argon2i$")
}

fn argon2d(source: &Source<'_>) -> Result<Recipe, Refusal> {
    of(source, "$argon2d$")
}

/// The secret leaves no mark in the text.
fn keyed(source: &Source<'_>) -> Result<Recipe, Refusal> {
    parts::argon2(source, source.text()?, source.key("SECRET")?)
}

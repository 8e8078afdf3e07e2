//! Payload CMS 3.90.2 and passport-local-mongoose 9.2.0. Run. The salt is a column of its own and used as text.

use super::parts;
use crate::coding;
use crate::engines::Algorithm;
use crate::format::Format;
use crate::recipe::Recipe;
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code("payload-pbkdf2-v1", "Payload CMS", v1).with_fields(&["salt"]),
    Format::code("payload-pbkdf2-legacy", "Payload CMS before 3.90", legacy).with_fields(&["salt"]),
    Format::code("passport-local-mongoose", "passport-local-mongoose", mongoose).with_fields(&["salt"]),
];

/// `pbkdf2-sha256-v1:<64 hex>`: 600,000 iterations.
fn v1(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let hash = source.text()?.strip_prefix("pbkdf2-sha256-v1:").and_then(coding::hex);
    let hash = hash.filter(|hash| hash.len() == 32).ok_or_else(|| source.parts())?;
    parts::pbkdf2(Algorithm::Sha256, 600_000, source.field("salt")?, &hash)
}

/// 1024 hex digits: 25,000 iterations.
fn legacy(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let hash = coding::hex(source.text()?).filter(|hash| hash.len() == 512).ok_or_else(|| source.parts())?;
    parts::pbkdf2(Algorithm::Sha256, 25_000, source.field("salt")?, &hash)
}

/// Hex digits: 25,000 iterations, if `iterations` beside the hash does not say otherwise.
fn mongoose(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let hash = coding::hex(source.text()?).filter(|hash| hash.len() >= 32).ok_or_else(|| source.parts())?;
    let iterations = source.number("iterations", 25_000)?;
    parts::pbkdf2(Algorithm::Sha256, iterations, source.field("salt")?, &hash)
}

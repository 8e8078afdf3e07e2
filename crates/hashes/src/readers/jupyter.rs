//! Jupyter Server 2.21.1. Read from its wheel.

use super::parts;
use super::pattern::{How, Pattern};
use crate::engines::Algorithm;
use crate::format::Format;
use crate::recipe::{Bytes, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code("jupyter-argon2", "Jupyter Server", argon2),
    Format::pattern(
        "jupyter-sha1",
        "Jupyter Server",
        Pattern { template: "sha1:<salt:text>:<hash:hex>", how: How::SaltLast(Algorithm::Sha1) },
    ),
];

fn argon2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?.strip_prefix("argon2:").ok_or_else(|| source.parts())?;
    parts::argon2(source, text, Bytes::default())
}

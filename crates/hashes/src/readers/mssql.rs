//! Microsoft SQL Server 2005. Run: passlib 1.7.4.

use crate::coding;
use crate::engines::{Algorithm, Around, Digest};
use crate::format::Format;
use crate::recipe::{Characters, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[Format::code("mssql2005", "Microsoft SQL Server 2005", sha1)];

/// `0x0100`, four bytes of salt and SHA-1 of the password in UTF-16 and the salt, all in hex.
fn sha1(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let bytes = source.text()?.strip_prefix("0x0100").and_then(coding::hex).filter(|bytes| bytes.len() == 24);
    let bytes = bytes.ok_or_else(|| source.parts())?;
    let (salt, hash) = bytes.split_at_checked(4).ok_or_else(|| source.parts())?;
    let mut recipe = Recipe::new([Around::behind(salt).into(), Digest::once(Algorithm::Sha1).into()], hash);
    recipe.spelling.characters = Characters::Utf16;
    Ok(recipe)
}

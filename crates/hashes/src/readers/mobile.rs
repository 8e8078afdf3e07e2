//! MD5 under a salt of the whole installation, as the application has it that the surface mobile took the place of.
//! Run: its own exports.

use crate::coding;
use crate::engines::{Algorithm, Around, Digest};
use crate::format::Format;
use crate::recipe::Recipe;
use crate::refusal::Refusal;
use crate::source::Source;

const KEY: &str = "SALT_KEY";

pub(super) const FORMATS: &[Format] =
    &[Format::code("md5-salt-key", "the former mobile application", md5).with_keys(&[KEY])];

/// 32 hex digits of MD5(password + salt). The salt stands in no table.
fn md5(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let hash = coding::hex(source.text()?).filter(|hash| hash.len() == 16).ok_or_else(|| source.parts())?;
    let salted = Around::behind(source.key(KEY)?);
    Ok(Recipe::new([salted.into(), Digest::once(Algorithm::Md5).into()], hash))
}

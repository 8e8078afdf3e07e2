//! Discourse's `user_passwords`. Read at its commits 0a9b83a6 and 10bdbd48. The salt is used as text.

use super::parts;
use crate::coding;
use crate::engines::Algorithm;
use crate::format::Format;
use crate::recipe::Recipe;
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] =
    &[Format::code("discourse-pbkdf2", "Discourse", pbkdf2).with_fields(&["salt", "algorithm"])];

/// 64 hex digits. The field `algorithm` is `$pbkdf2-sha256$i=600000,l=32$`.
fn pbkdf2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let hash = coding::hex(source.text()?).filter(|hash| hash.len() == 32).ok_or_else(|| source.parts())?;
    let algorithm = source.field("algorithm")?;
    let costs = algorithm.strip_prefix("$pbkdf2-sha256$i=").and_then(|rest| rest.strip_suffix(",l=32$"));
    let iterations = costs.and_then(coding::number);
    let iterations = iterations.ok_or(Refusal::Field { format: source.format, field: "algorithm" })?;
    parts::pbkdf2(Algorithm::Sha256, iterations, source.field("salt")?, &hash)
}

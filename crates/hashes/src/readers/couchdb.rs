//! CouchDB's `_users`. Read at 00687ef8. The salt's hex digits are used as text.

use super::parts;
use crate::coding;
use crate::engines::Algorithm;
use crate::format::Format;
use crate::recipe::Recipe;
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code("couchdb-pbkdf2-sha256", "CouchDB 3.4", |source| {
        pbkdf2(source, "sha256", Algorithm::Sha256)
    }),
    Format::code("couchdb-pbkdf2-sha1", "CouchDB up to 3.3", |source| pbkdf2(source, "sha", Algorithm::Sha1)),
];

/// An object with `pbkdf2_prf` (where it is absent, it is SHA-1), `iterations`, `salt` and `derived_key`.
fn pbkdf2(source: &Source<'_>, prf: &str, algorithm: Algorithm) -> Result<Recipe, Refusal> {
    let object = source.object()?;
    let read = || {
        let text = |name: &str| object.get(name)?.as_str();
        let is_named = text("password_scheme")? == "pbkdf2" && text("pbkdf2_prf").unwrap_or("sha") == prf;
        let hash = coding::hex(text("derived_key")?).filter(|hash| hash.len() == algorithm.length())?;
        let iterations = parts::clamped(object.get("iterations")?.as_u64()?);
        is_named.then_some((iterations, text("salt")?, hash))
    };
    let (iterations, salt, hash) = read().ok_or_else(|| source.parts())?;
    parts::pbkdf2(algorithm, iterations, salt, &hash)
}

//! RedwoodJS dbAuth 8.9.0. Run. The salt is a column of its own and used as text.

use super::parts;
use crate::coding;
use crate::engines::Algorithm;
use crate::format::Format;
use crate::recipe::{Recipe, TextForm};
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code("redwood-scrypt", "RedwoodJS", scrypt).with_fields(&["salt"]),
    Format::code("redwood-legacy-pbkdf2-sha1", "older RedwoodJS", legacy).with_fields(&["salt"]),
];

/// `<64 hex>|<N>|<r>|<p>`, with the password in NFC.
fn scrypt(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let mut parts = text.split('|');
        let hash = coding::hex(parts.next()?).filter(|hash| hash.len() == 32)?;
        let (n, r, p) = (parts.next()?, parts.next()?, parts.next()?);
        Some((hash, coding::number(n)?, coding::number(r)?, coding::number(p)?))
    };
    let (hash, n, r, p) = read().ok_or_else(|| source.parts())?;
    Ok(parts::scrypt(n, r, p, source.field("salt")?, &hash)?.spelled(TextForm::Nfc))
}

/// One iteration.
fn legacy(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let hash = coding::hex(source.text()?).filter(|hash| hash.len() == 32).ok_or_else(|| source.parts())?;
    parts::pbkdf2(Algorithm::Sha1, 1, source.field("salt")?, &hash)
}

//! better-auth 1.7.25, lucia 3.2.2 and 1, oslo 1.2.1. Run.
//!
//! `<salt>:<hex>` of scrypt with N = 16384 and p = 1: the costs stand nowhere, and `N`, `r` and `p` beside the hash
//! change them. Salts are used as text, passwords are put into NFKC.

use super::parts;
use crate::coding;
use crate::format::Format;
use crate::recipe::{Recipe, TextForm};
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code("better-auth-scrypt", "better-auth", |source| scrypt(source, "", 16)),
    Format::code("lucia-scrypt-v3", "lucia 3", |source| scrypt(source, "", 16)),
    Format::code("oslo-scrypt", "oslo", |source| scrypt(source, "", 16)),
    Format::code("lucia-scrypt-v1", "lucia 1", |source| scrypt(source, "", 8)),
    Format::code("lucia-scrypt-s2", "lucia 2", |source| scrypt(source, "s2:", 16)),
];

fn scrypt(source: &Source<'_>, mark: &str, r: u32) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let (salt, hash) = text.strip_prefix(mark)?.split_once(':')?;
        coding::hex(salt).filter(|salt| salt.len() >= 8)?;
        Some((salt, coding::hex(hash).filter(|hash| hash.len() == 64)?))
    };
    let (salt, hash) = read().ok_or_else(|| source.parts())?;
    let (n, r, p) = (source.number("N", 16384)?, source.number("r", r)?, source.number("p", 1)?);
    Ok(parts::scrypt(n.into(), r, p, salt, &hash)?.spelled(TextForm::Nfkc))
}

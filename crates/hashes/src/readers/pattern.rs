//! Formats that are data: where the parts stand, how they are written, and what computes.

use super::parts;
use crate::coding;
use crate::engines::{Algorithm, Around, Digest};
use crate::recipe::Recipe;
use crate::refusal::Refusal;
use crate::source::Source;

/// A format that needs no code of its own.
///
/// A template is the text with its parts in angle brackets, a part's coding behind a colon:
/// `$pbkdf2-sha256$<n>$<salt:ab64>$<hash:ab64>`. A part ends where the text between it and the next one begins.
pub(crate) struct Pattern {
    pub(crate) template: &'static str,
    pub(crate) how: How,
}

/// What computes.
#[derive(Clone, Copy)]
pub(crate) enum How {
    Pbkdf2(Algorithm),
    /// With N, r and p where the text has none.
    Scrypt(u64, u32, u32),
    /// The digest of the password.
    Plain(Algorithm),
    /// The digest of the salt and the password.
    SaltFirst(Algorithm),
    /// The digest of the password and the salt.
    SaltLast(Algorithm),
}

/// The parts of a text.
#[derive(Default)]
struct Parts {
    n: Option<u64>,
    r: Option<u32>,
    p: Option<u32>,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

impl Pattern {
    pub(crate) fn read(&self, source: &Source<'_>) -> Result<Recipe, Refusal> {
        let parts = Parts::of(self.template, source.text()?).ok_or_else(|| source.parts())?;
        let of_length = |algorithm: Algorithm| {
            let fits = parts.hash.len() == algorithm.length();
            fits.then_some(()).ok_or_else(|| source.bad("its digest has another length"))
        };
        match self.how {
            How::Pbkdf2(algorithm) => {
                let iterations = parts.n.ok_or_else(|| source.parts())?;
                parts::pbkdf2(algorithm, parts::clamped(iterations), parts.salt, &parts.hash)
            }
            How::Scrypt(n, r, p) => {
                let (n, r, p) = (parts.n.unwrap_or(n), parts.r.unwrap_or(r), parts.p.unwrap_or(p));
                parts::scrypt(n, r, p, parts.salt, &parts.hash)
            }
            How::Plain(algorithm) => {
                of_length(algorithm)?;
                Ok(Recipe::new([Digest::once(algorithm).into()], parts.hash))
            }
            How::SaltFirst(algorithm) => {
                of_length(algorithm)?;
                let salted = Around::before(parts.salt);
                Ok(Recipe::new([salted.into(), Digest::once(algorithm).into()], parts.hash))
            }
            How::SaltLast(algorithm) => {
                of_length(algorithm)?;
                let salted = Around::behind(parts.salt);
                Ok(Recipe::new([salted.into(), Digest::once(algorithm).into()], parts.hash))
            }
        }
    }
}

impl Parts {
    fn of(template: &str, text: &str) -> Option<Self> {
        let (mut template, mut text, mut parts) = (template, text, Self::default());
        while let Some((literal, rest)) = template.split_once('<') {
            text = text.strip_prefix(literal)?;
            let (name, rest) = rest.split_once('>')?;
            let next = rest.split('<').next().unwrap_or_default();
            let end = if next.is_empty() { text.len() } else { text.find(next)? };
            let (value, behind) = text.split_at_checked(end)?;
            parts.set(name, value)?;
            (template, text) = (rest, behind);
        }
        (text == template).then_some(parts)
    }

    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        let (name, written) = name.split_once(':').unwrap_or((name, "number"));
        match name {
            "n" if written == "hex" => self.n = Some(u64::from_str_radix(value, 16).ok()?),
            "n" => self.n = Some(coding::number(value)?),
            "ln" => self.n = Some(1_u64.checked_shl(coding::number(value)?)?),
            "r" => self.r = Some(coding::number(value)?),
            "p" => self.p = Some(coding::number(value)?),
            "salt" => self.salt = decoded(written, value)?,
            _ => self.hash = decoded(written, value)?,
        }
        Some(())
    }
}

fn decoded(written: &str, value: &str) -> Option<Vec<u8>> {
    match written {
        "hex" => coding::hex(value),
        "base64" => coding::base64(value),
        "ab64" => coding::ab64(value),
        "url64" => coding::base64_url(value),
        _ => Some(value.as_bytes().to_vec()),
    }
}

//! ASP.NET Identity, versions 2 and 3. Run: its npm ports 1.0.2 and 1.0.1; read at 31c080a1.

use super::parts;
use crate::coding;
use crate::engines::Algorithm;
use crate::format::Format;
use crate::recipe::Recipe;
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code("aspnet-identity-v3", "ASP.NET Core Identity", v3),
    Format::code("aspnet-identity-v2", "ASP.NET Identity 2", v2),
];

/// base64 of a one; the digest, the iterations and the length of the salt in four bytes each, the highest first; the
/// salt and the hash, of 16 bytes or more.
fn v3(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let bytes = coding::base64(source.text()?).ok_or_else(|| source.parts())?;
    let read = || {
        let rest = bytes.strip_prefix(&[1])?;
        let (digest, rest) = rest.split_first_chunk()?;
        let (iterations, rest) = rest.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let algorithm = match u32::from_be_bytes(*digest) {
            0 => Algorithm::Sha1,
            1 => Algorithm::Sha256,
            2 => Algorithm::Sha512,
            _ => return None,
        };
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (salt, hash) = rest.split_at_checked(length)?;
        let is_sound = salt.len() >= 16 && hash.len() >= 16;
        is_sound.then_some((algorithm, u32::from_be_bytes(*iterations), salt, hash))
    };
    let (algorithm, iterations, salt, hash) = read().ok_or_else(|| source.parts())?;
    parts::pbkdf2(algorithm, iterations, salt, hash)
}

/// base64 of a zero, 16 bytes of salt and 32 of the hash; 1000 iterations.
fn v2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let bytes =
        coding::base64(source.text()?).filter(|bytes| bytes.len() == 49).ok_or_else(|| source.parts())?;
    let read = || bytes.strip_prefix(&[0])?.split_at_checked(16);
    let (salt, hash) = read().ok_or_else(|| source.parts())?;
    parts::pbkdf2(Algorithm::Sha1, 1000, salt, hash)
}

//! Medusa 2.21: npm scrypt-kdf 4.0.0. Run. It is the head of a file of Colin Percival's scrypt utility.

use crate::coding;
use crate::engines::ScryptFile;
use crate::format::Format;
use crate::recipe::Recipe;
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[Format::code("medusa-scrypt-kdf", "Medusa, npm scrypt-kdf", scrypt)];

/// base64 of 96 bytes: `scrypt`, a zero, log N in one byte, r and p in four, 32 of salt, 16 of a checksum; and the MAC.
fn scrypt(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let bytes =
        coding::base64(source.text()?).filter(|bytes| bytes.len() == 96).ok_or_else(|| source.parts())?;
    let read = || {
        let rest = bytes.strip_prefix(b"scrypt\0")?;
        let (log_n, rest) = rest.split_first()?;
        let (r, rest) = rest.split_first_chunk::<4>()?;
        let (p, rest) = rest.split_first_chunk::<4>()?;
        let salt = rest.get(..32)?.to_vec();
        Some((*log_n, u32::from_be_bytes(*r), u32::from_be_bytes(*p), salt, bytes.split_at_checked(64)?))
    };
    let (log_n, r, p, salt, (head, hash)) = read().ok_or_else(|| source.parts())?;
    let file = ScryptFile::new(log_n, r, p, salt)?;
    if file.head() != head {
        return Err(source.bad("its checksum is wrong"));
    }
    Ok(Recipe::new([file.into()], hash))
}

//! Firebase Authentication, and its hashes in Supabase Auth. Run: npm firebase-scrypt 2.2.0; PyPI's recipe agrees.
//!
//! The hash is the project's signer key, encrypted with AES-256-CTR under a key that scrypt makes of the password.

use crate::coding;
use crate::engines::{AesCtr, Scrypt};
use crate::format::Format;
use crate::recipe::{Bytes, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

const KEY: &str = "SIGNER_KEY";
/// The length of a signer key and of a hash in bytes.
const LENGTH: usize = 64;

pub(super) const FORMATS: &[Format] = &[
    Format::code("firebase-scrypt", "Firebase Authentication", firebase)
        .with_fields(&["salt", "salt_separator"])
        .with_keys(&[KEY]),
    Format::code("supabase-fbscrypt", "Supabase Auth, from Firebase", supabase),
];

/// The project's `rounds` and `mem_cost` stand beside the hash; where they do not, they are 8 and 14.
fn firebase(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let hash =
        coding::base64(source.text()?).filter(|hash| hash.len() == LENGTH).ok_or_else(|| source.parts())?;
    let field =
        |field| coding::base64(source.field(field)?).ok_or(Refusal::Field { format: source.format, field });
    let salt = [field("salt")?, field("salt_separator")?].concat();
    let (rounds, memory) = (source.number("rounds", 8)?, source.number("mem_cost", 14)?);
    let scrypt = scrypt(memory, rounds, 1, salt)?;
    Ok(Recipe::new([scrypt.into(), AesCtr { plaintext: source.base64_key(KEY)? }.into()], hash))
}

fn scrypt(memory: u32, rounds: u32, p: u32, salt: Vec<u8>) -> Result<Scrypt, Refusal> {
    Scrypt::new(u8::try_from(memory).unwrap_or(u8::MAX), rounds, p, 32, salt)
}

/// `$fbscrypt$v=1,n=14,r=8,p=1,ss=<separator>,sk=<signer key>$<salt>$<hash>`.
///
/// The signer key stands in the text. The stream of AES-CTR is the hash with the key taken out of it (XOR), and that is
/// what is kept, so that no key is stored.
fn supabase(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let (costs, rest) = text.strip_prefix("$fbscrypt$v=1,")?.split_once('$')?;
        let (salt, hash) = rest.split_once('$')?;
        let cost = |name: &str| {
            costs
                .split(',')
                .find_map(|cost| cost.split_once('=').filter(|(found, _)| *found == name))
                .map(|(_, v)| v)
        };
        let salt = [coding::base64(salt)?, coding::base64(cost("ss")?)?].concat();
        let key = coding::base64(cost("sk")?).filter(|key| key.len() == LENGTH)?;
        let hash = coding::base64(hash).filter(|hash| hash.len() == LENGTH)?;
        let stream: Vec<u8> = hash.iter().zip(&key).map(|(hash, key)| hash ^ key).collect();
        let [n, r, p] = [cost("n")?, cost("r")?, cost("p")?].map(coding::number::<u32>);
        Some((n?, r?, p?, salt, stream))
    };
    let (n, r, p, salt, stream) = read().ok_or_else(|| source.parts())?;
    let kept = stream.get(..32).ok_or_else(|| source.parts())?;
    let zeros = AesCtr { plaintext: Bytes::from([0; 32].as_slice()) };
    Ok(Recipe::new([scrypt(n, r, p, salt)?.into(), zeros.into()], kept))
}

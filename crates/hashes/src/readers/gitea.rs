//! Gitea and Forgejo, read at 4e4f109e, with its own vectors of 2b995467; Grafana and Gogs, read in excerpts.

use super::parts;
use crate::coding;
use crate::engines::{Algorithm, Argon2, Variant};
use crate::format::Format;
use crate::recipe::{Bytes, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

const FIELDS: &[&str] = &["salt", "passwd_hash_algo"];

pub(super) const FORMATS: &[Format] = &[
    Format::code("gitea-pbkdf2", "Gitea, Forgejo", gitea).with_fields(FIELDS),
    Format::code("gitea-argon2", "Gitea, Forgejo", gitea).with_fields(FIELDS),
    Format::code("gitea-scrypt", "Gitea, Forgejo", gitea).with_fields(FIELDS),
    Format::code("grafana-gogs-pbkdf2", "Grafana, Gogs", grafana).with_fields(&["salt"]),
];

fn hash(source: &Source<'_>) -> Result<Vec<u8>, Refusal> {
    coding::hex(source.text()?).filter(|hash| hash.len() == 50).ok_or_else(|| source.parts())
}

/// 100 hex digits. The field `passwd_hash_algo` has the function and its costs, the last of which is the length.
fn gitea(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let bad = || Refusal::Field { format: source.format, field: "passwd_hash_algo" };
    let (function, costs) = match source.field("passwd_hash_algo")? {
        // What older versions leave empty.
        "" | "pbkdf2" => ("pbkdf2", vec![10_000, 50]),
        named => {
            let (function, costs) = named.split_once('$').ok_or_else(bad)?;
            let costs: Option<Vec<u32>> = costs.split('$').map(coding::number).collect();
            (function, costs.ok_or_else(bad)?)
        }
    };
    let (hash, salt) = (hash(source)?, salt(source)?);
    match (function, costs.as_slice()) {
        ("pbkdf2" | "pbkdf2_v2", [iterations, 50]) => {
            parts::pbkdf2(Algorithm::Sha256, *iterations, salt, &hash)
        }
        ("scrypt", [n, r, p, 50]) => parts::scrypt(u64::from(*n), *r, *p, salt, &hash),
        ("argon2", [passes, memory, lanes, 50]) => {
            let argon2 = Argon2 {
                variant: Variant::Id,
                version: 0x13,
                memory: *memory,
                passes: *passes,
                lanes: *lanes,
                length: 50,
                salt,
                secret: Bytes::default(),
                data: Vec::new(),
            };
            Ok(Recipe::new([argon2.checked()?.into()], hash))
        }
        _ => Err(bad()),
    }
}

/// Ten characters are a text, as older versions had it; any other salt is hex digits.
fn salt(source: &Source<'_>) -> Result<Vec<u8>, Refusal> {
    let salt = source.field("salt")?;
    let bytes = if salt.len() == 10 { Some(salt.as_bytes().to_vec()) } else { coding::hex(salt) };
    bytes.ok_or(Refusal::Field { format: source.format, field: "salt" })
}

/// 10,000 iterations; the salt is used as text.
fn grafana(source: &Source<'_>) -> Result<Recipe, Refusal> {
    parts::pbkdf2(Algorithm::Sha256, 10_000, source.field("salt")?, &hash(source)?)
}

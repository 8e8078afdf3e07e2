//! Keycloak's credentials. Read at 100039f6, 048da333 and 5ffdbd9b.
//!
//! An object with `secretData` and `credentialData`, each JSON in a text, as an export of a realm has it.

use serde_json::{Map, Value};

use super::parts;
use crate::coding;
use crate::engines::{Algorithm, Argon2, Variant};
use crate::format::Format;
use crate::recipe::{Bytes, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code("keycloak-pbkdf2", "Keycloak", |source| pbkdf2(source, "pbkdf2", Algorithm::Sha1)),
    Format::code("keycloak-pbkdf2-sha256", "Keycloak", |source| {
        pbkdf2(source, "pbkdf2-sha256", Algorithm::Sha256)
    }),
    Format::code("keycloak-pbkdf2-sha512", "Keycloak", |source| {
        pbkdf2(source, "pbkdf2-sha512", Algorithm::Sha512)
    }),
    Format::code("keycloak-argon2", "Keycloak 24", argon2),
];

/// What the two texts have.
struct Credential {
    hash: Vec<u8>,
    salt: Vec<u8>,
    iterations: u32,
    data: Map<String, Value>,
}

impl Credential {
    fn of(source: &Source<'_>, algorithm: &str) -> Result<Self, Refusal> {
        let object = source.object()?;
        let part = |name: &str| match object.get(name)? {
            Value::String(text) => serde_json::from_str(text).ok(),
            Value::Object(object) => Some(object.clone()),
            _ => None,
        };
        let read = || {
            let (secret, data): (Map<String, Value>, _) = (part("secretData")?, part("credentialData")?);
            let bytes = |name: &str| coding::base64(secret.get(name)?.as_str()?);
            let iterations = parts::clamped(data.get("hashIterations")?.as_u64()?);
            let is_named = data.get("algorithm")?.as_str()? == algorithm;
            is_named.then_some(Self { hash: bytes("value")?, salt: bytes("salt")?, iterations, data })
        };
        read().ok_or_else(|| source.parts())
    }

    /// A further parameter: a list of one text.
    fn parameter(&self, name: &str) -> Option<&str> {
        self.data.get("additionalParameters")?.get(name)?.get(0)?.as_str()
    }
}

/// The length of the key is that of the hash.
fn pbkdf2(source: &Source<'_>, name: &str, algorithm: Algorithm) -> Result<Recipe, Refusal> {
    let credential = Credential::of(source, name)?;
    parts::pbkdf2(algorithm, credential.iterations, credential.salt, &credential.hash)
}

fn argon2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let credential = Credential::of(source, "argon2")?;
    let number = |name: &str| coding::number(credential.parameter(name)?);
    let read = || {
        let version = match credential.parameter("version").unwrap_or("1.3") {
            "1.0" => 0x10,
            "1.3" => 0x13,
            _ => return None,
        };
        Some(Argon2 {
            variant: Variant::by_name(credential.parameter("type").unwrap_or("id"))?,
            version,
            memory: number("memory")?,
            passes: credential.iterations,
            lanes: number("parallelism")?,
            length: credential.hash.len(),
            salt: credential.salt.clone(),
            secret: Bytes::default(),
            data: Vec::new(),
        })
    };
    let argon2 = read().ok_or_else(|| source.parts())?.checked()?;
    Ok(Recipe::new([argon2.into()], credential.hash))
}

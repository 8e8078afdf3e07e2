//! One vector.

use serde_json::{Map, Value};
use vestibule_hashes::{ForeignHash, HashInput, ImportKeys, Refusal, read};

const VECTORS: &str = include_str!("vectors.jsonl");

/// The fields of a vector that an operator sets as keys, and the names of those keys.
const SECRETS: [(&str, &str); 6] = [
    ("secret_utf8", "SECRET"),
    ("secret", "SECRET"),
    ("pepper", "PEPPER"),
    ("signer_key", "SIGNER_KEY"),
    ("security_password_salt", "SECURITY_PASSWORD_SALT"),
    ("key", "HMAC_KEY"),
];

/// Their cheap vectors were made with 1000 iterations, which stand nowhere in them.
const UNTOLD: [&str; 3] = ["spring-pbkdf2-v5_8", "spring-pbkdf2-secret", "passport-local-mongoose"];

pub(crate) struct Vector {
    pub(crate) line: usize,
    pub(crate) format: String,
    pub(crate) password: String,
    pub(crate) matches: bool,
    hash: Value,
    extra: Map<String, Value>,
    pub(crate) keys: ImportKeys,
}

pub(crate) fn vectors() -> impl Iterator<Item = Vector> {
    VECTORS.lines().enumerate().map(|(index, line)| {
        let value: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| value[name].as_str().unwrap().to_owned();
        let mut extra = value["extra"].as_object().unwrap().clone();
        let mut keys = ImportKeys::default();
        for (field, key) in SECRETS {
            if let Some(secret) = extra.remove(field) {
                assert!(keys.insert(key, secret.as_str().unwrap()));
            }
        }
        let format = text("format");
        if UNTOLD.contains(&format.as_str()) && value["cost"] == "low" {
            extra.insert("iterations".to_owned(), 1000.into());
        }
        let matches = value["matches"].as_bool().unwrap();
        Vector {
            line: index + 1,
            format,
            password: text("password"),
            matches,
            hash: value["hash"].clone(),
            extra,
            keys,
        }
    })
}

impl Vector {
    pub(crate) fn input(&self) -> HashInput<'_> {
        match &self.hash {
            Value::String(text) => text.as_str().into(),
            other => other.as_object().unwrap().into(),
        }
    }

    pub(crate) fn read(&self, format: Option<&str>) -> Result<ForeignHash, Refusal> {
        read(format, self.input(), &self.extra, &self.keys)
    }
}

/// A salt of four bytes, which Argon2 does not have (RFC 9106 §3.1 asks for eight). Gitea itself makes longer ones; the
/// vector is of its tests alone.
const SALT_TOO_SHORT: usize = 285;

/// Every vector of a format: read, stored and read again, and under bcrypt.
pub(crate) fn check(format: &str) {
    let mut count = 0;
    for vector in vectors().filter(|vector| vector.format == format) {
        let named = format!("{format}, line {} of vectors.jsonl", vector.line);
        if vector.line == SALT_TOO_SHORT {
            assert!(matches!(vector.read(Some(format)), Err(Refusal::Impossible(_))), "{named}");
            continue;
        }
        let foreign = vector.read(Some(format)).unwrap_or_else(|refusal| panic!("{named}: {refusal}"));
        let stored = stored(&foreign, &named);
        assert_eq!(stored.verify(&vector.password, &vector.keys), vector.matches, "{named}");
        let wrapped = self::stored(&foreign.wrap(4, [7; 16]).unwrap(), &named);
        assert_eq!(wrapped.verify(&vector.password, &vector.keys), vector.matches, "{named}, wrapped");
        assert!(!wrapped.verify("another password", &vector.keys), "{named}, wrapped");
        assert_eq!(wrapped.format(), format);
        count += 1;
    }
    assert!(count > 0, "{format} has no vector");
}

fn stored(foreign: &ForeignHash, named: &str) -> ForeignHash {
    let text = foreign.to_text();
    assert!(text.is_ascii() && text.len() <= 255, "{named}: {} characters", text.len());
    let again = ForeignHash::from_text(&text).unwrap_or_else(|refusal| panic!("{named}: {refusal}: {text}"));
    assert!(again == *foreign, "{named}: {text}");
    again
}

//! The password of an account that moves in.

use serde_json::{Map, Value};
use vestibule_domain::accounts::PasswordHash;
use vestibule_domain::accounts::import::{ImportKey, ImportedPassword};
use vestibule_hashes::{ForeignHash, HashInput, ImportKeys, Refusal, Strength};

use super::fields::Fields;
use super::row_fault::RowFault;
use crate::bootstrap::import_keys::PREFIX;

/// Reads hashes.
#[derive(Debug, Clone)]
pub struct Passwords {
    /// The cost of bcrypt with which this server hashes.
    bcrypt_cost: u32,
    /// The keys of the system that the hashes come from.
    keys: ImportKeys,
}

const FIELD: &str = "password_hash";
const FORMAT: &str = "hash_format";
const EXTRA: &str = "hash_extra";
/// The format of our own hashes.
const OURS: &str = "vestibule";

impl Passwords {
    /// For a server that hashes with this cost of bcrypt.
    pub fn beside(bcrypt_cost: u32, keys: ImportKeys) -> Self {
        Self { bcrypt_cost, keys }
    }

    /// The cost of bcrypt with which this server hashes.
    pub(super) fn bcrypt_cost(&self) -> u32 {
        self.bcrypt_cost
    }

    /// The keys of the system that the hashes come from.
    pub(super) fn keys(&self) -> Vec<ImportKey> {
        let key = |(name, value): (&str, &str)| ImportKey { name: name.to_owned(), value: value.to_owned() };
        self.keys.all().map(key).collect()
    }

    pub(super) fn read(&self, fields: &mut Fields) -> Result<ImportedPassword, RowFault> {
        let format = fields.parsed(FORMAT, |format| Ok::<_, RowFault>(format.trim().to_owned()))?;
        let extra = match fields.value(EXTRA) {
            None => Map::new(),
            Some(Value::Object(extra)) => extra,
            Some(_) => return Err(fields.fault(EXTRA, "this is not an object")),
        };
        match fields.value(FIELD) {
            None => Ok(ImportedPassword::Unset),
            Some(Value::String(text)) if text.is_empty() => Ok(ImportedPassword::Unset),
            Some(Value::String(text)) if format.as_deref().is_none_or(|format| format == OURS) => {
                self.ours(&text, fields).unwrap_or_else(|| {
                    let format = format.filter(|format| format != OURS);
                    self.foreign(format.as_deref(), HashInput::Text(&text), &extra, fields)
                })
            }
            Some(Value::String(text)) => {
                self.foreign(format.as_deref(), HashInput::Text(&text), &extra, fields)
            }
            Some(Value::Object(object)) => {
                self.foreign(format.as_deref(), HashInput::Object(&object), &extra, fields)
            }
            Some(_) => Err(fields.fault(FIELD, "this is neither a text nor an object")),
        }
    }

    /// Reads what an account of ours may have. `None` if it is none.
    fn ours(&self, text: &str, fields: &Fields) -> Option<Result<ImportedPassword, RowFault>> {
        if ForeignHash::is_text(text) {
            let read = ForeignHash::from_import(text, &self.keys);
            return Some(self.imported(read, fields));
        }
        let cost = bcrypt_cost(text)?;
        // As the hasher has it.
        let most = (self.bcrypt_cost + 4).min(16);
        if !(4..=most).contains(&cost) {
            let rule = format!("a bcrypt cost of {cost} is not accepted; it has to be from 4 to {most}");
            return Some(Err(fields.fault(FIELD, rule)));
        }
        Some(Ok(ImportedPassword::Hash(PasswordHash::new(text))))
    }

    fn foreign(
        &self,
        format: Option<&str>,
        hash: HashInput<'_>,
        extra: &Map<String, Value>,
        fields: &Fields,
    ) -> Result<ImportedPassword, RowFault> {
        self.imported(vestibule_hashes::read(format, hash, extra, &self.keys), fields)
    }

    /// A weak hash is wrapped before it is stored, unless it is of the empty password. Of a strong one that is not
    /// known: to know it costs as much as a login.
    fn imported(
        &self,
        read: Result<ForeignHash, Refusal>,
        fields: &Fields,
    ) -> Result<ImportedPassword, RowFault> {
        let foreign = read.map_err(|refusal| match &refusal {
            Refusal::KeyMissing(key) => {
                fields.fault(FIELD, format!("{refusal}; the variable {PREFIX}{key} gives it to the import"))
            }
            _ => fields.fault(FIELD, refusal),
        })?;
        let text = PasswordHash::new(foreign.to_text());
        Ok(match foreign.strength() {
            Strength::Keep => ImportedPassword::Hash(text),
            Strength::Weak if foreign.is_of_nothing(&self.keys) => ImportedPassword::Empty,
            Strength::Weak => ImportedPassword::Weak(text),
        })
    }
}

/// The cost of a hash of ours or of another bcrypt.
fn bcrypt_cost(text: &str) -> Option<u32> {
    let bcrypt = text.strip_prefix("{sha256}").unwrap_or(text);
    let rest = ["$2b$", "$2a$", "$2y$"].iter().find_map(|spelling| bcrypt.strip_prefix(spelling))?;
    let (cost, rest) = rest.split_once('$')?;
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/');
    let is_whole = rest.len() == 53 && rest.bytes().all(is_base64) && cost.len() == 2;
    is_whole.then(|| cost.parse().ok()).flatten()
}

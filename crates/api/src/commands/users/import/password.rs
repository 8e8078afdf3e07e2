//! The password of an account that moves in.

use vestibule_domain::accounts::PasswordHash;
use vestibule_domain::accounts::import::ImportedPassword;

use super::fields::Fields;
use super::row_fault::RowFault;

/// Reads hashes.
#[derive(Debug, Clone)]
pub struct Passwords {
    /// The greatest cost of bcrypt that a login compares with.
    pub most_cost: u32,
}

const FIELD: &str = "password_hash";

impl Passwords {
    /// For a server that hashes with this cost of bcrypt.
    pub fn beside(bcrypt_cost: u32) -> Self {
        // As the hasher has it.
        Self { most_cost: (bcrypt_cost + 4).min(16) }
    }

    pub(super) fn read(&self, fields: &mut Fields) -> Result<ImportedPassword, RowFault> {
        let text = fields.text(FIELD)?.filter(|text| !text.is_empty());
        let Some(text) = text else { return Ok(ImportedPassword::Unset) };
        let cost = bcrypt_cost(&text)
            .ok_or_else(|| fields.fault(FIELD, "this is not a hash that can be compared with"))?;
        if !(4..=self.most_cost).contains(&cost) {
            let rule = format!("a cost of {cost} is out of reach: it has to be from 4 to {}", self.most_cost);
            return Err(fields.fault(FIELD, rule));
        }
        Ok(ImportedPassword::Hash(PasswordHash::new(text)))
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

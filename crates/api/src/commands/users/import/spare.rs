//! Identifiers that an account can do without.

use std::collections::BTreeSet;

use serde_json::Value;
use vestibule_domain::accounts::import::{Identifier, Identity, ImportedAccount};

use super::fields::Fields;
use super::row_fault::RowFault;

/// The identifiers that nobody logs in with in the system that an account comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spare(BTreeSet<Identifier>);

impl Spare {
    /// Reads the list of a row.
    pub(super) fn read(fields: &mut Fields) -> Result<Self, RowFault> {
        let names = match fields.value("spare") {
            None => return Ok(Self::default()),
            Some(Value::Array(names)) => names,
            Some(_) => return Err(fields.fault("spare", Self::RULE)),
        };
        let identifier = |name: &Value| match name.as_str() {
            Some("email") => Ok(Identifier::Email),
            Some("username") => Ok(Identifier::Username),
            Some("mobile") => Ok(Identifier::Mobile),
            _ => Err(fields.fault("spare", Self::RULE)),
        };
        names.iter().map(identifier).collect::<Result<_, _>>().map(Self)
    }

    const RULE: &str = "it is a list of email, username and mobile";

    /// Those that an account has and can do without, because another one is left to log in with.
    pub(super) fn of(mut self, account: &ImportedAccount) -> Self {
        let has: BTreeSet<Identifier> = Identity::of(account).map(|identity| identity.kind).collect();
        let is_firm = |kind: &Identifier| *kind != Identifier::Uuid && !self.0.contains(kind);
        if has.iter().any(is_firm) {
            self.0.retain(|kind| has.contains(kind));
        } else {
            self.0.clear();
        }
        self
    }

    pub(super) fn has(&self, identifier: Identifier) -> bool {
        self.0.contains(&identifier)
    }
}

/// Takes an identifier from an account.
pub(super) fn take(account: &mut ImportedAccount, identifier: Identifier) {
    match identifier {
        Identifier::Uuid => account.uuid = None,
        Identifier::Email => (account.email, account.email_verified_at) = (None, None),
        Identifier::Username => account.username = None,
        Identifier::Mobile => account.mobile = None,
    }
}

//! Whether accounts that move in are there already.

use std::collections::HashMap;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::accounts::import::{Holder, Identifier, Identity, ImportedAccount};

/// Whether an account that moves in is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// None of its identifiers is taken.
    New,
    /// One account has all of its identifiers.
    Here,
    /// Others have some of its identifiers.
    Taken(Collision),
}

/// Who has the identifier of an account that moves in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collision {
    /// An account that exists.
    WithAccount {
        /// Its id.
        account: AccountId,
        /// The first identifier that it has.
        identifier: Identifier,
    },
    /// An account further up in the same batch.
    WithEarlier {
        /// Its place in the batch, counted from 0.
        place: usize,
        /// The first identifier that it has.
        identifier: Identifier,
    },
}

/// Judges a batch by who has its identifiers.
pub(super) fn judge(batch: &[ImportedAccount], holders: &[Holder]) -> Vec<Presence> {
    let mut taken: HashMap<Identity, AccountId> = HashMap::with_capacity(holders.len());
    for Holder { id, uuid, email, username, mobile } in holders {
        let all = Identity::all(Some(*uuid), email.as_ref(), username.as_ref(), mobile.as_ref());
        taken.extend(all.map(|identity| (identity, *id)));
    }
    let mut earlier: HashMap<Identity, usize> = HashMap::new();
    let mut judged = Vec::with_capacity(batch.len());
    for (place, account) in batch.iter().enumerate() {
        let identities: Vec<Identity> = Identity::of(account).collect();
        let presence = among_accounts(&identities, &taken)
            .or_else(|| among_earlier(&identities, &earlier))
            .unwrap_or(Presence::New);
        if presence == Presence::New {
            earlier.extend(identities.into_iter().map(|identity| (identity, place)));
        }
        judged.push(presence);
    }
    judged
}

fn among_accounts(identities: &[Identity], taken: &HashMap<Identity, AccountId>) -> Option<Presence> {
    let mut held = identities.iter().map(|identity| (identity.kind, taken.get(identity)));
    let (identifier, account) = held.clone().find_map(|(kind, id)| Some((kind, *id?)))?;
    if held.all(|(_, id)| id == Some(&account)) {
        return Some(Presence::Here);
    }
    Some(Presence::Taken(Collision::WithAccount { account, identifier }))
}

fn among_earlier(identities: &[Identity], earlier: &HashMap<Identity, usize>) -> Option<Presence> {
    identities.iter().find_map(|identity| {
        let place = *earlier.get(identity)?;
        Some(Presence::Taken(Collision::WithEarlier { place, identifier: identity.kind }))
    })
}

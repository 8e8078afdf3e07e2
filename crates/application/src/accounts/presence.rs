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

/// What was found of an account that moves in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Whether it is there already, without those identifiers.
    pub presence: Presence,
    /// The identifiers that it can do without and that other accounts have.
    pub without: Vec<(Identifier, Collision)>,
}

/// Judges a batch by who has its identifiers. `is_spare` tells of the account at a place whether it can do without an
/// identifier.
pub(super) fn judge(
    batch: &[ImportedAccount],
    holders: &[Holder],
    is_spare: impl Fn(usize, Identifier) -> bool,
) -> Vec<Judged> {
    let mut taken: HashMap<Identity, &Holder> = HashMap::with_capacity(holders.len());
    for holder in holders {
        taken.extend(identities_of(holder).map(|identity| (identity, holder)));
    }
    let mut earlier: HashMap<Identity, usize> = HashMap::new();
    let mut judged = Vec::with_capacity(batch.len());
    for (place, account) in batch.iter().enumerate() {
        let identities: Vec<Identity> = Identity::of(account).collect();
        let one = among_accounts(identities, &taken, |kind| is_spare(place, kind));
        let presence = one.presence.or_else(|| among_earlier(&one.left, &earlier)).unwrap_or(Presence::New);
        if presence == Presence::New {
            earlier.extend(one.left.into_iter().map(|identity| (identity, place)));
        }
        judged.push(Judged { presence, without: one.without });
    }
    judged
}

fn identities_of(holder: &Holder) -> impl Iterator<Item = Identity> {
    let Holder { uuid, email, username, mobile, .. } = holder;
    Identity::all(Some(*uuid), email.as_ref(), username.as_ref(), mobile.as_ref())
}

/// An account that moves in beside those that exist.
struct AmongAccounts {
    /// `None` if no account has an identifier that is left.
    presence: Option<Presence>,
    /// Its identifiers less those that it comes without.
    left: Vec<Identity>,
    without: Vec<(Identifier, Collision)>,
}

fn among_accounts(
    mut identities: Vec<Identity>,
    taken: &HashMap<Identity, &Holder>,
    is_spare: impl Fn(Identifier) -> bool,
) -> AmongAccounts {
    let whole = presence_of(&identities, taken);
    if !matches!(whole, Some(Presence::Taken(_))) {
        return AmongAccounts { presence: whole, left: identities, without: Vec::new() };
    }
    // The account that has what it cannot do without may have some of the rest, too.
    let own = identities.iter().filter(|identity| !is_spare(identity.kind)).find_map(|firm| taken.get(firm));
    let own = own.map(|holder| holder.id);
    let mut without = Vec::new();
    let left: Vec<Identity> = identities
        .extract_if(.., |identity| {
            let is_taken = |holder: &&&Holder| is_spare(identity.kind) && Some(holder.id) != own;
            let holder = taken.get(identity).filter(is_taken);
            if let Some(holder) = holder {
                let collision = Collision::WithAccount { account: holder.id, identifier: identity.kind };
                without.push((identity.kind, collision));
            }
            holder.is_none()
        })
        .collect();
    let stripped = identities;
    match presence_of(&left, taken) {
        None => AmongAccounts { presence: None, left, without },
        // An earlier import added it without them. An account that has others in their place is somebody else's.
        Some(Presence::Here) if came_without(&left, &stripped, taken) => {
            AmongAccounts { presence: Some(Presence::Here), left, without }
        }
        Some(_) => AmongAccounts { presence: whole, left, without: Vec::new() },
    }
}

/// Whether the account that has what is left has none of the kinds that were taken away.
fn came_without(left: &[Identity], stripped: &[Identity], taken: &HashMap<Identity, &Holder>) -> bool {
    let holder = left.iter().find_map(|identity| taken.get(identity));
    holder.is_some_and(|holder| {
        identities_of(holder).all(|has| stripped.iter().all(|identity| identity.kind != has.kind))
    })
}

/// `None` if no account has any of them.
fn presence_of(identities: &[Identity], taken: &HashMap<Identity, &Holder>) -> Option<Presence> {
    let mut held =
        identities.iter().map(|identity| (identity.kind, taken.get(identity).map(|holder| holder.id)));
    let (identifier, account) = held.clone().find_map(|(kind, id)| Some((kind, id?)))?;
    if held.all(|(_, id)| id == Some(account)) {
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

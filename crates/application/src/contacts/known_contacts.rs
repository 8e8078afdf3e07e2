//! What an import knows of an address book.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{ContactFacts, ContactId};
use vestibule_domain::store::{Repositories, StoreError};

/// How many contacts are read at a time.
const PART: u64 = 500;

/// A digest of what is known of a person, which takes far less memory than the texts.
type Mark = [u64; 2];

/// How many contacts of an address book have the same facts, less those that an import met already. An address book may
/// have a person twice, and so may a file: two of a file are two that are here, or one more is added.
pub struct KnownContacts {
    hashers: [RandomState; 2],
    left: HashMap<Mark, u64>,
    /// The last contact that was read.
    reached: ContactId,
}

impl KnownContacts {
    /// Nothing is known yet.
    pub(super) fn new() -> Self {
        Self {
            hashers: [RandomState::new(), RandomState::new()],
            left: HashMap::new(),
            reached: ContactId(i64::MIN),
        }
    }

    fn mark(&self, facts: &ContactFacts) -> Mark {
        [0, 1].map(|which: usize| self.hashers.get(which).map_or(0, |hasher| hasher.hash_one(facts)))
    }
}

/// What a unit of work learns of an address book and does to it. It counts once the unit is committed.
pub(super) struct Learnt<'k> {
    known: &'k KnownContacts,
    left: HashMap<Mark, u64>,
    reached: ContactId,
}

impl<'k> Learnt<'k> {
    pub(super) fn beside(known: &'k KnownContacts) -> Self {
        Self { known, left: HashMap::new(), reached: known.reached }
    }

    fn left(&mut self, mark: Mark) -> &mut u64 {
        let before = self.known.left.get(&mark).copied().unwrap_or_default();
        self.left.entry(mark).or_insert(before)
    }

    /// Reads the contacts that were added since.
    pub(super) async fn catch_up(
        &mut self,
        repositories: &mut dyn Repositories,
        account: AccountId,
    ) -> Result<(), StoreError> {
        loop {
            let part = repositories.contacts().after(account, self.reached, PART).await?;
            for contact in &part {
                *self.left(self.known.mark(&contact.facts)) += 1;
                self.reached = contact.id;
            }
            if (part.len() as u64) < PART {
                return Ok(());
            }
        }
    }

    /// Whether a contact with these facts is here that was not met yet. It is met by this call.
    pub(super) fn meets(&mut self, facts: &ContactFacts) -> bool {
        let left = self.left(self.known.mark(facts));
        let is_here = *left > 0;
        *left = left.saturating_sub(1);
        is_here
    }

    /// What is different from before.
    pub(super) fn into_changes(self) -> Changes {
        Changes { left: self.left, reached: self.reached }
    }
}

/// What a committed unit of work changed.
pub(super) struct Changes {
    left: HashMap<Mark, u64>,
    reached: ContactId,
}

impl KnownContacts {
    pub(super) fn take_over(&mut self, changes: Changes) {
        self.left.extend(changes.left);
        self.left.retain(|_, left| *left > 0);
        self.reached = changes.reached;
    }
}

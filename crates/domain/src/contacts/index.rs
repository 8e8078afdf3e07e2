//! What contacts are searched by.

use async_trait::async_trait;
use time::OffsetDateTime;

use crate::store::StoreError;

/// How far the index got by one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebuilt {
    /// Contacts that were gone through.
    pub contacts: u64,
    /// Whether the index is whole.
    pub is_whole: bool,
}

/// The index by which parts of names and addresses are found. It is made of the contacts alone: each
/// change of a contact keeps it, and whoever lost it makes it anew.
///
/// It is told no owner, and tells nothing of a contact.
#[async_trait]
pub trait ContactIndex: Send {
    /// Goes through the next contacts, `limit` at the most, and writes what they are searched by, unless the
    /// index is whole. MUST go on where the last call ended, whichever process made that, and MUST be safe
    /// beside others that call it and beside changes of contacts.
    async fn rebuild_next(&mut self, limit: u64, now: OffsetDateTime) -> Result<Rebuilt, StoreError>;

    /// Lets [`ContactIndex::rebuild_next`] begin with the first contact. What is there stays and serves.
    async fn begin_anew(&mut self) -> Result<(), StoreError>;
}

//! The index behind the search in address books.

use async_trait::async_trait;
use time::OffsetDateTime;

use crate::store::StoreError;

/// The progress that one call of [`ContactIndex::rebuild_next`] made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebuilt {
    /// How many contacts the call went through.
    pub contacts: u64,
    /// Whether the index now covers every contact.
    pub is_whole: bool,
}

/// The index by which parts of names and addresses are found. It is derived from the contacts alone. A change of a
/// contact updates its entries. Those of a new contact may be written later: until then a search MUST find it without them.
/// An index that was lost can be rebuilt.
///
/// This port works on all address books at once, so its methods take no owner and answer nothing about a contact.
#[async_trait]
pub trait ContactIndex: Send {
    /// Folds the texts of up to `limit` more contacts anew, where another release folded them in another way, and writes
    /// their index entries, unless the index is whole already. MUST continue
    /// where the last call ended, whichever process made that call. MUST be safe beside other calls and beside
    /// changes of contacts.
    async fn rebuild_next(&mut self, limit: u64, now: OffsetDateTime) -> Result<Rebuilt, StoreError>;

    /// Makes the next [`ContactIndex::rebuild_next`] start at the first contact. Existing entries stay, and searches
    /// go on using them. Contacts that wait for their entries MUST have them before; if one cannot be read, that is an
    /// error, and nothing begins anew.
    async fn begin_anew(&mut self) -> Result<(), StoreError>;
}

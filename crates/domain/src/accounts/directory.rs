//! The list of all accounts, and looking into it.

use async_trait::async_trait;

use super::{AccountUuid, DirectoryEntry};
use crate::page::PageRequest;
use crate::spelling::fold;
use crate::store::StoreError;

/// So many hits of a search are counted, and no more: what it costs to count them grows with their number.
pub const COUNTED_HITS: u64 = 10_000;

/// A part of a user name, in any letter case and Unicode form. Every character stands for itself (admin contract, decision 10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePart(String);

impl NamePart {
    /// Reads a part; `None` if it is empty, which every name contains, and an account without a name too.
    pub fn new(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(fold(text)))
    }

    /// The part as it is looked for in what [`Username::searched`](super::Username::searched) gives.
    pub fn folded(&self) -> &str {
        &self.0
    }
}

/// A part of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryPage {
    /// The accounts, oldest first.
    pub accounts: Vec<DirectoryEntry>,
    /// How many accounts the whole list has. Of a search with more than [`COUNTED_HITS`] hits this is a lower
    /// bound, which is greater than the number of accounts up to the end of the page exactly if more follow.
    pub total: u64,
}

/// The accounts that are not in the trash, whether they are active or not.
#[async_trait]
pub trait AccountDirectory: Send {
    /// A page of the accounts, or of those whose user name contains the part: in order of creation, and of ids
    /// where that is the same. A page past the end is empty.
    ///
    /// MUST NOT take longer the more accounts there are, other than by a logarithm: `total` is not counted anew.
    async fn page(&mut self, part: Option<&NamePart>, page: PageRequest)
    -> Result<DirectoryPage, StoreError>;

    /// One account, in the trash too.
    async fn view(&mut self, uuid: AccountUuid) -> Result<Option<DirectoryEntry>, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_part_is_none() {
        assert_eq!(NamePart::new(""), None);
        assert_eq!(NamePart::new("ΑΣ").unwrap().folded(), NamePart::new("ας").unwrap().folded());
    }
}

//! The list of all accounts, and looking into it.

use async_trait::async_trait;
use unicode_normalization::UnicodeNormalization as _;

use super::{
    AccountId, AccountUuid, DirectoryEntry, DirectoryFilter, DirectoryOrder, DirectoryPlace, EmailAddress,
};
use crate::page::{PageRequest, Part, Reach};
use crate::spelling::fold;
use crate::store::StoreError;

/// So many hits of a search are counted, and no more: what it costs to count them grows with their number.
pub const COUNTED_HITS: u64 = 10_000;

/// A part of a user name, in any letter case and Unicode form. Every character stands for itself (admin contract,
/// decision 10).
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

/// The beginning of addresses. Letter case does not matter, and every character stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressBeginning(String);

impl AddressBeginning {
    /// Reads a beginning; `None` if it is empty, which every address has.
    pub fn new(text: &str) -> Option<Self> {
        let text = as_in_addresses(text);
        (!text.is_empty()).then_some(Self(text))
    }

    /// The beginning in the form of [`EmailAddress`].
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What no address with this beginning comes after, by code points.
    pub fn end(&self) -> String {
        format!("{}{}", self.0, char::MAX)
    }
}

/// A part of addresses. Letter case does not matter, and every character stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressPart(String);

impl AddressPart {
    /// Reads a part; `None` if it is empty, which every address has.
    pub fn new(text: &str) -> Option<Self> {
        let text = as_in_addresses(text);
        (!text.is_empty()).then_some(Self(text))
    }

    /// The part in the form of [`EmailAddress`].
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn as_in_addresses(text: &str) -> String {
    text.to_lowercase().nfc().collect()
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

    /// Accounts for which a filter holds, in an order, after a place or from the beginning on. A place of another kind
    /// of order is the beginning. An order by name or by address has only the accounts that have one.
    ///
    /// Fewer than `reach` allows do not mean the end of the list: that is where no next place comes along. Every
    /// account up to that place for which the filter holds is among those that came.
    ///
    /// MUST NOT look at more entries of the list than twice what `reach` allows, however many there are.
    async fn browse(
        &mut self,
        filter: DirectoryFilter,
        order: DirectoryOrder,
        after: Option<DirectoryPlace>,
        reach: Reach,
    ) -> Result<Part<DirectoryEntry, DirectoryPlace>, StoreError>;

    /// Accounts, in the trash too, whose address has the part and does not begin with it: in the order of the addresses
    /// by code points, after one of them or from the first on. What [`browse`](Self::browse) says of the end holds here
    /// too.
    ///
    /// MUST NOT look at more addresses than twice what `reach` allows, however many there are, and at them in an index.
    async fn with_address_part(
        &mut self,
        part: &AddressPart,
        after: Option<&EmailAddress>,
        reach: Reach,
    ) -> Result<Part<DirectoryEntry, EmailAddress>, StoreError>;

    /// `limit` accounts, in the trash too, whose address begins so: in the order of the addresses by code points, after
    /// one of them or from the first on. Fewer only at the end of the list.
    ///
    /// MUST read no more accounts than it answers, however many there are.
    async fn with_address(
        &mut self,
        beginning: &AddressBeginning,
        after: Option<&EmailAddress>,
        limit: u64,
    ) -> Result<Vec<DirectoryEntry>, StoreError>;

    /// One account, in the trash too.
    async fn view(&mut self, uuid: AccountUuid) -> Result<Option<DirectoryEntry>, StoreError>;

    /// One account, in the trash too, by the id of the store.
    async fn view_by_id(&mut self, id: AccountId) -> Result<Option<DirectoryEntry>, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_has_the_form_of_addresses() {
        assert_eq!(AddressBeginning::new(""), None);
        assert_eq!(AddressBeginning::new("Ada@EX").unwrap().as_str(), "ada@ex");
        assert_eq!(AddressBeginning::new("E\u{301}va").unwrap().as_str(), "éva");
    }

    #[test]
    fn an_empty_part_is_none() {
        assert_eq!(NamePart::new(""), None);
        assert_eq!(AddressPart::new(""), None);
        assert_eq!(AddressPart::new("@EX").unwrap().as_str(), "@ex");
        assert_eq!(NamePart::new("ΑΣ").unwrap().folded(), NamePart::new("ας").unwrap().folded());
    }
}

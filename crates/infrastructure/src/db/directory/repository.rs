//! The repository.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use vestibule_domain::accounts::{
    AccountDirectory, AccountId, AccountUuid, AddressBeginning, AddressPart, DirectoryEntry, DirectoryFilter,
    DirectoryOrder, DirectoryPage, DirectoryPlace, EmailAddress, NamePart,
};
use vestibule_domain::page::{PageRequest, Part, Reach};
use vestibule_domain::store::StoreError;

use super::super::errors::store_error;
use super::super::expiry::at_most;
use super::super::pool::Statements;
use super::super::scope::{Handle, SeaScope};
use super::{counts, lists, search, views};

#[async_trait]
impl<H: Handle> AccountDirectory for SeaScope<H> {
    async fn page(
        &mut self,
        part: Option<&NamePart>,
        page: PageRequest,
    ) -> Result<DirectoryPage, StoreError> {
        let (ids, total) = match part {
            Some(part) => search::page(self.reads(), part.folded(), page).await?,
            None => (all(self.reads(), page).await?, counts::total_listed(self.reads()).await?),
        };
        Ok(DirectoryPage { accounts: views::by_ids(self.reads(), &ids).await?, total })
    }

    async fn browse(
        &mut self,
        filter: DirectoryFilter,
        order: DirectoryOrder,
        after: Option<DirectoryPlace>,
        reach: Reach,
    ) -> Result<Part<DirectoryEntry, DirectoryPlace>, StoreError> {
        let part = lists::browse(self.reads(), filter, order, after, reach).await?;
        Ok(Part { items: views::by_ids(self.reads(), &part.items).await?, next: part.next })
    }

    async fn with_address_part(
        &mut self,
        part: &AddressPart,
        after: Option<&EmailAddress>,
        reach: Reach,
    ) -> Result<Part<DirectoryEntry, EmailAddress>, StoreError> {
        let part = lists::with_address_part(self.reads(), part, after, reach).await?;
        let ids: Vec<_> = part.items.iter().map(|(id, _)| *id).collect();
        let items = views::by_ids(self.reads(), &ids).await?;
        Ok(Part { items, next: part.next.map(EmailAddress::from_stored) })
    }

    async fn with_address(
        &mut self,
        beginning: &AddressBeginning,
        after: Option<&EmailAddress>,
        limit: u64,
    ) -> Result<Vec<DirectoryEntry>, StoreError> {
        let (mut found, mut last) = (Vec::new(), after.cloned());
        loop {
            let missing = limit.saturating_sub(found.len() as u64);
            let rows = lists::with_address(self.reads(), beginning, last.as_ref(), missing).await?;
            let ids: Vec<_> = rows.iter().map(|(id, _)| *id).collect();
            found.extend(views::by_ids(self.reads(), &ids).await?);
            if is_whole(found.len(), rows.len(), limit, missing) {
                return Ok(found);
            }
            last = rows.into_iter().next_back().map(|(_, address)| EmailAddress::from_stored(address));
        }
    }

    async fn view(&mut self, uuid: AccountUuid) -> Result<Option<DirectoryEntry>, StoreError> {
        views::by_uuid(self.reads(), uuid).await
    }

    async fn view_by_id(&mut self, id: AccountId) -> Result<Option<DirectoryEntry>, StoreError> {
        views::by_id(self.reads(), id).await
    }
}

/// Whether a part of a list is complete: it has as many accounts as are wanted, or the list has no more. Accounts that
/// were removed after their ids were read are missing, and whoever took such a part for the last one would see no
/// account behind it.
fn is_whole(found: usize, read: usize, limit: u64, missing: u64) -> bool {
    found as u64 >= limit || (read as u64) < missing
}

/// The ids of a page of all accounts. They are in the index: a page far behind reads no row that it passes over.
async fn all(connection: &impl Statements, page: PageRequest) -> Result<Vec<i64>, StoreError> {
    let ids = Query::select()
        .column("id")
        .from("users")
        .and_where(Expr::col("deleted_at").is_null())
        // All are alike in the first; PostgreSQL takes the index for an order that names it.
        .order_by("deleted_at", Order::Asc)
        .order_by("created_at", Order::Asc)
        .order_by("id", Order::Asc)
        .offset(at_most(page.offset))
        .limit(page.limit.get())
        .to_owned();
    let rows = connection.rows::<(i64,)>(&ids).await.map_err(store_error)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_from_which_accounts_vanished_is_filled_up() {
        assert!(is_whole(26, 26, 26, 26), "as many as are wanted");
        assert!(is_whole(7, 7, 26, 26), "the end of the list");
        assert!(!is_whole(25, 26, 26, 26), "one vanished");
        assert!(!is_whole(0, 26, 26, 26), "all vanished");
        assert!(is_whole(25, 0, 26, 1), "none came in the place of the one");
        assert!(is_whole(0, 0, 0, 0));
    }
}

//! The repository.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use vestibule_domain::accounts::{AccountDirectory, AccountUuid, DirectoryEntry, DirectoryPage, NamePart};
use vestibule_domain::page::PageRequest;
use vestibule_domain::store::StoreError;

use super::super::errors::store_error;
use super::super::expiry::at_most;
use super::super::pool::Statements;
use super::super::scope::{Handle, SeaScope};
use super::{counts, search, views};

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

    async fn view(&mut self, uuid: AccountUuid) -> Result<Option<DirectoryEntry>, StoreError> {
        views::by_uuid(self.reads(), uuid).await
    }
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

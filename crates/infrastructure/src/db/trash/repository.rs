//! The repository.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait};
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid, EmailAddress, Username};
use vestibule_domain::page::{Page, PageRequest, Part};
use vestibule_domain::store::StoreError;
use vestibule_domain::trash::{DueRemoval, RemovedRows, TrashEntry, TrashId, TrashPlace, TrashRepository};

use super::super::directory::{self, Change, Named};
use super::super::entities::{Utc, users};
use super::super::errors::store_error;
use super::super::expiry::at_most;
use super::super::parts::parts;
use super::super::pool::{Statements, row};
use super::super::scope::{Handle, SeaScope};
use super::super::sent_messages;
use super::owned;

/// An entry with what identifies its account.
struct EntryRow {
    id: i64,
    deleted_at: Utc,
    reason: String,
    account: Uuid,
    email: Option<String>,
    username: Option<String>,
    deleted_by: Option<Uuid>,
}

row!(EntryRow: id, deleted_at, reason, account, email, username, deleted_by);

pub(in super::super) const TABLE: &str = "trash";

#[async_trait]
impl<H: Handle> TrashRepository for SeaScope<H> {
    async fn put(
        &mut self,
        accounts: &[AccountId],
        by: Option<AccountId>,
        at: OffsetDateTime,
        reason: &str,
    ) -> Result<(), StoreError> {
        let together = self.together().await?;
        for part in parts(accounts) {
            let mut insert = Query::insert();
            insert.into_table(TABLE).columns(["user_id", "deleted_by", "deleted_at", "reason"]);
            for account in part {
                insert.values_panic([
                    account.0.into(),
                    by.map(|by| by.0).into(),
                    Utc::from(at).into(),
                    reason.into(),
                ]);
            }
            together.execute(&insert).await.map_err(store_error)?;
        }
        directory::unlist(&together, &named(&together, accounts).await?).await?;
        set_deleted_at(&together, accounts, Some(at)).await?;
        let change = Change { listed: -1, trashed: 1 };
        directory::count(&together, accounts.iter().copied(), change).await?;
        together.commit().await.map_err(store_error)
    }

    async fn restore(&mut self, account: AccountId) -> Result<bool, StoreError> {
        let together = self.together().await?;
        let delete = Query::delete()
            .from_table(TABLE)
            .and_where(Expr::col("user_id").eq(account.0))
            .and_where(Expr::col("removal_began_at").is_null())
            .to_owned();
        if together.execute(&delete).await.map_err(store_error)?.rows_affected == 0 {
            together.commit().await.map_err(store_error)?;
            return Ok(false);
        }
        set_deleted_at(&together, &[account], None).await?;
        directory::list(&together, &named(&together, &[account]).await?).await?;
        directory::count(&together, [account], Change { listed: 1, trashed: -1 }).await?;
        together.commit().await.map_err(store_error)?;
        Ok(true)
    }

    async fn entry(&mut self, account: AccountId) -> Result<Option<TrashEntry>, StoreError> {
        let find = Query::select()
            .column("id")
            .from(TABLE)
            .and_where(Expr::col("user_id").eq(account.0))
            .and_where(Expr::col("removal_began_at").is_null())
            .to_owned();
        let Some((id,)) = self.reads().first::<(i64,)>(&find).await.map_err(store_error)? else {
            return Ok(None);
        };
        Ok(entries(self.reads(), vec![id]).await?.pop())
    }

    async fn list(&mut self, page: PageRequest) -> Result<Page<TrashEntry>, StoreError> {
        let ids = Query::select()
            .column("id")
            .from(TABLE)
            .and_where(Expr::col("removal_began_at").is_null())
            // All are alike in the first; PostgreSQL takes the index for an order that names it.
            .order_by("removal_began_at", Order::Asc)
            .order_by("deleted_at", Order::Asc)
            .order_by("id", Order::Asc)
            .offset(at_most(page.offset))
            .limit(page.limit.get())
            .to_owned();
        let rows = self.reads().rows::<(i64,)>(&ids).await.map_err(store_error)?;
        let ids = rows.into_iter().map(|(id,)| id).collect();
        let items = entries(self.reads(), ids).await?;
        Ok(Page { items, total: directory::total_trashed(self.reads()).await? })
    }

    async fn after(
        &mut self,
        after: Option<TrashPlace>,
        limit: u64,
    ) -> Result<Part<TrashEntry, TrashPlace>, StoreError> {
        let part = directory::trashed(self.reads(), after, limit).await?;
        Ok(Part { items: entries(self.reads(), part.items).await?, next: part.next })
    }

    async fn begin_removal(&mut self, account: AccountId, at: OffsetDateTime) -> Result<bool, StoreError> {
        let together = self.together().await?;
        let update = Query::update()
            .table(TABLE)
            .value("removal_began_at", Expr::val(Utc::from(at)))
            .and_where(Expr::col("user_id").eq(account.0))
            .and_where(Expr::col("removal_began_at").is_null())
            .to_owned();
        let begins = together.execute(&update).await.map_err(store_error)?.rows_affected > 0;
        if begins {
            directory::count(&together, [account], Change { listed: 0, trashed: -1 }).await?;
        }
        let began = begins || has_begun(&together, account).await?;
        together.commit().await.map_err(store_error)?;
        Ok(began)
    }

    async fn is_being_removed(&mut self, account: AccountId) -> Result<bool, StoreError> {
        has_begun(self.reads(), account).await
    }

    async fn due(
        &mut self,
        until: Option<OffsetDateTime>,
        now: OffsetDateTime,
        limit: u64,
    ) -> Result<Vec<DueRemoval>, StoreError> {
        let removal = || Expr::col("removal_began_at");
        let put_off = || Expr::col("removal_put_off_until");
        let is_turn = || put_off().is_null().or(put_off().lte(Utc::from(now)));
        let began = due(removal().is_not_null().and(is_turn()), limit);
        let mut due_now = removals(self.reads(), &began).await?;
        let left = limit.saturating_sub(due_now.len() as u64);
        if let Some(until) = until
            && left > 0
        {
            let old = removal().is_null().and(Expr::col("deleted_at").lte(Utc::from(until)));
            due_now.append(&mut removals(self.reads(), &due(old.and(is_turn()), left)).await?);
        }
        Ok(due_now)
    }

    async fn put_off_removal(
        &mut self,
        account: AccountId,
        until: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let update = Query::update()
            .table(TABLE)
            .value("removal_failures", Expr::col("removal_failures").add(1))
            .value("removal_put_off_until", Expr::val(Utc::from(until)))
            .and_where(Expr::col("user_id").eq(account.0))
            .to_owned();
        Ok(self.writes().execute(&update).await.map_err(store_error)?.rows_affected > 0)
    }

    async fn remove_some(&mut self, account: AccountId, limit: u64) -> Result<RemovedRows, StoreError> {
        let together = self.together().await?;
        let removed = if has_begun(&together, account).await? {
            owned::remove_some(&together, account, limit).await?
        } else {
            RemovedRows::default()
        };
        together.commit().await.map_err(store_error)?;
        Ok(removed)
    }

    async fn remove(&mut self, account: AccountId) -> Result<Option<u64>, StoreError> {
        let together = self.together().await?;
        let sent_messages = if has_begun(&together, account).await? {
            // What was sent since the last part. It names an address and no account.
            sent_messages::forget(&together, account, u64::MAX).await?
        } else {
            0
        };
        let began = Query::select()
            .column("user_id")
            .from(TABLE)
            .and_where(Expr::col("user_id").eq(account.0))
            .and_where(Expr::col("removal_began_at").is_not_null())
            .to_owned();
        // What is left of what belongs to it goes with it, by its foreign keys.
        let delete = Query::delete()
            .from_table("users")
            .and_where(Expr::col("id").eq(account.0))
            .and_where(Expr::col("id").in_subquery(began))
            .to_owned();
        let is_removed = together.execute(&delete).await.map_err(store_error)?.rows_affected > 0;
        together.commit().await.map_err(store_error)?;
        Ok(is_removed.then_some(sent_messages))
    }
}

fn due(which: SimpleExpr, limit: u64) -> SelectStatement {
    Query::select()
        .columns(["user_id", "removal_failures"])
        .from(TABLE)
        .and_where(which)
        .order_by("removal_began_at", Order::Asc)
        .order_by("deleted_at", Order::Asc)
        .order_by("id", Order::Asc)
        .limit(at_most(limit))
        .to_owned()
}

async fn removals(
    connection: &impl Statements,
    select: &SelectStatement,
) -> Result<Vec<DueRemoval>, StoreError> {
    let rows = connection.rows::<(i64, i32)>(select).await.map_err(store_error)?;
    let removal = |(account, failures)| DueRemoval {
        account: AccountId(account),
        failures: u32::try_from(failures).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(removal).collect())
}

async fn has_begun(connection: &impl Statements, account: AccountId) -> Result<bool, StoreError> {
    let find = due(Expr::col("user_id").eq(account.0).and(Expr::col("removal_began_at").is_not_null()), 1);
    Ok(connection.first::<(i64, i32)>(&find).await.map_err(store_error)?.is_some())
}

/// The accounts among these that have a name.
async fn named(connection: &impl Statements, accounts: &[AccountId]) -> Result<Vec<Named>, StoreError> {
    let mut found = Vec::new();
    for part in parts(accounts) {
        let find = users::Entity::find()
            .select_only()
            .columns([users::Column::Id, users::Column::CreatedAt, users::Column::Username])
            .filter(users::Column::Id.is_in(part.iter().map(|id| id.0)));
        let rows =
            connection.rows::<(i64, Utc, Option<String>)>(find.as_query()).await.map_err(store_error)?;
        found.extend(rows.into_iter().filter_map(|(id, created_at, name)| {
            Named::new(AccountId(id), created_at.0, name.map(Username::from_stored).as_ref())
        }));
    }
    Ok(found)
}

async fn set_deleted_at(
    connection: &impl Statements,
    accounts: &[AccountId],
    at: Option<OffsetDateTime>,
) -> Result<(), StoreError> {
    for part in parts(accounts) {
        let update = Query::update()
            .table("users")
            .value("deleted_at", Expr::val(at.map(Utc::from)))
            .and_where(Expr::col("id").is_in(part.iter().map(|id| id.0)))
            .to_owned();
        connection.execute(&update).await.map_err(store_error)?;
    }
    Ok(())
}

fn entry(row: EntryRow) -> TrashEntry {
    TrashEntry {
        id: TrashId(row.id),
        account: AccountUuid(row.account),
        email: row.email.map(EmailAddress::from_stored),
        username: row.username.map(Username::from_stored),
        deleted_by: row.deleted_by.map(AccountUuid),
        deleted_at: row.deleted_at.0,
        reason: row.reason,
    }
}

/// The entries with these ids, in this order.
async fn entries(connection: &impl Statements, ids: Vec<i64>) -> Result<Vec<TrashEntry>, StoreError> {
    let mut found = Vec::new();
    for part in parts(&ids) {
        let find = Query::select()
            .columns(["id", "deleted_at", "reason"].map(|column| (TABLE, column)))
            .columns([
                ("accounts", "uuid"),
                ("accounts", "email"),
                ("accounts", "username"),
                ("deleters", "uuid"),
            ])
            .from(TABLE)
            .join_as(
                JoinType::InnerJoin,
                "users",
                "accounts",
                Expr::col(("accounts", "id")).equals((TABLE, "user_id")),
            )
            .join_as(
                JoinType::LeftJoin,
                "users",
                "deleters",
                Expr::col(("deleters", "id")).equals((TABLE, "deleted_by")),
            )
            .and_where(Expr::col((TABLE, "id")).is_in(part.iter().copied()))
            .to_owned();
        let rows = connection.rows::<EntryRow>(&find).await.map_err(store_error)?;
        found.extend(rows.into_iter().map(entry));
    }
    found.sort_unstable_by_key(|entry| (entry.deleted_at, entry.id));
    Ok(found)
}

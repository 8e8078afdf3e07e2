//! The trail of what was done to accounts.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::OffsetDateTime;
use vestibule_domain::audit::{AuditEvent, AuditFilter, AuditPosition, AuditRepository};
use vestibule_domain::store::StoreError;

use super::entities::Utc;
use super::entities::audit_events::{ActiveModel, Column, Entity};
use super::errors::store_error;
use super::expiry::{at_most, purge};
use super::pool::Statements as _;
use super::scope::{Handle, SeaScope};

#[async_trait]
impl<H: Handle> AuditRepository for SeaScope<H> {
    async fn append(&mut self, event: &AuditEvent) -> Result<(), StoreError> {
        let insert = Entity::insert(ActiveModel::from(event));
        self.writes().run(insert).await.map_err(store_error)?;
        Ok(())
    }

    async fn count(&mut self, event: &AuditEvent) -> Result<(), StoreError> {
        let times = i64::try_from(event.times).unwrap_or(i64::MAX);
        // With the table's name: PostgreSQL has the row that was to be inserted in scope, too.
        let more = Expr::col((Entity, Column::Times)).add(times);
        let counted = OnConflict::column(Column::Id).value(Column::Times, more).to_owned();
        let insert = Entity::insert(ActiveModel::from(event)).on_conflict(counted);
        self.writes().run(insert).await.map_err(store_error)?;
        Ok(())
    }

    async fn list(
        &mut self,
        filter: &AuditFilter,
        after: Option<AuditPosition>,
        limit: u64,
    ) -> Result<Vec<AuditEvent>, StoreError> {
        let mut find = Entity::find();
        if let Some(account) = filter.account {
            find = find.filter(Column::Account.eq(account.0));
        }
        if let Some(action) = filter.action {
            find = find.filter(Column::Action.eq(action.as_str()));
        }
        if let Some(since) = filter.since {
            find = find.filter(Column::At.gte(Utc::from(since)));
        }
        if let Some(AuditPosition { at, id }) = after {
            let at = Utc::from(at);
            // The first condition leads into the index, the second one passes over what was seen of that time.
            let later = Condition::any().add(Column::At.lt(at)).add(Column::Id.lt(id.0));
            find = find.filter(Column::At.lte(at)).filter(later);
        }
        let find = find.order_by_desc(Column::At).order_by_desc(Column::Id).limit(at_most(limit));
        let rows = self.reads().all(find).await.map_err(store_error)?;
        rows.into_iter().map(AuditEvent::try_from).collect()
    }

    async fn purge(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        purge(self.writes(), "audit_events", "at", until, limit).await
    }
}

//! Pending registrations.

use async_trait::async_trait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vestibule_domain::accounts::{
    AccountId, PendingRegistration, PendingRegistrationRepository, RegistrationId,
};
use vestibule_domain::store::StoreError;

use super::entities::pending_registrations::{ActiveModel, Column, Entity};
use super::errors::store_error;
use super::pool::Statements as _;
use super::scope::{Handle, SeaScope};

#[async_trait]
impl<H: Handle> PendingRegistrationRepository for SeaScope<H> {
    async fn insert(&mut self, registration: &PendingRegistration) -> Result<(), StoreError> {
        let insert = Entity::insert(ActiveModel::from(registration));
        self.writes().run(insert).await.map_err(store_error)?;
        Ok(())
    }

    async fn by_id(&mut self, id: RegistrationId) -> Result<Option<PendingRegistration>, StoreError> {
        let find = Entity::find().filter(Column::Uuid.eq(id.0));
        let row = self.reads().one(find).await.map_err(store_error)?;
        row.map(PendingRegistration::try_from).transpose()
    }

    async fn of_account(&mut self, account: AccountId) -> Result<Vec<PendingRegistration>, StoreError> {
        let find = Entity::find().filter(Column::UserId.eq(account.0)).order_by_asc(Column::Id);
        let rows = self.reads().all(find).await.map_err(store_error)?;
        rows.into_iter().map(PendingRegistration::try_from).collect()
    }

    async fn remove(&mut self, id: RegistrationId) -> Result<bool, StoreError> {
        let delete = Entity::delete_many().filter(Column::Uuid.eq(id.0));
        let deleted = self.writes().run(delete).await.map_err(store_error)?;
        Ok(deleted.rows_affected > 0)
    }

    async fn remove_all(&mut self, account: AccountId) -> Result<u64, StoreError> {
        let delete = Entity::delete_many().filter(Column::UserId.eq(account.0));
        let deleted = self.writes().run(delete).await.map_err(store_error)?;
        Ok(deleted.rows_affected)
    }
}

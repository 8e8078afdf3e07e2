//! The repository.

use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::contacts::{
    Avatar, BirthdayWindow, Contact, ContactFacts, ContactId, ContactRepository, ContactSearch, NewContact,
};
use vestibule_domain::page::PageRequest;
use vestibule_domain::store::StoreError;

use super::super::entities::contacts::{ActiveModel, Column, Entity};
use super::super::errors::store_error;
use super::super::pool::Statements as _;
use super::super::scope::{Handle, SeaScope};
use super::index::refold;
use super::rows::{all, of, of_owner, searched, shown, this};
use super::trigrams::Trigrams;
use super::{many, pages, rows, search, trigrams, waiting};

#[async_trait]
impl<H: Handle> ContactRepository for SeaScope<H> {
    async fn insert(&mut self, contact: &NewContact) -> Result<ContactId, StoreError> {
        let together = self.together().await?;
        let insert = Entity::insert(ActiveModel::from(contact));
        let id = ContactId(together.insert(insert).await.map_err(store_error)?);
        if !waiting::may_wait(&together, id).await? {
            trigrams::add(&together, contact.owner, id, Trigrams::of(&contact.facts)).await?;
        }
        together.commit().await.map_err(store_error)?;
        Ok(id)
    }

    async fn insert_all(&mut self, owner: AccountId, contacts: &[ImportedContact]) -> Result<(), StoreError> {
        let together = self.together().await?;
        many::add(&together, owner, contacts).await?;
        together.commit().await.map_err(store_error)
    }

    async fn by_id(&mut self, owner: AccountId, id: ContactId) -> Result<Option<Contact>, StoreError> {
        shown(self.reads(), of(owner, id)).await
    }

    async fn lock(&mut self, owner: AccountId, id: ContactId) -> Result<Option<Contact>, StoreError> {
        // SQLite has no row locks and needs none: a unit of work there is the only writer.
        shown(self.reads(), of(owner, id).lock_exclusive()).await
    }

    async fn list(&mut self, owner: AccountId, page: PageRequest) -> Result<Vec<Contact>, StoreError> {
        pages::list(self.reads(), owner, page).await
    }

    async fn after(
        &mut self,
        owner: AccountId,
        after: ContactId,
        limit: u64,
    ) -> Result<Vec<Contact>, StoreError> {
        let backend = self.reads().get_database_backend();
        all(self.reads(), rows::after(backend, owner, after, limit)).await
    }

    async fn find(
        &mut self,
        owner: AccountId,
        search: &ContactSearch,
    ) -> Result<Option<Contact>, StoreError> {
        search::find(self.reads(), owner, search).await
    }

    async fn birthdays(
        &mut self,
        owner: AccountId,
        window: &BirthdayWindow,
    ) -> Result<Vec<Contact>, StoreError> {
        let mut found = Vec::new();
        for range in window.ranges() {
            let (from, to) = (range.start().number(), range.end().number());
            let find = of_owner(owner).filter(Column::BirthdayMonthDay.between(from, to));
            found.append(&mut all(self.reads(), find).await?);
        }
        // The index cannot sort this, because in it 29 February never comes before 28 February.
        found
            .sort_by_cached_key(|contact| (contact.facts.birthday.map(|born| window.next(born)), contact.id));
        Ok(found)
    }

    async fn change(
        &mut self,
        owner: AccountId,
        id: ContactId,
        facts: &ContactFacts,
    ) -> Result<bool, StoreError> {
        let together = self.together().await?;
        let Some(before) = searched(&together, of(owner, id).lock_exclusive()).await? else {
            // Nothing is half-way: the unit of work, if there is one, goes on.
            together.commit().await.map_err(store_error)?;
            return Ok(false);
        };
        refold(&together, &before).await?;
        let update = Entity::update_many().set(ActiveModel::from(facts)).filter(this(owner, id));
        together.run(update).await.map_err(store_error)?;
        let (before, after) = (Trigrams::of_row(&before), Trigrams::of(facts));
        if before != after {
            trigrams::remove(&together, owner, id, before.without(&after)).await?;
            // All trigrams are written, because those of before may be missing while the index is rebuilt.
            trigrams::put(&together, [(owner, id, after)]).await?;
        }
        together.commit().await.map_err(store_error)?;
        Ok(true)
    }

    async fn set_avatar(
        &mut self,
        owner: AccountId,
        id: ContactId,
        avatar: &Avatar,
    ) -> Result<bool, StoreError> {
        let update = Entity::update_many()
            .col_expr(Column::Avatar, Expr::val(avatar.url.as_str()))
            .col_expr(Column::AvatarObject, Expr::val(avatar.object.map(|key| key.to_string())))
            .filter(this(owner, id));
        let updated = self.writes().run(update).await.map_err(store_error)?;
        Ok(updated.rows_affected > 0)
    }

    async fn remove(&mut self, owner: AccountId, id: ContactId) -> Result<bool, StoreError> {
        let together = self.together().await?;
        let Some(row) = searched(&together, of(owner, id).lock_exclusive()).await? else {
            // Nothing is half-way: the unit of work, if there is one, goes on.
            together.commit().await.map_err(store_error)?;
            return Ok(false);
        };
        refold(&together, &row).await?;
        together.run(Entity::delete_by_id(id.0)).await.map_err(store_error)?;
        trigrams::remove(&together, owner, id, Trigrams::of_row(&row)).await?;
        together.commit().await.map_err(store_error)?;
        Ok(true)
    }
}

//! Rows of contacts.

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{Contact, ContactId};
use vestibule_domain::store::StoreError;

use super::super::entities::contacts::{Column, Entity, Model, SHOWN, Shown, contact};
use super::super::errors::store_error;

/// Contacts are read from one address book, always.
pub(super) fn of_owner(owner: AccountId) -> Select<Entity> {
    Entity::find().filter(Column::UserId.eq(owner.0))
}

pub(super) fn this(owner: AccountId, id: ContactId) -> Condition {
    Condition::all().add(Column::Id.eq(id.0)).add(Column::UserId.eq(owner.0))
}

pub(super) fn of(owner: AccountId, id: ContactId) -> Select<Entity> {
    Entity::find().filter(this(owner, id))
}

pub(super) async fn one(
    connection: &impl ConnectionTrait,
    find: Select<Entity>,
) -> Result<Option<Model>, StoreError> {
    find.one(connection).await.map_err(store_error)
}

/// The first of these contacts.
pub(super) async fn shown(
    connection: &impl ConnectionTrait,
    find: Select<Entity>,
) -> Result<Option<Contact>, StoreError> {
    let find = find.select_only().columns(SHOWN).into_tuple::<Shown>();
    find.one(connection).await.map_err(store_error)?.map(contact).transpose()
}

pub(super) async fn all(
    connection: &impl ConnectionTrait,
    find: Select<Entity>,
) -> Result<Vec<Contact>, StoreError> {
    let find = find.select_only().columns(SHOWN).into_tuple::<Shown>();
    find.all(connection).await.map_err(store_error)?.into_iter().map(contact).collect()
}

//! Rows of contacts.

use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{Contact, ContactId};
use vestibule_domain::store::StoreError;

use super::super::entities::contacts::{Column, Entity, SEARCHED, SHOWN, Searched, Shown, contact};
use super::super::errors::store_error;
use super::super::expiry::at_most;
use super::super::pool::Statements;

/// Contacts are read from one address book, always.
pub(super) fn of_owner(owner: AccountId) -> Select<Entity> {
    Entity::find().filter(Column::UserId.eq(owner.0))
}

/// An address book in order of ids.
pub(super) fn in_order(backend: DbBackend, owner: AccountId) -> Select<Entity> {
    if backend == DbBackend::Postgres {
        // Of an owner who has most of a table, PostgreSQL would walk all contacts in order of ids, and pass over those of
        // others. This order has the index of owners alone, and a range that begins and ends with one owner is the form
        // in which the order is not simplified.
        return of_owner_in_order(Expr::val(owner.0));
    }
    of_owner(owner).order_by_asc(Column::Id)
}

pub(super) fn of_owner_in_order(owner: Expr) -> Select<Entity> {
    let range = Column::UserId.into_expr().between(owner.clone(), owner);
    Entity::find().filter(range).order_by_asc(Column::UserId).order_by_asc(Column::Id)
}

/// The part of an address book behind a contact.
pub(super) fn after(backend: DbBackend, owner: AccountId, after: ContactId, limit: u64) -> Select<Entity> {
    in_order(backend, owner).filter(Column::Id.gt(after.0)).limit(at_most(limit))
}

pub(super) fn this(owner: AccountId, id: ContactId) -> Condition {
    Condition::all().add(Column::Id.eq(id.0)).add(Column::UserId.eq(owner.0))
}

pub(super) fn of(owner: AccountId, id: ContactId) -> Select<Entity> {
    Entity::find().filter(this(owner, id))
}

/// By what the first of these contacts is searched.
pub(super) async fn searched(
    connection: &impl Statements,
    find: Select<Entity>,
) -> Result<Option<Searched>, StoreError> {
    let find = find.select_only().columns(SEARCHED).limit(1);
    connection.first::<Searched>(find.as_query()).await.map_err(store_error)
}

/// The first of these contacts.
pub(super) async fn shown(
    connection: &impl Statements,
    find: Select<Entity>,
) -> Result<Option<Contact>, StoreError> {
    let find = find.select_only().columns(SHOWN).limit(1);
    connection.first::<Shown>(find.as_query()).await.map_err(store_error)?.map(contact).transpose()
}

pub(super) async fn all(
    connection: &impl Statements,
    find: Select<Entity>,
) -> Result<Vec<Contact>, StoreError> {
    let find = find.select_only().columns(SHOWN);
    connection.rows::<Shown>(find.as_query()).await.map_err(store_error)?.into_iter().map(contact).collect()
}

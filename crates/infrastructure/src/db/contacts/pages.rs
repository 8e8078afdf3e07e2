//! Pages of address books, in order of ids.

use std::sync::LazyLock;

use sea_orm::sea_query::{Expr, PostgresQueryBuilder, SimpleExpr, SqliteQueryBuilder};
use sea_orm::{
    ColumnTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, Statement,
    Value,
};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::Contact;
use vestibule_domain::page::PageRequest;
use vestibule_domain::store::StoreError;

use super::super::blocks::{self, Blocks, number};
use super::super::entities::contacts::{Column, Entity, SHOWN, Shown, contact};
use super::super::errors::store_error;
use super::super::expiry::at_most;
use super::super::pool::{ByKey, KeptText, Statements};
use super::rows::{in_order, of_owner_in_order};

/// Contacts to pass over, fewer than which are passed over as soon as the place is looked for by the counts.
const FAR: u64 = 500;

/// Pages that are not far behind, on PostgreSQL.
static NEAR: ByKey<Shown, 3> = ByKey::new(["bigint"; 3], |[owner, limit, offset]| {
    let find = of_owner_in_order(Expr::cust(owner)).select_only().columns(SHOWN);
    format!("{} LIMIT {limit} OFFSET {offset}", find.into_query().to_string(PostgresQueryBuilder))
});

/// Pages that are [`FAR`] behind, on PostgreSQL.
static FAR_BEHIND: ByKey<Shown, 3> = ByKey::new(["bigint"; 3], |[owner, limit, offset]| {
    let find = from_the_start(Expr::cust(started([owner, owner, offset, owner])));
    let find = find.select_only().columns(SHOWN).into_query();
    format!("{} LIMIT {limit}", find.to_string(PostgresQueryBuilder))
});

/// Contacts from the lowest id of a block on, on SQLite.
static ONWARDS: KeptText = KeptText::of(|_| {
    let find = Entity::find().filter(Column::UserId.eq(0_i64)).filter(Column::Id.gte(0_i64));
    find.order_by_asc(Column::Id).limit(1).offset(1).select_only().columns(SHOWN).into_query()
});

/// Contacts of an owner, `?3`, against the order of the list, on SQLite, from the highest id of a block, `?4`, which is `?5`.
static FROM_THE_END: LazyLock<String> = LazyLock::new(|| {
    let find = Entity::find().filter(Expr::cust("user_id = ?3 AND id <= ?4")).order_by_desc(Column::Id);
    let find = find.select_only().columns(SHOWN).into_query().to_string(SqliteQueryBuilder);
    let now = "SELECT contacts FROM contact_blocks WHERE user_id = ?3 AND block = ?5";
    format!("{find} {}", blocks::from_the_end(now))
});

/// A page of an address book.
pub(super) async fn list(
    connection: &impl Statements,
    owner: AccountId,
    page: PageRequest,
) -> Result<Vec<Contact>, StoreError> {
    if page.offset > FAR && connection.get_database_backend() == DbBackend::Sqlite {
        return by_blocks(connection, owner, page).await;
    }
    let pages = if page.offset > FAR { &FAR_BEHIND } else { &NEAR };
    let key = [owner.0, number(page.limit.get()), number(page.offset)].map(Value::from);
    let alone = |backend: DbBackend| alone(backend, owner, page).select_only().columns(SHOWN).build(backend);
    let rows = connection.rows_by_key(pages, key, alone).await.map_err(store_error)?;
    rows.into_iter().map(contact).collect()
}

fn alone(backend: DbBackend, owner: AccountId, page: PageRequest) -> Select<Entity> {
    let limit = page.limit.get();
    if page.offset > FAR && backend == DbBackend::Postgres {
        let values = [owner.0, owner.0, number(page.offset), owner.0];
        let on_page = Expr::cust_with_values(started(["$1", "$2", "$3", "$4"]), values);
        return from_the_start(on_page).limit(limit);
    }
    in_order(backend, owner).offset(at_most(page.offset)).limit(limit)
}

/// A page that begins where PostgreSQL found that it does.
fn from_the_start(started: SimpleExpr) -> Select<Entity> {
    Entity::find().filter(started).order_by_asc(Column::UserId).order_by_asc(Column::Id)
}

/// The contacts from the first of a page on. A function that keeps its plan tells which one that is
/// (`migration/src/m20261130_051_page_starts.rs`). Owner and id are compared as one, which is the form in which PostgreSQL
/// begins at the entry of the index. These are the names of the owner, of the owner, of the offset, and of the owner.
fn started([from, of, offset, to]: [&str; 4]) -> String {
    format!(
        "(contacts.user_id, contacts.id) >= ({from}, (SELECT contacts_page_start({of}, {offset}))) \
         AND contacts.user_id <= {to}"
    )
}

/// A page on SQLite, from the nearest end of the block in which it begins.
async fn by_blocks(
    connection: &impl Statements,
    owner: AccountId,
    page: PageRequest,
) -> Result<Vec<Contact>, StoreError> {
    let counted = "SELECT block, contacts FROM contact_blocks WHERE user_id = ? ORDER BY block";
    let counted = Statement::from_sql_and_values(DbBackend::Sqlite, counted, [owner.0.into()]);
    let blocks = Blocks::read(connection, counted).await.map_err(store_error)?;
    let Some(place) = blocks.place(page) else { return Ok(Vec::new()) };
    if place.is_near_the_end {
        let values = [number(place.before), number(place.limit), owner.0, place.highest(), place.block];
        let values = values.map(Value::from);
        let find = Statement::from_sql_and_values(DbBackend::Sqlite, FROM_THE_END.as_str(), values);
        let rows = connection.rows_of::<Shown>(find).await.map_err(store_error)?;
        if u64::try_from(rows.len()) == Ok(place.limit) {
            return rows.into_iter().rev().map(contact).collect();
        }
    }
    let values = [owner.0.into(), place.lowest().into(), place.limit.into(), place.before.into()];
    let rows =
        connection.rows_of::<Shown>(ONWARDS.with(DbBackend::Sqlite, values)).await.map_err(store_error)?;
    rows.into_iter().map(contact).collect()
}

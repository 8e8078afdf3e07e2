//! Accounts by a value that no two have.

use sea_orm::sea_query::{Expr, ExprTrait as _, PostgresQueryBuilder, SelectStatement};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryTrait as _, Value};
use uuid::Uuid;
use vestibule_domain::accounts::{Account, AccountId, AccountUuid};
use vestibule_domain::store::StoreError;

use super::super::entities::users::{Column, Entity, Model};
use super::super::errors::store_error;
use super::super::pool::{ByKey, KeptText, Statements};

static BY_ID: KeptText = KeptText::of(|_| with(Column::Id, Expr::val(0_i64)));
static BY_IDS: ByKey<Model, 1> = ByKey::new(["bigint"], |[id]| first(with(Column::Id, Expr::cust(id))));
static BY_UUID: KeptText = KeptText::of(|_| with(Column::Uuid, Expr::val(Uuid::nil())));
static BY_UUIDS: ByKey<Model, 1> = ByKey::new(["uuid"], |[uuid]| first(with(Column::Uuid, Expr::cust(uuid))));

fn with(column: Column, value: Expr) -> SelectStatement {
    Entity::find().filter(column.into_expr().eq(value)).into_query()
}

fn first(mut find: SelectStatement) -> String {
    find.limit(1).to_string(PostgresQueryBuilder)
}

pub(super) async fn with_id(
    connection: &impl Statements,
    id: AccountId,
) -> Result<Option<Account>, StoreError> {
    by_key(connection, &BY_ID, &BY_IDS, id.0.into()).await
}

pub(super) async fn with_uuid(
    connection: &impl Statements,
    uuid: AccountUuid,
) -> Result<Option<Account>, StoreError> {
    by_key(connection, &BY_UUID, &BY_UUIDS, uuid.0.into()).await
}

async fn by_key(
    connection: &impl Statements,
    alone: &'static KeptText,
    together: &'static ByKey<Model, 1>,
    key: Value,
) -> Result<Option<Account>, StoreError> {
    let keys = [key.clone()];
    let rows = connection.rows_by_key(together, keys, |backend| alone.with(backend, [key])).await;
    let rows = rows.map_err(store_error)?;
    rows.into_iter().next().map(Account::try_from).transpose()
}

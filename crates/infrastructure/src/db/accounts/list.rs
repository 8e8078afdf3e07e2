//! Lists of accounts.

use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid, ListedAccount, MobileNumber, Username};
use vestibule_domain::page::{Page, PageRequest};
use vestibule_domain::store::StoreError;

use super::super::entities::users::{Column, Entity};
use super::super::errors::store_error;
use super::super::expiry::at_most;

#[derive(FromQueryResult)]
struct Listed {
    id: i64,
    uuid: Uuid,
    username: Option<String>,
    mobile: Option<String>,
    is_active: bool,
}

impl From<Listed> for ListedAccount {
    fn from(row: Listed) -> Self {
        Self {
            id: AccountId(row.id),
            uuid: AccountUuid(row.uuid),
            username: row.username.map(Username::from_stored),
            mobile: row.mobile.map(MobileNumber::from_stored),
            is_active: row.is_active,
        }
    }
}

/// Those outside the trash.
fn outside_the_trash() -> Select<Entity> {
    Entity::find().filter(Column::DeletedAt.is_null())
}

/// The first of these, in order of their ids.
async fn read(
    connection: &impl ConnectionTrait,
    find: Select<Entity>,
    limit: u64,
) -> Result<Vec<ListedAccount>, StoreError> {
    let rows = find
        .select_only()
        .columns([Column::Id, Column::Uuid, Column::Username, Column::Mobile, Column::IsActive])
        .order_by_asc(Column::Id)
        .limit(at_most(limit))
        .into_model::<Listed>()
        .all(connection)
        .await
        .map_err(store_error)?;
    Ok(rows.into_iter().map(ListedAccount::from).collect())
}

pub(super) async fn after(
    connection: &impl ConnectionTrait,
    after: AccountId,
    limit: u64,
) -> Result<Vec<ListedAccount>, StoreError> {
    read(connection, outside_the_trash().filter(Column::Id.gt(after.0)), limit).await
}

pub(super) async fn page(
    connection: &impl ConnectionTrait,
    name_part: Option<&str>,
    page: PageRequest,
) -> Result<Page<ListedAccount>, StoreError> {
    let mut find = outside_the_trash();
    if let Some(part) = name_part {
        find = find.filter(has_part(connection.get_database_backend(), part));
    }
    let total = find.clone().count(connection).await.map_err(store_error)?;
    let items = if page.offset < total {
        read(connection, find.offset(page.offset), page.limit.get()).await?
    } else {
        Vec::new()
    };
    Ok(Page { items, total })
}

/// Whether a part is in the name, letter for letter.
fn has_part(backend: DbBackend, part: &str) -> Expr {
    let position = match backend {
        DbBackend::Postgres => "strpos",
        _ => "instr",
    };
    let name = Expr::col((Entity, Column::UsernameFolded));
    Expr::expr(Func::cust(position).arg(name).arg(Expr::val(part.to_lowercase()))).gt(0)
}

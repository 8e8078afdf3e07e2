//! Lists of accounts.

use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ColumnTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid, ListedAccount, MobileNumber, Username};
use vestibule_domain::page::{Page, PageRequest};
use vestibule_domain::spelling::lower_case;
use vestibule_domain::store::StoreError;

use super::super::directory::total_listed;
use super::super::entities::users::{Column, Entity};
use super::super::errors::store_error;
use super::super::expiry::at_most;
use super::super::pool::{Statements, row};

row!(Listed: id, uuid, username, mobile, is_active);

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

/// Those outside the trash, in the order of their ids.
fn in_order(backend: DbBackend) -> Select<Entity> {
    let find = match backend {
        // SQLite takes the index on this column for one that leaves few rows, and would sort all accounts for each part
        // of the list. The plus keeps it from the index.
        DbBackend::Sqlite => Entity::find().filter(Expr::cust(r#"+"users"."deleted_at" IS NULL"#)),
        _ => outside_the_trash(),
    };
    find.select_only()
        .columns([Column::Id, Column::Uuid, Column::Username, Column::Mobile, Column::IsActive])
        .order_by_asc(Column::Id)
}

async fn read(
    connection: &impl Statements,
    find: Select<Entity>,
    limit: u64,
) -> Result<Vec<ListedAccount>, StoreError> {
    let find = find.limit(at_most(limit));
    let rows = connection.rows::<Listed>(find.as_query()).await.map_err(store_error)?;
    Ok(rows.into_iter().map(ListedAccount::from).collect())
}

pub(super) async fn after(
    connection: &impl Statements,
    after: AccountId,
    limit: u64,
) -> Result<Vec<ListedAccount>, StoreError> {
    let backend = connection.get_database_backend();
    read(connection, in_order(backend).filter(Column::Id.gt(after.0)), limit).await
}

pub(super) async fn page(
    connection: &impl Statements,
    name_part: Option<&str>,
    page: PageRequest,
) -> Result<Page<ListedAccount>, StoreError> {
    let backend = connection.get_database_backend();
    let mut find = in_order(backend);
    let total = match name_part {
        // To count a million takes longer than to read a page of them.
        None => total_listed(connection).await?,
        Some(part) => {
            find = find.filter(has_part(backend, part));
            let named = outside_the_trash().filter(has_part(backend, part));
            connection.count(named).await.map_err(store_error)?
        }
    };
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
    Expr::expr(Func::cust(position).arg(name).arg(Expr::val(lower_case(part)))).gt(0)
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait as _, Database, Statement};

    use super::*;

    #[tokio::test]
    async fn a_part_of_the_list_is_read_by_its_ids_on_sqlite() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        for statement in [
            "CREATE TABLE users (id INTEGER PRIMARY KEY, uuid, username, username_folded, mobile, is_active, \
             deleted_at, created_at)",
            "CREATE INDEX ix_users_deleted_at ON users (deleted_at, created_at, id)",
        ] {
            db.execute_unprepared(statement).await.unwrap();
        }
        let find = in_order(DbBackend::Sqlite).filter(Column::Id.gt(7)).limit(500).build(DbBackend::Sqlite);
        let plan = format!("EXPLAIN QUERY PLAN {}", find.sql);
        let plan = Statement::from_sql_and_values(DbBackend::Sqlite, plan, find.values.unwrap());
        let steps = db.query_all_raw(plan).await.unwrap();
        let steps: Vec<String> = steps.iter().map(|step| step.try_get("", "detail").unwrap()).collect();
        assert_eq!(steps, ["SEARCH users USING INTEGER PRIMARY KEY (rowid>?)"]);
    }
}

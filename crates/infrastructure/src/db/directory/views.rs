//! Accounts as lists show them.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, PostgresQueryBuilder, Query, SelectStatement, Value};
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid, DirectoryEntry, EmailAddress, Username};
use vestibule_domain::store::StoreError;

use super::super::entities::{Utc, groups};
use super::super::errors::{damaged, store_error};
use super::super::parts::parts;
use super::super::pool::{ByKey, KeptText, Statements};

const USERS: &str = "users";
const EDITORS: &str = "editors";

fn select() -> SelectStatement {
    let columns = ["id", "uuid", "email", "username", "group_id", "created_at", "updated_at", "deleted_at"];
    Query::select()
        .columns(columns.map(|column| (USERS, column)))
        .column((EDITORS, "uuid"))
        .from(USERS)
        .join_as(
            sea_orm::JoinType::LeftJoin,
            USERS,
            EDITORS,
            Expr::col((EDITORS, "id")).equals((USERS, "updated_by")),
        )
        .to_owned()
}

static BY_ID: KeptText = KeptText::of(|_| with("id", Expr::val(0_i64)));
static BY_IDS: ByKey<Viewed, 1> = ByKey::new(["bigint"], |[id]| first(with("id", Expr::cust(id))));
static BY_UUID: KeptText = KeptText::of(|_| with("uuid", Expr::val(Uuid::nil())));
static BY_UUIDS: ByKey<Viewed, 1> = ByKey::new(["uuid"], |[uuid]| first(with("uuid", Expr::cust(uuid))));

fn with(column: &'static str, value: Expr) -> SelectStatement {
    select().and_where(Expr::col((USERS, column)).eq(value)).to_owned()
}

fn first(mut find: SelectStatement) -> String {
    find.limit(1).to_string(PostgresQueryBuilder)
}

/// The account with this opaque id.
pub(super) async fn by_uuid(
    connection: &impl Statements,
    uuid: AccountUuid,
) -> Result<Option<DirectoryEntry>, StoreError> {
    by_key(connection, &BY_UUID, &BY_UUIDS, uuid.0.into()).await
}

/// The account with this id.
pub(super) async fn by_id(
    connection: &impl Statements,
    id: AccountId,
) -> Result<Option<DirectoryEntry>, StoreError> {
    by_key(connection, &BY_ID, &BY_IDS, id.0.into()).await
}

async fn by_key(
    connection: &impl Statements,
    alone: &'static KeptText,
    together: &'static ByKey<Viewed, 1>,
    key: Value,
) -> Result<Option<DirectoryEntry>, StoreError> {
    let keys = [key.clone()];
    let rows = connection.rows_by_key(together, keys, |backend| alone.with(backend, [key])).await;
    let rows = rows.map_err(store_error)?;
    rows.into_iter().next().map(view).transpose()
}

/// The accounts with these ids, in this order. One that is gone is passed over.
pub(super) async fn by_ids(
    connection: &impl Statements,
    ids: &[i64],
) -> Result<Vec<DirectoryEntry>, StoreError> {
    let mut found = HashMap::new();
    for part in parts(ids) {
        let find = select().and_where(Expr::col((USERS, "id")).is_in(part.iter().copied())).to_owned();
        for row in connection.rows(&find).await.map_err(store_error)? {
            let view = view(row)?;
            found.insert(view.id.0, view);
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The columns of an account, and the opaque id of who changed it last.
type Viewed = (i64, Uuid, Option<String>, Option<String>, i64, Utc, Utc, Option<Utc>, Option<Uuid>);

fn view(row: Viewed) -> Result<DirectoryEntry, StoreError> {
    let (id, uuid, email, username, group, created_at, updated_at, deleted_at, updated_by) = row;
    let role = groups::role(group).ok_or_else(|| damaged("users", "group_id", id))?;
    Ok(DirectoryEntry {
        id: AccountId(id),
        uuid: AccountUuid(uuid),
        email: email.map(EmailAddress::from_stored),
        username: username.map(Username::from_stored),
        role,
        created_at: created_at.0,
        updated_at: updated_at.0,
        updated_by: updated_by.map(AccountUuid),
        deleted_at: deleted_at.map(|time| time.0),
    })
}

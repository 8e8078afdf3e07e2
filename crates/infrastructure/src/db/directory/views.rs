//! Accounts as lists show them.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid, DirectoryEntry, EmailAddress, Username};
use vestibule_domain::store::StoreError;

use super::super::entities::{Utc, groups};
use super::super::errors::{damaged, store_error};
use super::super::parts::parts;

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

/// The account with this opaque id.
pub(super) async fn by_uuid(
    connection: &impl ConnectionTrait,
    uuid: AccountUuid,
) -> Result<Option<DirectoryEntry>, StoreError> {
    let find = select().and_where(Expr::col((USERS, "uuid")).eq(uuid.0)).to_owned();
    connection.query_one(&find).await.map_err(store_error)?.map(|row| view(&row)).transpose()
}

/// The accounts with these ids, in this order. One that is gone is passed over.
pub(super) async fn by_ids(
    connection: &impl ConnectionTrait,
    ids: &[i64],
) -> Result<Vec<DirectoryEntry>, StoreError> {
    let mut found = HashMap::new();
    for part in parts(ids) {
        let find = select().and_where(Expr::col((USERS, "id")).is_in(part.iter().copied())).to_owned();
        for row in connection.query_all(&find).await.map_err(store_error)? {
            let view = view(&row)?;
            found.insert(view.id.0, view);
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

fn view(row: &QueryResult) -> Result<DirectoryEntry, StoreError> {
    let id: i64 = row.try_get_by_index(0).map_err(store_error)?;
    let group: i64 = row.try_get_by_index(4).map_err(store_error)?;
    let role = groups::role(group).ok_or_else(|| damaged("users", "group_id", id))?;
    let texts = [2, 3].map(|place| row.try_get_by_index::<Option<String>>(place));
    let [email, username] = texts;
    let uuid: Uuid = row.try_get_by_index(1).map_err(store_error)?;
    let created_at: Utc = row.try_get_by_index(5).map_err(store_error)?;
    let updated_at: Utc = row.try_get_by_index(6).map_err(store_error)?;
    let deleted_at: Option<Utc> = row.try_get_by_index(7).map_err(store_error)?;
    let updated_by: Option<Uuid> = row.try_get_by_index(8).map_err(store_error)?;
    Ok(DirectoryEntry {
        id: AccountId(id),
        uuid: AccountUuid(uuid),
        email: email.map_err(store_error)?.map(EmailAddress::from_stored),
        username: username.map_err(store_error)?.map(Username::from_stored),
        role,
        created_at: created_at.0,
        updated_at: updated_at.0,
        updated_by: updated_by.map(AccountUuid),
        deleted_at: deleted_at.map(|time| time.0),
    })
}

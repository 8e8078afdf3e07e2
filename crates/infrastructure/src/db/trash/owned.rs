//! What belongs to an account, a part at a time.

use sea_orm::DbBackend;
use sea_orm::sea_query::{DeleteStatement, Expr, ExprTrait, Order, Query, UpdateStatement};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::media::ObjectKey;
use vestibule_domain::store::StoreError;
use vestibule_domain::trash::{RemovedKinds, RemovedRows};

use super::super::errors::store_error;
use super::super::expiry::at_most;
use super::super::parts::parts;
use super::super::pool::Statements;
use super::super::sent_messages;

/// A table, the column that names the account, and the rows of it as what they are counted.
type Owned = (&'static str, &'static str, fn(u64) -> RemovedKinds);

/// Tables with an `id` whose rows go with their account, and of which an account may have any number. The others go
/// by their foreign keys.
const OWNED: [Owned; 5] = [
    ("points_entries", "user_id", |points_entries| RemovedKinds {
        points_entries,
        ..RemovedKinds::default()
    }),
    ("idempotency_keys", "user_id", |idempotency_keys| RemovedKinds {
        idempotency_keys,
        ..RemovedKinds::default()
    }),
    ("verification_codes", "user_id", |verification_codes| RemovedKinds {
        verification_codes,
        ..RemovedKinds::default()
    }),
    ("refresh_tokens", "user_id", |refresh_tokens| RemovedKinds {
        refresh_tokens,
        ..RemovedKinds::default()
    }),
    ("sessions", "user_id", |sessions| RemovedKinds { sessions, ..RemovedKinds::default() }),
];

/// Columns that name an account in any number of rows of others, which stay.
const NAMING: [(&str, &str); 3] =
    [("users", "updated_by"), ("trash", "deleted_by"), ("points_entries", "actor_id")];

/// Removes `limit` rows of one kind at the most; none if there are none of any kind.
pub(super) async fn remove_some(
    connection: &impl Statements,
    account: AccountId,
    limit: u64,
) -> Result<RemovedRows, StoreError> {
    let profile = profile(connection, account).await?;
    if profile.rows > 0 {
        return Ok(profile);
    }
    let rows = contact_trigrams(connection, account, limit).await?;
    if rows > 0 {
        return Ok(RemovedRows { rows, ..RemovedRows::default() });
    }
    let contacts = contacts(connection, account, limit).await?;
    if contacts.rows > 0 {
        return Ok(contacts);
    }
    let sent_messages = sent_messages::forget(connection, account, limit).await?;
    if sent_messages > 0 {
        let kinds = RemovedKinds { sent_messages, ..RemovedKinds::default() };
        return Ok(RemovedRows { rows: sent_messages, pictures: Vec::new(), kinds });
    }
    for (table, column, counted) in OWNED {
        let delete = deletion(connection.get_database_backend(), table, column, account, limit);
        let rows = connection.execute(&delete).await.map_err(store_error)?.rows_affected;
        if rows > 0 {
            return Ok(RemovedRows { rows, pictures: Vec::new(), kinds: counted(rows) });
        }
    }
    for (table, column) in NAMING {
        let update = unnaming(connection.get_database_backend(), table, column, account, limit);
        let rows = connection.execute(&update).await.map_err(store_error)?.rows_affected;
        if rows > 0 {
            return Ok(RemovedRows { rows, ..RemovedRows::default() });
        }
    }
    Ok(RemovedRows::default())
}

/// Removes `limit` rows of a table that name the account.
fn deletion(
    backend: DbBackend,
    table: &'static str,
    column: &'static str,
    account: AccountId,
    limit: u64,
) -> DeleteStatement {
    let mut delete = Query::delete().from_table(table).to_owned();
    match backend {
        DbBackend::MySql => delete.and_where(Expr::col(column).eq(account.0)).limit(at_most(limit)),
        _ => delete.and_where(listed(table, column, account, limit)),
    };
    delete
}

/// Has `limit` rows of a table name nobody that name the account.
fn unnaming(
    backend: DbBackend,
    table: &'static str,
    column: &'static str,
    account: AccountId,
    limit: u64,
) -> UpdateStatement {
    let mut update = Query::update().table(table).value(column, None::<i64>).to_owned();
    match backend {
        DbBackend::MySql => update.and_where(Expr::col(column).eq(account.0)).limit(at_most(limit)),
        _ => update.and_where(listed(table, column, account, limit)),
    };
    update
}

/// The rows of a table that name the account, `limit` of them, by a list of their ids. MySQL and MariaDB take a limit in
/// the statement itself, and need it there: of a list of ids they read every row of the table and look whether it is in
/// the list.
fn listed(table: &'static str, column: &'static str, account: AccountId, limit: u64) -> Expr {
    let some = Query::select()
        .column("id")
        .from(table)
        .and_where(Expr::col(column).eq(account.0))
        .limit(at_most(limit))
        .to_owned();
    Expr::col("id").in_subquery(some)
}

/// The profile, with its picture.
async fn profile(connection: &impl Statements, account: AccountId) -> Result<RemovedRows, StoreError> {
    let of_account = || Expr::col("user_id").eq(account.0);
    let find = Query::select().column("avatar").from("user_profiles").and_where(of_account()).to_owned();
    let mut pictures = Vec::new();
    for (avatar,) in connection.rows::<(Option<String>,)>(&find).await.map_err(store_error)? {
        pictures.extend(avatar.and_then(|key| ObjectKey::parse(&key).ok()));
    }
    let delete = Query::delete().from_table("user_profiles").and_where(of_account()).to_owned();
    let rows = connection.execute(&delete).await.map_err(store_error)?.rows_affected;
    let kinds = RemovedKinds { profiles: rows, ..RemovedKinds::default() };
    Ok(RemovedRows { rows, pictures, kinds })
}

/// Contacts, with their pictures.
async fn contacts(
    connection: &impl Statements,
    account: AccountId,
    limit: u64,
) -> Result<RemovedRows, StoreError> {
    let find = Query::select()
        .columns(["id", "avatar_object"])
        .from("contacts")
        .and_where(Expr::col("user_id").eq(account.0))
        .order_by("id", Order::Asc)
        .limit(at_most(limit))
        .to_owned();
    let (mut ids, mut pictures) = (Vec::new(), Vec::new());
    for (id, object) in connection.rows::<(i64, Option<String>)>(&find).await.map_err(store_error)? {
        ids.push(id);
        pictures.extend(object.and_then(|key| ObjectKey::parse(&key).ok()));
    }
    let mut rows = 0;
    for part in parts(&ids) {
        let these = Expr::col("id").is_in(part.iter().copied());
        let delete = Query::delete().from_table("contacts").and_where(these).to_owned();
        rows += connection.execute(&delete).await.map_err(store_error)?.rows_affected;
    }
    let kinds = RemovedKinds { contacts: rows, ..RemovedKinds::default() };
    Ok(RemovedRows { rows, pictures, kinds })
}

/// What contacts are searched by. It has no `id`, so the part ends at the key of its last row.
async fn contact_trigrams(
    connection: &impl Statements,
    account: AccountId,
    limit: u64,
) -> Result<u64, StoreError> {
    const TABLE: &str = "contact_trigrams";
    let of_account = || Expr::col("user_id").eq(account.0);
    let last = Query::select()
        .columns(["trigram", "contact_id"])
        .from(TABLE)
        .and_where(of_account())
        .order_by("user_id", Order::Asc)
        .order_by("trigram", Order::Asc)
        .order_by("contact_id", Order::Asc)
        .offset(at_most(limit.saturating_sub(1)))
        .limit(1)
        .to_owned();
    let mut delete = Query::delete().from_table(TABLE).and_where(of_account()).to_owned();
    if let Some((trigram, contact)) = connection.first::<(i64, i64)>(&last).await.map_err(store_error)? {
        let before = Expr::col("trigram").lt(trigram).or(Expr::col("contact_id").lte(contact));
        // The first comparison follows from the second; the key is searched by it.
        delete.and_where(Expr::col("trigram").lte(trigram)).and_where(before);
    }
    Ok(connection.execute(&delete).await.map_err(store_error)?.rows_affected)
}

//! Accounts with all that moves with them.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use vestibule_domain::accounts::import::{ImportedContact, WholeAccount};
use vestibule_domain::accounts::{Account, AccountId, Profile};
use vestibule_domain::store::StoreError;

use super::super::entities::contacts::{self, SHOWN, Shown};
use super::super::entities::users;
use super::super::errors::store_error;
use super::super::expiry::at_most;
use super::super::parts::parts;
use super::super::pool::Statements;
use super::super::{profiles, trash};

/// What lies beside accounts, by their ids.
type Beside<T> = HashMap<i64, T>;
type ProfileRow = (i64, Option<String>, Option<String>);

pub(super) async fn after(
    connection: &impl Statements,
    after: AccountId,
    limit: u64,
) -> Result<(Vec<WholeAccount>, Option<AccountId>), StoreError> {
    let find = users::Entity::find()
        .filter(users::Column::Id.gt(after.0))
        .order_by_asc(users::Column::Id)
        .limit(at_most(limit));
    let rows = connection.all(find).await.map_err(store_error)?;
    let last = rows.last().map(|row| AccountId(row.id));
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut profiles = profiles(connection, &ids).await?;
    let mut reasons = reasons(connection, &ids).await?;
    let mut contacts = contacts(connection, &ids).await?;
    let mut whole = Vec::with_capacity(rows.len());
    for row in rows {
        let Account { id: AccountId(id), mut details } = Account::try_from(row)?;
        details.updated_by = None;
        let trash_reason = match (details.deleted_at, reasons.remove(&id)) {
            // It is as good as gone.
            (Some(_), Some(None)) => continue,
            (Some(_), reason) => Some(reason.flatten().unwrap_or_default()),
            (None, _) => None,
        };
        whole.push(WholeAccount {
            details,
            trash_reason,
            profile: profiles.remove(&id).unwrap_or_default(),
            contacts: contacts.remove(&id).unwrap_or_default(),
        });
    }
    Ok((whole, last))
}

async fn profiles(connection: &impl Statements, ids: &[i64]) -> Result<Beside<Profile>, StoreError> {
    let mut found = HashMap::new();
    for part in parts(ids) {
        let find = Query::select()
            .columns(["user_id", "avatar", "gender"])
            .from(profiles::TABLE)
            .and_where(Expr::col("user_id").is_in(part.iter().copied()))
            .to_owned();
        for (id, picture, gender) in connection.rows::<ProfileRow>(&find).await.map_err(store_error)? {
            found.insert(id, profiles::profile(picture, gender));
        }
    }
    Ok(found)
}

/// Why accounts are in the trash; `None` of those whose removal began.
async fn reasons(connection: &impl Statements, ids: &[i64]) -> Result<Beside<Option<String>>, StoreError> {
    let mut found = HashMap::new();
    for part in parts(ids) {
        let find = Query::select()
            .columns(["user_id", "reason"])
            .expr(Expr::col("removal_began_at").is_null())
            .from(trash::TABLE)
            .and_where(Expr::col("user_id").is_in(part.iter().copied()))
            .to_owned();
        for (id, reason, waits) in connection.rows::<(i64, String, bool)>(&find).await.map_err(store_error)? {
            found.insert(id, waits.then_some(reason));
        }
    }
    Ok(found)
}

async fn contacts(
    connection: &impl Statements,
    ids: &[i64],
) -> Result<Beside<Vec<ImportedContact>>, StoreError> {
    let mut found: Beside<Vec<ImportedContact>> = HashMap::new();
    for part in parts(ids) {
        let find = contacts::Entity::find()
            .filter(contacts::Column::UserId.is_in(part.iter().copied()))
            .order_by_asc(contacts::Column::UserId)
            .order_by_asc(contacts::Column::Id)
            .select_only()
            .columns(SHOWN);
        for row in connection.rows::<Shown>(find.as_query()).await.map_err(store_error)? {
            let contact = contacts::contact(row)?;
            let moved = ImportedContact { facts: contact.facts, avatar: contact.avatar };
            found.entry(contact.owner.0).or_default().push(moved);
        }
    }
    Ok(found)
}

//! New accounts with all that moves with them.

use std::collections::HashMap;

use sea_orm::sea_query::{Query, Value};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Set, Statement,
};
use uuid::Uuid;
use vestibule_domain::accounts::import::WholeAccount;
use vestibule_domain::accounts::{AccountId, AccountUuid, EmailAddress, Profile, Username};
use vestibule_domain::contacts::{ContactId, NewContact};
use vestibule_domain::store::StoreError;

use super::super::arrays::{expect_many, insertion, new_ids};
use super::super::contacts::{self as address_books, Trigrams, put};
use super::super::directory::{self, Change, Named};
use super::super::entities::{Utc, contacts, points_entries, users};
use super::super::errors::store_error;
use super::super::parts::{even_parts, execute_each, ids_in_a_row, parts, sized_parts};
use super::super::pool::Statements;
use super::super::profiles;
use super::super::trash;

type Added<'a> = (AccountId, &'a WholeAccount);

/// Adds accounts in their order.
pub(super) async fn add(connection: &impl Statements, accounts: &[WholeAccount]) -> Result<(), StoreError> {
    expect_many(connection, accounts).await?;
    let ids = insert(connection, accounts).await?;
    if ids.len() != accounts.len() {
        return Err(StoreError::Unexpected("an insertion did not tell all ids".into()));
    }
    let added: Vec<Added<'_>> = ids.into_iter().map(AccountId).zip(accounts).collect();
    points(connection, &added).await?;
    profiles(connection, &added).await?;
    trash(connection, &added).await?;
    list(connection, &added).await?;
    contacts(connection, &added).await?;
    count(connection, &added).await
}

/// Comes last: until the end of the unit of work others wait who count in the same place.
async fn count(connection: &impl Statements, added: &[Added<'_>]) -> Result<(), StoreError> {
    let Some((first, _)) = added.first() else { return Ok(()) };
    let mut change = Change::default();
    for (_, account) in added {
        match account.details.deleted_at {
            None => change.listed += 1,
            Some(_) => change.trashed += 1,
        }
    }
    directory::count_all(connection, *first, change).await
}

/// About how large the row of an account is, in bytes.
fn size(account: &WholeAccount) -> usize {
    let details = &account.details;
    let length = |text: Option<&str>| text.map_or(0, str::len);
    512 + length(details.email.as_ref().map(EmailAddress::as_str))
        + length(details.username.as_ref().map(Username::as_str))
        + length(details.display_name.as_deref())
        + length(details.phone_number.as_deref())
}

/// Adds the rows, and answers their ids in the order of the accounts.
async fn insert(connection: &impl Statements, accounts: &[WholeAccount]) -> Result<Vec<i64>, StoreError> {
    let row = |account: &WholeAccount| users::ActiveModel::from(&account.details);
    let parts: Vec<&[WholeAccount]> = even_parts(accounts, size).collect();
    if connection.get_database_backend() == DbBackend::Postgres {
        let ids = new_ids(connection, "users", accounts.len()).await?;
        let mut unused = ids.iter();
        let insertions = parts.iter().map(|part| {
            let numbered = part.iter().zip(&mut unused);
            insertion(numbered.map(|(account, id)| users::ActiveModel { id: Set(*id), ..row(account) }))
        });
        execute_each(connection, insertions).await?;
        return Ok(ids);
    }
    let insertions = parts.iter().map(|part| Ok(many(connection, part.iter().map(row))));
    let mut ids = Vec::with_capacity(accounts.len());
    for (part, inserted) in parts.iter().zip(execute_each(connection, insertions).await?) {
        match ids_in_a_row(connection, &inserted, part.len()) {
            Some(told) => ids.extend(told),
            None => ids.extend(read_ids(connection, part).await?),
        }
    }
    Ok(ids)
}

/// A statement that adds rows.
fn many<A: ActiveModelTrait>(connection: &impl Statements, rows: impl Iterator<Item = A>) -> Statement {
    connection.get_database_backend().build(&A::Entity::insert_many(rows).into_query())
}

/// The ids of accounts that were just added, in the order of the accounts.
async fn read_ids(connection: &impl Statements, part: &[WholeAccount]) -> Result<Vec<i64>, StoreError> {
    let find = users::Entity::find()
        .select_only()
        .columns([users::Column::Uuid, users::Column::Id])
        .filter(users::Column::Uuid.is_in(part.iter().map(|account| account.details.uuid.0)));
    let rows = connection.rows::<(Uuid, i64)>(find.as_query()).await.map_err(store_error)?;
    let ids: HashMap<Uuid, i64> = rows.into_iter().collect();
    let id = |AccountUuid(uuid): AccountUuid| ids.get(&uuid).copied();
    Ok(part.iter().filter_map(|account| id(account.details.uuid)).collect())
}

async fn points(connection: &impl Statements, added: &[Added<'_>]) -> Result<(), StoreError> {
    let opened: Vec<_> = added.iter().filter(|(_, account)| account.details.points != 0).collect();
    let insertions = even_parts(&opened, |_| 0).map(|part| {
        let entries = part.iter().map(|(id, account)| {
            points_entries::ActiveModel::opening(*id, account.details.points, account.details.created_at)
        });
        match connection.get_database_backend() {
            DbBackend::Postgres => insertion(entries),
            _ => Ok(many(connection, entries)),
        }
    });
    execute_each(connection, insertions).await?;
    Ok(())
}

async fn profiles(connection: &impl Statements, added: &[Added<'_>]) -> Result<(), StoreError> {
    let told: Vec<_> = added.iter().filter(|(_, account)| account.profile != Profile::default()).collect();
    for part in parts(&told) {
        let mut insert = Query::insert();
        insert.into_table(profiles::TABLE).columns(["user_id", "avatar", "gender"]);
        for (id, WholeAccount { profile, .. }) in part {
            let picture: Value = profile.picture.map(|key| key.to_string()).into();
            let gender: Value = profile.gender.map(profiles::stored_gender).into();
            insert.values_panic([id.0.into(), picture.into(), gender.into()]);
        }
        connection.execute(&insert).await.map_err(store_error)?;
    }
    Ok(())
}

async fn trash(connection: &impl Statements, added: &[Added<'_>]) -> Result<(), StoreError> {
    let trashed = |(id, account): &Added<'_>| {
        let deleted_at = account.details.deleted_at?;
        Some((*id, Utc::from(deleted_at), account.trash_reason.clone().unwrap_or_default()))
    };
    let trashed: Vec<_> = added.iter().filter_map(trashed).collect();
    for part in sized_parts(&trashed, |(.., reason)| 64 + reason.len()) {
        let mut insert = Query::insert();
        insert.into_table(trash::TABLE).columns(["user_id", "deleted_at", "reason"]);
        for (id, deleted_at, reason) in part {
            insert.values_panic([id.0.into(), (*deleted_at).into(), reason.as_str().into()]);
        }
        connection.execute(&insert).await.map_err(store_error)?;
    }
    Ok(())
}

/// Adds those that are not in the trash to the directory.
async fn list(connection: &impl Statements, added: &[Added<'_>]) -> Result<(), StoreError> {
    let listed = added.iter().filter(|(_, account)| account.details.deleted_at.is_none());
    let named = |(id, account): &Added<'_>| {
        Named::new(*id, account.details.created_at, account.details.username.as_ref())
    };
    let named: Vec<_> = listed.filter_map(named).collect();
    directory::list_new(connection, &named).await
}

async fn contacts(connection: &impl Statements, added: &[Added<'_>]) -> Result<(), StoreError> {
    let owners: Vec<_> = added.iter().filter(|(_, account)| !account.contacts.is_empty()).collect();
    let new: Vec<NewContact> = owners
        .iter()
        .flat_map(|(owner, account)| account.contacts.iter().map(|contact| (*owner, contact.clone())))
        .map(|(owner, contact)| NewContact { owner, facts: contact.facts, avatar: contact.avatar })
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    expect_many(connection, &new).await?;
    let were_settled = address_books::settle(connection).await?;
    let sized = |new: &NewContact| address_books::size(&new.facts, new.avatar.as_ref());
    let ids = if connection.get_database_backend() == DbBackend::Postgres {
        let ids = new_ids(connection, "contacts", new.len()).await?;
        let mut unused = ids.iter();
        let insertions = sized_parts(&new, sized).map(|part| {
            let numbered = part.iter().zip(&mut unused);
            insertion(numbered.map(|(new, id)| contacts::ActiveModel { id: Set(*id), ..new.into() }))
        });
        execute_each(connection, insertions).await?;
        ids.into_iter().map(ContactId).collect()
    } else {
        let insertions = sized_parts(&new, sized)
            .map(|part| Ok(many(connection, part.iter().map(contacts::ActiveModel::from))));
        execute_each(connection, insertions).await?;
        read_contact_ids(connection, &owners).await?
    };
    if ids.len() != new.len() {
        return Err(StoreError::Unexpected("contacts of new accounts are missing".into()));
    }
    let trigrams = new.iter().zip(ids).map(|(new, id)| (new.owner, id, Trigrams::of(&new.facts)));
    put(connection, trigrams).await?;
    if were_settled {
        address_books::jump(connection).await?;
    }
    Ok(())
}

/// The ids of all contacts of some accounts. Nobody else knows these owners, so that what they have is what was just
/// added, in its order.
async fn read_contact_ids(
    connection: &impl Statements,
    owners: &[&Added<'_>],
) -> Result<Vec<ContactId>, StoreError> {
    let mut ids = Vec::new();
    for part in parts(owners) {
        let find = contacts::Entity::find()
            .select_only()
            .column(contacts::Column::Id)
            .filter(contacts::Column::UserId.is_in(part.iter().map(|(id, _)| id.0)))
            .order_by_asc(contacts::Column::UserId)
            .order_by_asc(contacts::Column::Id);
        let rows = connection.rows::<(i64,)>(find.as_query()).await.map_err(store_error)?;
        ids.extend(rows.into_iter().map(|(id,)| ContactId(id)));
    }
    Ok(ids)
}

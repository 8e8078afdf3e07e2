//! Many new contacts of one address book.

use sea_orm::{ColumnTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Set};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::contacts::{Avatar, ContactFacts, ContactId, NewContact, Text};
use vestibule_domain::store::StoreError;

use super::super::arrays::{expect_many, insertion, new_ids};
use super::super::entities::contacts::{ActiveModel, Column, Entity, SEARCHED, Searched};
use super::super::errors::store_error;
use super::super::parts::{ids_in_a_row, sized_parts};
use super::super::pool::Statements;
use super::rows::of_owner;
use super::trigrams::{Trigrams, put};
use super::waiting::{jump, settle};

/// About how large the row of a contact is, in bytes. Its name stands there up to three times.
pub(in super::super) fn size(facts: &ContactFacts, avatar: Option<&Avatar>) -> usize {
    let length = |text: Option<&str>| text.map_or(0, str::len);
    128 + 3 * facts.fullname.as_str().len()
        + 3 * length(facts.email.as_ref().map(Text::as_str))
        + length(facts.additional.as_ref().map(Text::as_str))
        + length(avatar.map(|avatar| avatar.url.as_str()))
}

/// Adds contacts in their order, with the trigrams by which they are found.
pub(super) async fn add(
    connection: &impl Statements,
    owner: AccountId,
    contacts: &[ImportedContact],
) -> Result<(), StoreError> {
    expect_many(connection, contacts).await?;
    let were_settled = settle(connection).await?;
    for part in sized_parts(contacts, |contact| size(&contact.facts, contact.avatar.as_ref())) {
        let rows = part
            .iter()
            .cloned()
            .map(|ImportedContact { facts, avatar }| ActiveModel::from(&NewContact { owner, facts, avatar }));
        let of = |contact: &ImportedContact| Trigrams::of(&contact.facts);
        if connection.get_database_backend() == DbBackend::Postgres {
            let ids = new_ids(connection, "contacts", part.len()).await?;
            let numbered = rows.zip(&ids).map(|(row, id)| ActiveModel { id: Set(*id), ..row });
            connection.execute_raw(insertion(numbered)?).await.map_err(store_error)?;
            put(connection, ids.into_iter().zip(part).map(|(id, one)| (owner, ContactId(id), of(one))))
                .await?;
            continue;
        }
        let insert = Entity::insert_many(rows).into_query();
        let inserted = connection.execute(&insert).await.map_err(store_error)?;
        if let Some(ids) = ids_in_a_row(connection, &inserted, part.len()) {
            put(connection, ids.zip(part).map(|(id, one)| (owner, ContactId(id), of(one)))).await?;
            continue;
        }
        // MySQL tells the first id of a statement, and the others are greater. Whatever somebody else adds to this
        // address book meanwhile has its trigrams written once more, which changes nothing.
        let first = inserted.last_insert_id;
        let added = of_owner(owner).filter(Column::Id.gte(first)).select_only().columns(SEARCHED);
        let added = connection.rows::<Searched>(added.as_query()).await.map_err(store_error)?;
        if added.len() < part.len() {
            return Err(StoreError::Unexpected("contacts that were just added are missing".into()));
        }
        put(connection, added.iter().map(|row| (owner, ContactId(row.id), Trigrams::of_row(row)))).await?;
    }
    if were_settled {
        jump(connection).await?;
    }
    Ok(())
}

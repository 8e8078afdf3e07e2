//! Who has an identifier.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;
use vestibule_domain::accounts::import::{Holder, Identities};
use vestibule_domain::accounts::{AccountId, AccountUuid, EmailAddress, MobileNumber, Username};
use vestibule_domain::store::StoreError;

use super::super::entities::users::{Column, Entity};
use super::super::errors::store_error;
use super::super::parts::parts;
use super::super::pool::Statements;

const COLUMNS: [Column; 5] = [Column::Id, Column::Uuid, Column::Email, Column::Username, Column::Mobile];
type Row = (i64, Uuid, Option<String>, Option<String>, Option<String>);

/// One look at an index for each kind of identifier and part.
pub(super) async fn holders(
    connection: &impl Statements,
    identities: &Identities,
) -> Result<Vec<Holder>, StoreError> {
    let Identities { uuids, emails, usernames, mobiles } = identities;
    let mut found = Vec::new();
    for part in parts(uuids) {
        look(connection, Column::Uuid.is_in(part.iter().map(|uuid| uuid.0)), &mut found).await?;
    }
    for part in parts(emails) {
        look(connection, Column::Email.is_in(part.iter().map(EmailAddress::as_str)), &mut found).await?;
    }
    for part in parts(usernames) {
        let folded = part.iter().map(Username::folded);
        look(connection, Column::UsernameFolded.is_in(folded), &mut found).await?;
    }
    for part in parts(mobiles) {
        look(connection, Column::Mobile.is_in(part.iter().map(MobileNumber::as_str)), &mut found).await?;
    }
    Ok(found)
}

async fn look(connection: &impl Statements, which: Expr, found: &mut Vec<Holder>) -> Result<(), StoreError> {
    let find = Entity::find().select_only().columns(COLUMNS).filter(which);
    let rows = connection.rows::<Row>(find.as_query()).await.map_err(store_error)?;
    found.extend(rows.into_iter().map(|(id, uuid, email, username, mobile)| Holder {
        id: AccountId(id),
        uuid: AccountUuid(uuid),
        email: email.map(EmailAddress::from_stored),
        username: username.map(Username::from_stored),
        mobile: mobile.map(MobileNumber::from_stored),
    }));
    Ok(())
}

//! Names are compared in Unicode's form NFC: `é` is one name, whether it was typed as one character or as `e` and an
//! accent. The texts stay as they were given.
//!
//! `up` makes anew what names are compared by, in parts and only where the form changes something. It holds its own copy
//! of that code, so that no name can be taken twice once it is done. Two names that become equal are kept as they are and
//! logged: one has the form that is compared by, and the other is found by its own spelling alone.
//!
//! `fullname_nfc` and `email_nfc` hold a text of a contact in NFC where it was given in another form, since a search
//! prefers the exact spelling.
//!
//! `down` makes the forms that the release before compares by. Codes of countries stay in NFC.

use sea_orm_migration::prelude::*;

use crate::normal_forms::{Rule, contacts, directory, names};

const CONTACTS: &str = "contacts";
/// A text in NFC can be three times as long: some characters stand for three.
const COLUMNS: [(&str, u32); 2] = [("fullname_nfc", 450), ("email_nfc", 600)];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (column, length) in COLUMNS {
            // A run that was cut off on MySQL may have added it.
            if !manager.has_column(CONTACTS, column).await? {
                let column = ColumnDef::new(column).string_len(length).to_owned();
                manager.alter_table(Table::alter().table(CONTACTS).add_column(column).to_owned()).await?;
            }
        }
        make_anew(manager, Rule::Plain, Rule::Normal).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        make_anew(manager, Rule::Normal, Rule::Plain).await?;
        for (column, _) in COLUMNS {
            manager.alter_table(Table::alter().table(CONTACTS).drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

async fn make_anew(manager: &SchemaManager<'_>, before: Rule, after: Rule) -> Result<(), DbErr> {
    for table in ["genres", "actors", "languages"] {
        names::make_anew(manager, table, "name", "name_folded", |name| after.lower_case(name)).await?;
    }
    if after == Rule::Normal {
        names::make_anew(manager, "countries", "code", "code", Rule::country_code).await?;
    }
    names::make_anew(manager, "users", "username", "username_folded", |name| after.lower_case(name)).await?;
    directory::make_anew(manager, before, after).await?;
    contacts::make_anew(manager, after).await
}

//! Names are compared in Unicode's form NFC: `é` is one name, whether it was typed as one character or as `e` and an
//! accent. The texts stay as they were given.
//!
//! `up` makes anew what names are compared by, in parts and only where the form changes something. It holds its own copy
//! of that code, so that no name can be taken twice once it is done. Two names that become equal are kept as they are and
//! logged: one has the form that is compared by. The account that has not is found by its own spelling alone.
//!
//! E-mail addresses are in NFC already, as the adapter reads them. Those that were added by SQL are put into it.
//!
//! `fullname_nfc` and `email_nfc` hold a text of a contact in NFC where it was given in another form, since a search
//! prefers the exact spelling.
//!
//! `down` makes the forms that the release before compares by. Codes of countries and addresses stay in NFC.

use sea_orm_migration::prelude::*;

use crate::normal_forms::{Names, Rule, contacts, directory};

/// These have names by which they are told apart.
const CATALOGUE: [&str; 3] = ["genres", "actors", "languages"];
/// What becomes of a row of the catalogue.
const UNUSED: &str = "is used for no more movies";

const CONTACTS: &str = "contacts";
/// A text in NFC can be three times as long: some characters stand for three.
const COLUMNS: [(&str, u32); 2] = [("fullname_nfc", 450), ("email_nfc", 600)];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let codes = Names { table: "countries", name: "code", key: "code", otherwise: UNUSED };
        codes.make_anew(manager, Rule::country_code).await?;
        let addresses = Names {
            table: "users",
            name: "email",
            key: "email",
            otherwise: "is not found by its address until that is changed",
        };
        addresses.make_anew(manager, |address| Rule::Normal.form(address).into_owned()).await?;
        make_names_anew(manager, Rule::Plain, Rule::Normal).await?;
        // Last: on PostgreSQL nobody reads the table from now on until the run is over.
        for (column, length) in COLUMNS {
            // A run that was cut off on MySQL may have added it.
            if !manager.has_column(CONTACTS, column).await? {
                let column = ColumnDef::new(column).string_len(length).to_owned();
                manager.alter_table(Table::alter().table(CONTACTS).add_column(column).to_owned()).await?;
            }
        }
        contacts::make_anew(manager, Rule::Normal).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        make_names_anew(manager, Rule::Normal, Rule::Plain).await?;
        contacts::make_anew(manager, Rule::Plain).await?;
        for (column, _) in COLUMNS {
            // A run that was cut off on MySQL may have dropped it.
            if manager.has_column(CONTACTS, column).await? {
                manager.alter_table(Table::alter().table(CONTACTS).drop_column(column).to_owned()).await?;
            }
        }
        Ok(())
    }
}

async fn make_names_anew(manager: &SchemaManager<'_>, before: Rule, after: Rule) -> Result<(), DbErr> {
    for table in CATALOGUE {
        let names = Names { table, name: "name", key: "name_folded", otherwise: UNUSED };
        names.make_anew(manager, |name| after.lower_case(name)).await?;
    }
    let names = Names {
        table: "users",
        name: "username",
        key: "username_folded",
        otherwise: "is found by its own spelling alone",
    };
    names.make_anew(manager, |name| after.lower_case(name)).await?;
    directory::make_anew(manager, before, after).await
}

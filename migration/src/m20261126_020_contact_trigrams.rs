//! What contacts are searched by: every three characters in a row of a folded name or address, as a
//! number that sorts as they do. A part of a name is found by the rarest of its three characters, on every
//! backend alike.
//!
//! Beside them stands in which letter cases they are there, so that `anna` is known to be nowhere in small
//! letters without a look at every Anna.
//!
//! It is derived from the contacts, by code that a migration does not have: `up` leaves it empty. Each change of
//! a contact writes all of that contact's, and the next server that starts, or `vestibule contacts reindex`,
//! writes everybody's (`m20261128_026_contact_index_progress`).

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::schema::{drop_table, foreign_key, table, user_id};

const TABLE: &str = "contact_trigrams";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut trigrams = table(manager, TABLE);
        trigrams
            .col(user_id())
            .col(ColumnDef::new("trigram").big_integer().not_null())
            // Not a foreign key, which would need an index as large as the table: the adapter removes
            // these rows with the contact, and a row without a contact finds nothing.
            .col(ColumnDef::new("contact_id").big_integer().not_null())
            // A bit for each way in which the three can be folded letters or not.
            .col(ColumnDef::new("cases").small_integer().not_null())
            .primary_key(
                Index::create().name("pk_contact_trigrams").col("user_id").col("trigram").col("contact_id"),
            )
            .foreign_key(&mut foreign_key(
                "fk_contact_trigrams_user_id",
                (TABLE, "user_id"),
                ("users", "id"),
                ForeignKeyAction::Cascade,
            ));
        if manager.get_database_backend() == DbBackend::Sqlite {
            // The primary key is the table, as it is on MySQL.
            trigrams.extra("WITHOUT ROWID");
        }
        manager.create_table(trigrams).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}

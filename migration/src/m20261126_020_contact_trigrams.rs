//! Trigrams, by which contacts are searched: every three consecutive characters of a folded name or address, as a
//! number that sorts as they do. A search finds a part of a name by the rarest of its trigrams, on every backend
//! alike.
//!
//! Each row also records the letter cases in which the contact has the trigram. So a search that no contact matches
//! exactly, such as `anna` among people who are all called Anna, needs no look at the contacts to know that.
//!
//! The table is derived from the contacts by code that migrations do not have, so `up` leaves it empty. Each change
//! of a contact writes all trigrams of that contact. The next server that starts, or `vestibule contacts reindex`,
//! writes those of all contacts (`m20261128_026_contact_index_progress`).

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
            // This is not a foreign key, which would need an index as large as the table. The adapter removes these
            // rows with the contact, and a row without a contact finds nothing.
            .col(ColumnDef::new("contact_id").big_integer().not_null())
            // One bit for each combination of folded and unfolded letters among the three.
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
            // The rows are stored in the primary key, as on MySQL.
            trigrams.extra("WITHOUT ROWID");
        }
        manager.create_table(trigrams).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}

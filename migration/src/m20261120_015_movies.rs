//! Movies (theater contract 4).

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, foreign_key, id, index, table, text};

const TABLE: &str = "movies";

/// The labels of `moviestatusenum`.
const STATUSES: [&str; 3] = ["RELEASED", "POST_PRODUCTION", "IN_PRODUCTION"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut movies = table(manager, TABLE);
        movies
            .col(id())
            .col(ColumnDef::new("name").string_len(255).not_null())
            .col(ColumnDef::new("date").date().not_null())
            .col(ColumnDef::new("score").double().not_null())
            .col(text(manager, "overview").not_null())
            .col(ColumnDef::new("status").string_len(16).not_null())
            // A double on SQLite, which has no decimals: 15 digits fit into one.
            .col(ColumnDef::new("budget").decimal_len(15, 2).not_null())
            .col(ColumnDef::new("revenue").double().not_null())
            .col(ColumnDef::new("country_id").big_integer().not_null())
            .check(("ck_movies_status", Expr::col("status").is_in(STATUSES)))
            .foreign_key(&mut foreign_key(
                "fk_movies_country_id",
                (TABLE, "country_id"),
                ("countries", "id"),
                ForeignKeyAction::Restrict,
            ));
        manager.create_table(movies).await?;
        // The contract gives this name.
        manager
            .create_index(index("unique_movie_constraint", TABLE, &["name", "date"]).unique().to_owned())
            .await?;
        // This is also the smallest index, over which movies are counted.
        manager.create_index(index("ix_movies_country_id", TABLE, &["country_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}

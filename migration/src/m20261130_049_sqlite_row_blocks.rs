//! How many rows there are in each block of ids on SQLite, as on PostgreSQL (`m20261128_039_row_blocks`): a page far behind
//! in an address book of 100,000 passed over all of them, and each page of a catalogue counted all of it.
//!
//! SQLite has one writer, so that nobody waits for a count that somebody else changes: each is one row. Triggers count, so
//! the release before this one does too, and whoever writes by hand. Rows that a foreign key removes are counted by them as
//! all others, so nothing is left of an owner.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, DOWN).await
    }
}

async fn run(manager: &SchemaManager<'_>, statements: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Sqlite {
        manager.get_connection().execute_unprepared(statements).await?;
    }
    Ok(())
}

/// The adapter has the same size of a block, 1024 ids.
const UP: &str = "
    CREATE TABLE contact_blocks (
        user_id bigint NOT NULL,
        block bigint NOT NULL,
        contacts integer NOT NULL,
        CONSTRAINT pk_contact_blocks PRIMARY KEY (user_id, block)
    ) WITHOUT ROWID;
    INSERT INTO contact_blocks SELECT user_id, id / 1024, count(*) FROM contacts GROUP BY 1, 2;
    CREATE TRIGGER count_new_contacts AFTER INSERT ON contacts BEGIN
        INSERT INTO contact_blocks (user_id, block, contacts) VALUES (NEW.user_id, NEW.id / 1024, 1)
            ON CONFLICT (user_id, block) DO UPDATE SET contacts = contacts + 1;
    END;
    CREATE TRIGGER count_gone_contacts AFTER DELETE ON contacts BEGIN
        UPDATE contact_blocks SET contacts = contacts - 1
            WHERE user_id = OLD.user_id AND block = OLD.id / 1024;
        DELETE FROM contact_blocks
            WHERE user_id = OLD.user_id AND block = OLD.id / 1024 AND contacts <= 0;
    END;
    CREATE TABLE movie_blocks (
        block bigint NOT NULL,
        movies integer NOT NULL,
        CONSTRAINT pk_movie_blocks PRIMARY KEY (block)
    ) WITHOUT ROWID;
    INSERT INTO movie_blocks SELECT id / 1024, count(*) FROM movies GROUP BY 1;
    CREATE TRIGGER count_new_movies AFTER INSERT ON movies BEGIN
        INSERT INTO movie_blocks (block, movies) VALUES (NEW.id / 1024, 1)
            ON CONFLICT (block) DO UPDATE SET movies = movies + 1;
    END;
    CREATE TRIGGER count_gone_movies AFTER DELETE ON movies BEGIN
        UPDATE movie_blocks SET movies = movies - 1 WHERE block = OLD.id / 1024;
        DELETE FROM movie_blocks WHERE block = OLD.id / 1024 AND movies <= 0;
    END;
";

const DOWN: &str = "
    DROP TRIGGER count_new_contacts;
    DROP TRIGGER count_gone_contacts;
    DROP TABLE contact_blocks;
    DROP TRIGGER count_new_movies;
    DROP TRIGGER count_gone_movies;
    DROP TABLE movie_blocks;
";

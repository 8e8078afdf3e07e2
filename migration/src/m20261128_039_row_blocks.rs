//! How many rows there are in each block of ids: of the contacts of an owner, and of movies. So a page far behind is
//! found without passing over all rows before it, and movies are counted without a look at each.
//!
//! PostgreSQL alone has them: there it takes several times as long to pass over a row. Triggers count, in the unit of
//! work that adds or removes rows. So the release before this one counts too, and whoever writes by hand.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &[CONTACTS, MOVIES]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &[NO_MOVIES, NO_CONTACTS]).await
    }
}

/// Runs statements on PostgreSQL.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        for statements in statements {
            manager.get_connection().execute_unprepared(statements).await?;
        }
    }
    Ok(())
}

/// The adapter has the same size of a block, 1024 ids. Blocks are locked in one order, so that two units never wait for
/// each other. What was there is counted after the triggers, which keep others from writing until the commit.
pub(crate) const CONTACTS: &str = "
    CREATE TABLE contact_blocks (
        user_id bigint NOT NULL,
        block bigint NOT NULL,
        contacts integer NOT NULL,
        CONSTRAINT pk_contact_blocks PRIMARY KEY (user_id, block),
        CONSTRAINT fk_contact_blocks_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    );
    CREATE OR REPLACE FUNCTION count_contact_blocks() RETURNS trigger LANGUAGE plpgsql AS $count$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO contact_blocks (user_id, block, contacts)
                SELECT user_id, id / 1024, count(*) FROM changed GROUP BY 1, 2 ORDER BY 1, 2
                ON CONFLICT (user_id, block) DO UPDATE SET contacts = contact_blocks.contacts + excluded.contacts;
        ELSIF TG_OP = 'DELETE' THEN
            PERFORM 1 FROM contact_blocks WHERE (user_id, block) IN (SELECT user_id, id / 1024 FROM changed)
                ORDER BY user_id, block FOR UPDATE;
            UPDATE contact_blocks AS counted SET contacts = counted.contacts - gone.contacts
                FROM (SELECT user_id, id / 1024 AS block, count(*) AS contacts FROM changed GROUP BY 1, 2) AS gone
                WHERE counted.user_id = gone.user_id AND counted.block = gone.block;
            DELETE FROM contact_blocks
                WHERE contacts <= 0 AND (user_id, block) IN (SELECT user_id, id / 1024 FROM changed);
        ELSE
            DELETE FROM contact_blocks;
        END IF;
        RETURN NULL;
    END $count$;
    CREATE TRIGGER count_new_contacts AFTER INSERT ON contacts REFERENCING NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION count_contact_blocks();
    CREATE TRIGGER count_gone_contacts AFTER DELETE ON contacts REFERENCING OLD TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION count_contact_blocks();
    CREATE TRIGGER count_no_contacts AFTER TRUNCATE ON contacts
        FOR EACH STATEMENT EXECUTE FUNCTION count_contact_blocks();
    INSERT INTO contact_blocks SELECT user_id, id / 1024, count(*) FROM contacts GROUP BY 1, 2;
";

const NO_CONTACTS: &str = "
    DROP TRIGGER count_new_contacts ON contacts;
    DROP TRIGGER count_gone_contacts ON contacts;
    DROP TRIGGER count_no_contacts ON contacts;
    DROP FUNCTION count_contact_blocks();
    DROP TABLE contact_blocks;
";

/// The same for movies, which nobody owns.
pub(crate) const MOVIES: &str = "
    CREATE TABLE movie_blocks (
        block bigint NOT NULL,
        movies integer NOT NULL,
        CONSTRAINT pk_movie_blocks PRIMARY KEY (block)
    );
    CREATE OR REPLACE FUNCTION count_movie_blocks() RETURNS trigger LANGUAGE plpgsql AS $count$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO movie_blocks (block, movies)
                SELECT id / 1024, count(*) FROM changed GROUP BY 1 ORDER BY 1
                ON CONFLICT (block) DO UPDATE SET movies = movie_blocks.movies + excluded.movies;
        ELSIF TG_OP = 'DELETE' THEN
            PERFORM 1 FROM movie_blocks WHERE block IN (SELECT id / 1024 FROM changed) ORDER BY block FOR UPDATE;
            UPDATE movie_blocks AS counted SET movies = counted.movies - gone.movies
                FROM (SELECT id / 1024 AS block, count(*) AS movies FROM changed GROUP BY 1) AS gone
                WHERE counted.block = gone.block;
            DELETE FROM movie_blocks WHERE movies <= 0 AND block IN (SELECT id / 1024 FROM changed);
        ELSE
            DELETE FROM movie_blocks;
        END IF;
        RETURN NULL;
    END $count$;
    CREATE TRIGGER count_new_movies AFTER INSERT ON movies REFERENCING NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION count_movie_blocks();
    CREATE TRIGGER count_gone_movies AFTER DELETE ON movies REFERENCING OLD TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION count_movie_blocks();
    CREATE TRIGGER count_no_movies AFTER TRUNCATE ON movies
        FOR EACH STATEMENT EXECUTE FUNCTION count_movie_blocks();
    INSERT INTO movie_blocks SELECT id / 1024, count(*) FROM movies GROUP BY 1;
";

const NO_MOVIES: &str = "
    DROP TRIGGER count_new_movies ON movies;
    DROP TRIGGER count_gone_movies ON movies;
    DROP TRIGGER count_no_movies ON movies;
    DROP FUNCTION count_movie_blocks();
    DROP TABLE movie_blocks;
";

//! Counts of rows in blocks of ids without a row that writers share (`m20261128_039_row_blocks`).
//!
//! There was one count for each block, which every insertion into the block changed. So whoever added to an address book
//! waited for the commit of whoever was adding to it, and with 64 clients it took eight times as long as without counts.
//!
//! Now a writer adds what it changed as a row of its own, the delta. A block has as many rows as there are in its sums and
//! deltas together, and the views `contact_blocks` and `movie_blocks` are what the tables of that name were. So servers of
//! the release before read them as before, and never knew who writes them.
//!
//! Every 64th delta, by chance, its writer folds the deltas that nobody else holds into sums: it removes them with the sums
//! of the same blocks, and adds their sums. So there are about 64 deltas of an owner, whatever he does. Nobody waits for
//! anybody, because rows are only added and removed, none has to be unique, and what is locked is passed over. Two who fold
//! at once may leave two sums of a block, which are one after the next time.

use sea_orm_migration::prelude::*;

use crate::m20261128_039_row_blocks::{self as row_blocks, run};
use crate::taken::take;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        take(manager, TABLES).await?;
        run(manager, &[CONTACTS, MOVIES]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        take(manager, TABLES).await?;
        run(manager, &[NO_CONTACTS, row_blocks::CONTACTS, NO_MOVIES, row_blocks::MOVIES]).await
    }
}

/// So whoever writes has ended, and the next one finds the new functions. With those that the changes up to
/// `m20261129_046_sessions_last_seen` need: they follow in the same run. An account is before its sessions and its
/// contacts, as those lock them who remove both.
const TABLES: &str = "users, sessions, contacts, contact_blocks, movies, movie_blocks, movies_genres, \
                      actors_movies, movies_languages, genres, actors, languages";

/// There is no foreign key, which would be checked with every delta. What is left of an owner is removed with him, and
/// where he had contacts when they are: PostgreSQL tells triggers of rows that a foreign key removes last.
const CONTACTS: &str = "
    CREATE TABLE contact_block_sums (user_id bigint NOT NULL, block bigint NOT NULL, contacts integer NOT NULL);
    CREATE TABLE contact_block_deltas (user_id bigint NOT NULL, block bigint NOT NULL, contacts integer NOT NULL);
    INSERT INTO contact_block_sums SELECT user_id, block, contacts FROM contact_blocks;
    CREATE INDEX ix_contact_block_sums_user_id_block ON contact_block_sums (user_id, block);
    CREATE INDEX ix_contact_block_deltas_user_id ON contact_block_deltas (user_id);
    DROP TABLE contact_blocks;
    CREATE VIEW contact_blocks AS
        SELECT user_id, block, sum(contacts)::integer AS contacts
        FROM (SELECT user_id, block, contacts FROM contact_block_sums
            UNION ALL SELECT user_id, block, contacts FROM contact_block_deltas) AS counted
        GROUP BY user_id, block HAVING sum(contacts) <> 0;
    CREATE OR REPLACE FUNCTION fold_contact_blocks(owner bigint) RETURNS void LANGUAGE plpgsql
        SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $fold$
    BEGIN
        WITH deltas AS (
            DELETE FROM contact_block_deltas WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM contact_block_deltas WHERE user_id = owner FOR UPDATE SKIP LOCKED
            )) RETURNING block, contacts
        ), sums AS (
            DELETE FROM contact_block_sums WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM contact_block_sums
                WHERE user_id = owner AND block IN (SELECT block FROM deltas) FOR UPDATE SKIP LOCKED
            )) RETURNING block, contacts
        )
        INSERT INTO contact_block_sums (user_id, block, contacts)
            SELECT owner, block, sum(contacts)
            FROM (SELECT block, contacts FROM deltas UNION ALL SELECT block, contacts FROM sums) AS counted
            GROUP BY block HAVING sum(contacts) <> 0;
    END $fold$;
    CREATE OR REPLACE FUNCTION count_contact_blocks() RETURNS trigger LANGUAGE plpgsql AS $count$
    DECLARE
        owner bigint;
        deltas bigint;
    BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO contact_block_deltas (user_id, block, contacts)
                SELECT user_id, id / 1024, count(*) FROM changed GROUP BY 1, 2;
            GET DIAGNOSTICS deltas = ROW_COUNT;
            IF random() * 64 < deltas THEN
                FOR owner IN SELECT user_id FROM changed GROUP BY user_id
                    HAVING random() * least(64, deltas) < count(DISTINCT id / 1024)
                LOOP
                    PERFORM fold_contact_blocks(owner);
                END LOOP;
            END IF;
        ELSIF TG_OP = 'DELETE' THEN
            INSERT INTO contact_block_deltas (user_id, block, contacts)
                SELECT user_id, id / 1024, -count(*) FROM changed GROUP BY 1, 2;
            FOR owner, deltas IN SELECT user_id, count(DISTINCT id / 1024) FROM changed GROUP BY user_id LOOP
                IF NOT EXISTS (SELECT FROM users WHERE id = owner) THEN
                    DELETE FROM contact_block_deltas WHERE user_id = owner;
                    DELETE FROM contact_block_sums WHERE user_id = owner;
                ELSIF random() * 64 < deltas THEN
                    PERFORM fold_contact_blocks(owner);
                END IF;
            END LOOP;
        ELSE
            DELETE FROM contact_block_deltas;
            DELETE FROM contact_block_sums;
        END IF;
        RETURN NULL;
    END $count$;
    CREATE OR REPLACE FUNCTION forget_contact_blocks() RETURNS trigger LANGUAGE plpgsql AS $forget$
    BEGIN
        DELETE FROM contact_block_deltas WHERE user_id = OLD.id;
        DELETE FROM contact_block_sums WHERE user_id = OLD.id;
        RETURN NULL;
    END $forget$;
    CREATE TRIGGER forget_contact_blocks AFTER DELETE ON users
        FOR EACH ROW EXECUTE FUNCTION forget_contact_blocks();
";

const NO_CONTACTS: &str = "
    DROP TRIGGER forget_contact_blocks ON users;
    DROP TRIGGER count_new_contacts ON contacts;
    DROP TRIGGER count_gone_contacts ON contacts;
    DROP TRIGGER count_no_contacts ON contacts;
    DROP FUNCTION forget_contact_blocks();
    DROP FUNCTION count_contact_blocks();
    DROP FUNCTION fold_contact_blocks(bigint);
    DROP VIEW contact_blocks;
    DROP TABLE contact_block_sums, contact_block_deltas;
";

/// The same for movies, which nobody owns. All deltas are read, also within a batch of an import, where reading a whole
/// table is otherwise made to look so dear that PostgreSQL would compile the plan.
const MOVIES: &str = "
    CREATE TABLE movie_block_sums (block bigint NOT NULL, movies integer NOT NULL);
    CREATE TABLE movie_block_deltas (block bigint NOT NULL, movies integer NOT NULL);
    INSERT INTO movie_block_sums SELECT block, movies FROM movie_blocks;
    CREATE INDEX ix_movie_block_sums_block ON movie_block_sums (block);
    DROP TABLE movie_blocks;
    CREATE VIEW movie_blocks AS
        SELECT block, sum(movies)::integer AS movies
        FROM (SELECT block, movies FROM movie_block_sums
            UNION ALL SELECT block, movies FROM movie_block_deltas) AS counted
        GROUP BY block HAVING sum(movies) <> 0;
    CREATE OR REPLACE FUNCTION fold_movie_blocks() RETURNS void LANGUAGE plpgsql
        SET enable_seqscan = on SET jit = off AS $fold$
    BEGIN
        WITH deltas AS (
            DELETE FROM movie_block_deltas WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM movie_block_deltas FOR UPDATE SKIP LOCKED
            )) RETURNING block, movies
        ), sums AS (
            DELETE FROM movie_block_sums WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM movie_block_sums
                WHERE block IN (SELECT block FROM deltas) FOR UPDATE SKIP LOCKED
            )) RETURNING block, movies
        )
        INSERT INTO movie_block_sums (block, movies)
            SELECT block, sum(movies)
            FROM (SELECT block, movies FROM deltas UNION ALL SELECT block, movies FROM sums) AS counted
            GROUP BY block HAVING sum(movies) <> 0;
    END $fold$;
    CREATE OR REPLACE FUNCTION count_movie_blocks() RETURNS trigger LANGUAGE plpgsql AS $count$
    DECLARE
        deltas bigint;
    BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO movie_block_deltas (block, movies)
                SELECT id / 1024, count(*) FROM changed GROUP BY 1;
        ELSIF TG_OP = 'DELETE' THEN
            INSERT INTO movie_block_deltas (block, movies)
                SELECT id / 1024, -count(*) FROM changed GROUP BY 1;
        ELSE
            DELETE FROM movie_block_deltas;
            DELETE FROM movie_block_sums;
            RETURN NULL;
        END IF;
        GET DIAGNOSTICS deltas = ROW_COUNT;
        IF random() * 64 < deltas THEN
            PERFORM fold_movie_blocks();
        END IF;
        RETURN NULL;
    END $count$;
";

const NO_MOVIES: &str = "
    DROP TRIGGER count_new_movies ON movies;
    DROP TRIGGER count_gone_movies ON movies;
    DROP TRIGGER count_no_movies ON movies;
    DROP FUNCTION count_movie_blocks();
    DROP FUNCTION fold_movie_blocks();
    DROP VIEW movie_blocks;
    DROP TABLE movie_block_sums, movie_block_deltas;
";

//! Reads of PostgreSQL whose plans are kept: the links of a movie, and which rows are on a page far behind.
//!
//! Sessions of the server plan each statement anew (`crates/infrastructure/src/db/connect/postgres.rs`). That takes longer
//! than such a read itself: 145 of 165 µs for the links of a movie. A function keeps its plan as long as the connection
//! lives. There is one good plan for each of them, whatever the tables hold, and without sequential scans that one is found
//! beside empty tables too.

use sea_orm_migration::prelude::*;

use crate::m20261128_039_row_blocks::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &[LINKS, MOVIES, CONTACTS]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &[DOWN]).await
    }
}

const LINKS: &str = "
    CREATE OR REPLACE FUNCTION movie_links(movie bigint) RETURNS TABLE (kind text, id bigint, name text) LANGUAGE plpgsql STABLE
        SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $links$
    BEGIN
        RETURN QUERY
            SELECT 'genres', names.id::bigint, names.name::text
            FROM movies_genres AS links JOIN genres AS names ON names.id = links.genre_id
            WHERE links.movie_id = movie
            UNION ALL
            SELECT 'actors', names.id::bigint, names.name::text
            FROM actors_movies AS links JOIN actors AS names ON names.id = links.actor_id
            WHERE links.movie_id = movie
            UNION ALL
            SELECT 'languages', names.id::bigint, names.name::text
            FROM movies_languages AS links JOIN languages AS names ON names.id = links.language_id
            WHERE links.movie_id = movie;
    END $links$;
";

/// The ids of so many movies after so many others, the newest first. A block has 1024 ids.
const MOVIES: &str = "
    CREATE OR REPLACE FUNCTION movies_page(passed bigint, wanted bigint) RETURNS bigint[] LANGUAGE plpgsql STABLE
        SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $page$
    BEGIN
        RETURN ARRAY(
            WITH blocks AS (
                SELECT block, sum(movies) OVER (ORDER BY block DESC) - movies AS before FROM movie_blocks
            ), first AS (
                SELECT block, before FROM blocks WHERE before <= passed ORDER BY block LIMIT 1
            )
            SELECT id FROM movies WHERE id < (SELECT (block + 1) * 1024 FROM first)
            ORDER BY id DESC OFFSET passed - (SELECT before FROM first) LIMIT wanted
        );
    END $page$;
";

/// The ids of so many contacts of an owner after so many others, in order of ids. Owner and id are compared as one, which is
/// the form in which PostgreSQL begins at the entry of the index, and in which no other index has the order.
const CONTACTS: &str = "
    CREATE OR REPLACE FUNCTION contacts_page(owner bigint, passed bigint, wanted bigint) RETURNS bigint[] LANGUAGE plpgsql STABLE
        SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off AS $page$
    BEGIN
        RETURN ARRAY(
            WITH blocks AS (
                SELECT block, sum(contacts) OVER (ORDER BY block) - contacts AS before
                FROM contact_blocks WHERE user_id = owner
            ), first AS (
                SELECT block, before FROM blocks WHERE before <= passed ORDER BY block DESC LIMIT 1
            )
            SELECT id FROM contacts
            WHERE (user_id, id) >= (owner, (SELECT block * 1024 FROM first)) AND user_id <= owner
            ORDER BY user_id, id OFFSET passed - (SELECT before FROM first) LIMIT wanted
        );
    END $page$;
";

const DOWN: &str = "
    DROP FUNCTION contacts_page(bigint, bigint, bigint);
    DROP FUNCTION movies_page(bigint, bigint);
    DROP FUNCTION movie_links(bigint);
";

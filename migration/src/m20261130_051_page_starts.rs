//! Where a page far behind in an address book begins, for PostgreSQL.
//!
//! `contacts_page` of the change before tells the ids of such a page, and always walks to it from the beginning of its
//! block: 900 entries for the last page of many a book. `contacts_page_start` tells the first id alone, from the nearest end,
//! and adds no counts up by blocks for a page that is near the end of the book. `contacts_page` stays for servers that were
//! built before.

use sea_orm_migration::prelude::*;

use crate::m20261128_039_row_blocks::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &[CONTACTS]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &["DROP FUNCTION contacts_page_start(bigint, bigint)"]).await
    }
}

/// The id of the contact of an owner that follows so many others, in order of ids. Past the end it is the largest number:
/// behind that PostgreSQL finds the end of the index, where for no number it would walk through the whole book. A block has
/// 1024 ids. Several rows count
/// one block, and the sum up to a block is that of all of them.
const CONTACTS: &str = "
    CREATE OR REPLACE FUNCTION contacts_page_start(owner bigint, passed bigint) RETURNS bigint LANGUAGE plpgsql STABLE
        SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off AS $start$
    DECLARE
        behind bigint;
        here bigint;
        beginning bigint;
        ending bigint;
    BEGIN
        behind := (
            SELECT sum(contacts)
            FROM (SELECT contacts FROM contact_block_sums WHERE user_id = owner
                UNION ALL SELECT contacts FROM contact_block_deltas WHERE user_id = owner) AS counted
        ) - passed;
        IF behind <= 0 OR behind IS NULL THEN
            RETURN 9223372036854775807;
        END IF;
        IF behind <= 512 THEN
            RETURN (
                SELECT id FROM contacts WHERE user_id BETWEEN owner AND owner
                ORDER BY user_id DESC, id DESC OFFSET behind - 1 LIMIT 1
            );
        END IF;
        SELECT min(block) FILTER (WHERE up_to > passed), coalesce(max(up_to) FILTER (WHERE up_to <= passed), 0),
            min(up_to) FILTER (WHERE up_to > passed)
        INTO here, beginning, ending
        FROM (
            SELECT block, sum(contacts) OVER (ORDER BY block) AS up_to
            FROM (SELECT block, contacts FROM contact_block_sums WHERE user_id = owner
                UNION ALL SELECT block, contacts FROM contact_block_deltas WHERE user_id = owner) AS counted
        ) AS blocks;
        IF passed - beginning < ending - passed THEN
            RETURN (
                SELECT id FROM contacts WHERE (user_id, id) >= (owner, here * 1024) AND user_id <= owner
                ORDER BY user_id, id OFFSET passed - beginning LIMIT 1
            );
        END IF;
        RETURN (
            SELECT id FROM contacts WHERE (user_id, id) < (owner, (here + 1) * 1024) AND user_id >= owner
            ORDER BY user_id DESC, id DESC OFFSET ending - passed - 1 LIMIT 1
        );
    END $start$;
";

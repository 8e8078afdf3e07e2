//! What the directory is searched by: names in its order, and their trigrams.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, Username};
use vestibule_domain::store::StoreError;

use super::super::arrays::{numbers, statement, texts};
use super::super::entities::Utc;
use super::super::errors::store_error;
use super::super::parts::{even_parts, execute_each};
use super::super::pool::Statements;
use super::super::trigram::{MOST, pack};

/// The names of the accounts that are listed.
pub(super) const NAMES: &str = "account_names";
/// Their trigrams.
pub(super) const TRIGRAMS: &str = "account_trigrams";

/// An account with a name, as it stands in the directory.
#[derive(Debug, Clone)]
pub(in super::super) struct Named {
    created_at_us: i64,
    id: i64,
    name: String,
    /// What a release before may have listed it by.
    name_before: Option<String>,
}

impl Named {
    /// `None` if the account has no name: no part of one is found in it.
    pub(in super::super) fn new(
        id: AccountId,
        created_at: OffsetDateTime,
        username: Option<&Username>,
    ) -> Option<Self> {
        let created_at = Utc::from(created_at).0;
        let created_at_us = created_at.unix_timestamp() * 1_000_000 + i64::from(created_at.microsecond());
        username.map(|username| Self {
            created_at_us,
            id: id.0,
            name: username.searched(),
            name_before: username.searched_before(),
        })
    }
}

/// Adds names to what is searched.
pub(in super::super) async fn list(
    connection: &impl Statements,
    accounts: &[Named],
) -> Result<(), StoreError> {
    write(connection, accounts, Known::Perhaps).await
}

/// Adds the names of accounts that were just added. Ids are never given twice, so that nothing of them is there, and no
/// database has to look for it.
pub(in super::super) async fn list_new(
    connection: &impl Statements,
    accounts: &[Named],
) -> Result<(), StoreError> {
    write(connection, accounts, Known::No).await
}

/// Whether rows of an account may be there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    No,
    /// A name that an account left behind which is gone says nothing.
    Perhaps,
}

async fn write(connection: &impl Statements, accounts: &[Named], known: Known) -> Result<(), StoreError> {
    let mut rows: Vec<_> = accounts.iter().flat_map(rows).collect();
    // In the order of the table, so that each is written where the last one ended.
    rows.sort_unstable();
    if connection.get_database_backend() == DbBackend::Postgres {
        return write_arrays(connection, accounts, &rows, known).await;
    }
    let names = even_parts(accounts, |_| 0).map(|part| {
        let mut names = Query::insert();
        names.into_table(NAMES).columns(["created_at_us", "user_id", "name"]);
        for Named { created_at_us, id, name, .. } in part {
            names.values_panic([(*created_at_us).into(), (*id).into(), name.as_str().into()]);
        }
        if known == Known::Perhaps {
            let mut key = OnConflict::columns(["created_at_us", "user_id"]);
            names.on_conflict(key.update_columns(["name"]).to_owned());
        }
        names
    });
    let trigrams = even_parts(&rows, |_| 0).map(|part| {
        let mut trigrams = Query::insert();
        trigrams.into_table(TRIGRAMS).columns(["trigram", "created_at_us", "user_id"]);
        for (trigram, created_at_us, id) in part {
            trigrams.values_panic([(*trigram).into(), (*created_at_us).into(), (*id).into()]);
        }
        if known == Known::Perhaps {
            let key = ["trigram", "created_at_us", "user_id"];
            trigrams.on_conflict(OnConflict::columns(key).do_nothing_on(key).to_owned());
        }
        trigrams
    });
    let backend = connection.get_database_backend();
    execute_each(connection, names.chain(trigrams).map(|insert| Ok(backend.build(&insert)))).await?;
    Ok(())
}

/// So many rows are sent at once.
const ARRAY: usize = 8_000;

async fn write_arrays(
    connection: &impl Statements,
    accounts: &[Named],
    trigrams: &[(i64, i64, i64)],
    known: Known,
) -> Result<(), StoreError> {
    let (same_name, same_trigram) = match known {
        Known::No => ("", ""),
        Known::Perhaps => (
            " ON CONFLICT (created_at_us, user_id) DO UPDATE SET name = excluded.name",
            " ON CONFLICT DO NOTHING",
        ),
    };
    let insert = format!(
        "INSERT INTO {NAMES} (created_at_us, user_id, name) \
         SELECT * FROM unnest($1::text::bigint[], $2::text::bigint[], $3::text::text[]){same_name}"
    );
    let names = accounts.chunks(ARRAY).map(|part| {
        let times = numbers(part.iter().map(|account| account.created_at_us));
        let ids = numbers(part.iter().map(|account| account.id));
        let names = texts(part.iter().map(|account| account.name.as_str()));
        Ok(statement(insert.as_str(), [times, ids, names]))
    });
    execute_each(connection, names).await?;
    let insert = format!(
        "INSERT INTO {TRIGRAMS} (trigram, created_at_us, user_id) \
         SELECT * FROM unnest($1::text::bigint[], $2::text::bigint[], $3::text::bigint[]){same_trigram}"
    );
    let trigrams = trigrams.chunks(ARRAY).map(|part| {
        let column = |of: fn(&(i64, i64, i64)) -> i64| numbers(part.iter().map(of));
        let values = [column(|row| row.0), column(|row| row.1), column(|row| row.2)];
        Ok(statement(insert.as_str(), values))
    });
    execute_each(connection, trigrams).await?;
    Ok(())
}

/// Takes names out of what is searched.
pub(in super::super) async fn unlist(
    connection: &impl Statements,
    accounts: &[Named],
) -> Result<(), StoreError> {
    for account in accounts {
        let this = |delete: &mut sea_orm::sea_query::DeleteStatement| {
            delete
                .and_where(Expr::col("created_at_us").eq(account.created_at_us))
                .and_where(Expr::col("user_id").eq(account.id))
                .to_owned()
        };
        let name = this(Query::delete().from_table(NAMES));
        connection.execute(&name).await.map_err(store_error)?;
        let mut gone = trigrams_of(&account.name);
        gone.extend(account.name_before.as_deref().map(trigrams_of).unwrap_or_default());
        let trigrams =
            this(Query::delete().from_table(TRIGRAMS)).and_where(Expr::col("trigram").is_in(gone)).to_owned();
        connection.execute(&trigrams).await.map_err(store_error)?;
    }
    Ok(())
}

fn rows(account: &Named) -> impl Iterator<Item = (i64, i64, i64)> {
    let (created_at_us, id) = (account.created_at_us, account.id);
    trigrams_of(&account.name).into_iter().map(move |trigram| (trigram, created_at_us, id))
}

/// The trigrams of a folded name. Those at its end are filled up with zeros, so that one and two characters are
/// found too.
fn trigrams_of(name: &str) -> Vec<i64> {
    let letters = letters(name);
    let letter = |at: usize| letters.get(at).copied().unwrap_or_default();
    let threes = (0..letters.len()).map(|at| [letter(at), letter(at + 1), letter(at + 2)]);
    let mut trigrams: Vec<i64> = threes.map(pack).collect();
    trigrams.sort_unstable();
    trigrams.dedup();
    trigrams
}

/// What a name with a folded part has: one trigram of each of these ranges. Of a part of three characters and fewer
/// the only range says all.
pub(super) fn sought(part: &str) -> Vec<RangeInclusive<i64>> {
    match *letters(part).as_slice() {
        [] => Vec::new(),
        [only] => vec![pack([only, 0, 0])..=pack([only, MOST, MOST])],
        [first, second] => vec![pack([first, second, 0])..=pack([first, second, MOST])],
        ref letters => {
            let threes = letters.windows(3).filter_map(|three| three.first_chunk::<3>());
            let distinct: BTreeSet<i64> = threes.map(|three| pack(*three)).collect();
            distinct.into_iter().map(|trigram| trigram..=trigram).collect()
        }
    }
}

fn letters(text: &str) -> Vec<i64> {
    text.chars().map(|letter| u32::from(letter).into()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use vestibule_domain::spelling::fold;

    use super::*;

    proptest! {
        #[test]
        fn a_name_with_a_part_has_all_that_is_sought(before in "\\PC{0,4}", part in "\\PC{1,6}", after in "\\PC{0,4}") {
            let (text, part) = (fold(&format!("{before}{part}{after}")), fold(&part));
            // A part that ends between a letter and its accent is no part of the text in NFC.
            prop_assume!(text.contains(&*part));
            let trigrams = trigrams_of(&text);
            for range in sought(&part) {
                prop_assert!(trigrams.iter().any(|trigram| range.contains(trigram)));
            }
        }

        #[test]
        fn up_to_three_characters_are_found_where_they_are_and_nowhere_else(text in "[ab\u{10ffff}]{0,6}", part in "[ab\u{10ffff}]{1,3}") {
            let trigrams = trigrams_of(&text);
            let has_all = sought(&part).into_iter().all(|range| trigrams.iter().any(|trigram| range.contains(trigram)));
            prop_assert_eq!(has_all, text.contains(&part));
        }
    }
}

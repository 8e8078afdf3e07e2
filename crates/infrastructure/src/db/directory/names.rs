//! What the directory is searched by: names in its order, and their trigrams.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{DbBackend, Statement};
use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, Username};
use vestibule_domain::store::StoreError;

use super::super::entities::Utc;
use super::super::errors::store_error;
use super::super::parts::parts;
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
    for part in parts(accounts) {
        let mut names = Query::insert();
        names.into_table(NAMES).columns(["created_at_us", "user_id", "name"]);
        for Named { created_at_us, id, name, .. } in part {
            names.values_panic([(*created_at_us).into(), (*id).into(), name.as_str().into()]);
        }
        // A name that an account left behind which is gone says nothing.
        names.on_conflict(
            OnConflict::columns(["created_at_us", "user_id"]).update_columns(["name"]).to_owned(),
        );
        connection.execute(&names).await.map_err(store_error)?;
    }
    let mut rows: Vec<_> = accounts.iter().flat_map(rows).collect();
    // In the order of the table, so that each is written where the last one ended.
    rows.sort_unstable();
    if connection.get_database_backend() == DbBackend::Postgres {
        return list_as_arrays(connection, &rows).await;
    }
    for part in parts(&rows) {
        let mut trigrams = Query::insert();
        trigrams.into_table(TRIGRAMS).columns(["trigram", "created_at_us", "user_id"]);
        for (trigram, created_at_us, id) in part {
            trigrams.values_panic([(*trigram).into(), (*created_at_us).into(), (*id).into()]);
        }
        let key = ["trigram", "created_at_us", "user_id"];
        trigrams.on_conflict(OnConflict::columns(key).do_nothing_on(key).to_owned());
        connection.execute(&trigrams).await.map_err(store_error)?;
    }
    Ok(())
}

/// Adds trigrams to PostgreSQL. It is one statement for any number of them, whose planning takes no time.
const ADD: &str = "INSERT INTO account_trigrams (trigram, created_at_us, user_id) \
                   SELECT * FROM unnest($1::text::bigint[], $2::text::bigint[], $3::text::bigint[]) \
                   ON CONFLICT DO NOTHING";

/// So many rows are sent at once.
const ARRAY: usize = 20_000;

async fn list_as_arrays(connection: &impl Statements, rows: &[(i64, i64, i64)]) -> Result<(), StoreError> {
    for part in rows.chunks(ARRAY) {
        let column = |of: fn(&(i64, i64, i64)) -> i64| array(part.iter().map(of));
        let values = [column(|row| row.0), column(|row| row.1), column(|row| row.2)];
        let insert = Statement::from_sql_and_values(DbBackend::Postgres, ADD, values.map(Into::into));
        connection.execute_raw(insert).await.map_err(store_error)?;
    }
    Ok(())
}

/// An array as PostgreSQL reads it from a text.
fn array(numbers: impl Iterator<Item = i64>) -> String {
    let mut text = String::from("{");
    for number in numbers {
        if text.len() > 1 {
            text.push(',');
        }
        // A text takes whatever is written.
        let _infallible = write!(text, "{number}");
    }
    text.push('}');
    text
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
fn trigrams_of(name: &str) -> BTreeSet<i64> {
    let letters = letters(name);
    let letter = |at: usize| letters.get(at).copied().unwrap_or_default();
    (0..letters.len()).map(|at| pack([letter(at), letter(at + 1), letter(at + 2)])).collect()
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
                prop_assert!(trigrams.range(range).next().is_some());
            }
        }

        #[test]
        fn up_to_three_characters_are_found_where_they_are_and_nowhere_else(text in "[ab\u{10ffff}]{0,6}", part in "[ab\u{10ffff}]{1,3}") {
            let trigrams = trigrams_of(&text);
            let has_all = sought(&part).into_iter().all(|range| trigrams.range(range).next().is_some());
            prop_assert_eq!(has_all, text.contains(&part));
        }
    }
}

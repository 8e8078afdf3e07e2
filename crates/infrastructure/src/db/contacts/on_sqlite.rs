//! Trigrams on SQLite. Whatever their number, they are written by the same few statements: preparing one for each number
//! takes longer than the writing, and only one may write.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sea_orm::{DbBackend, Statement, Value};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::ContactId;
use vestibule_domain::store::StoreError;

use super::super::errors::store_error;
use super::super::pool::Statements;
use super::trigrams::Trigrams;

const ADD: &str = "INSERT INTO contact_trigrams (user_id, trigram, contact_id, cases) \
                   SELECT ?, CAST(key AS INTEGER), ?, value FROM json_each(?)";

/// Statements that write so many rows. SQLite takes 32,766 values in a statement, and a row has four.
static PUTS: LazyLock<[(usize, String); 3]> =
    LazyLock::new(|| [4_096, 512, 64].map(|rows| (rows, putting(rows))));

/// Reading the rows from JSON, as [`ADD`] does, takes as long again as writing many.
fn putting(rows: usize) -> String {
    let values = vec!["(?,?,?,?)"; rows].join(",");
    format!(
        "INSERT INTO contact_trigrams (user_id, trigram, contact_id, cases) VALUES {values} \
         ON CONFLICT (user_id, trigram, contact_id) DO UPDATE SET cases = excluded.cases"
    )
}

/// Writes rows of owners, trigrams, contacts and cases, of which some may exist already.
pub(super) async fn put(
    connection: &impl Statements,
    mut rows: Vec<(i64, i64, i64, i16)>,
) -> Result<(), StoreError> {
    // Neighbours are on the same page.
    rows.sort_unstable();
    let mut rest = rows.as_slice();
    for (size, sql) in PUTS.iter() {
        while let Some((part, behind)) = rest.split_at_checked(*size) {
            connection.execute_raw(filled(sql, part.iter())).await.map_err(store_error)?;
            rest = behind;
        }
    }
    // The last row is written as often as makes the statement full.
    if let ([.., last], [.., (size, sql)]) = (rest, PUTS.as_slice()) {
        let full = filled(sql, rest.iter().chain(std::iter::repeat(last)).take(*size));
        connection.execute_raw(full).await.map_err(store_error)?;
    }
    Ok(())
}

/// A statement with the values of these rows.
fn filled<'r>(sql: &str, rows: impl Iterator<Item = &'r (i64, i64, i64, i16)>) -> Statement {
    let values = rows.flat_map(|(owner, trigram, contact, cases)| {
        [Value::from(*owner), Value::from(*trigram), Value::from(*contact), Value::from(*cases)]
    });
    Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)
}

/// Adds the trigrams of a contact that has none yet, and at least one.
pub(super) async fn add(
    connection: &impl Statements,
    owner: AccountId,
    contact: ContactId,
    trigrams: &Trigrams,
) -> Result<(), StoreError> {
    let values = [owner.0.into(), contact.0.into(), object(trigrams).into()];
    let insert = Statement::from_sql_and_values(DbBackend::Sqlite, ADD, values);
    connection.execute_raw(insert).await.map_err(store_error)?;
    Ok(())
}

/// An object of trigrams and their cases.
fn object(trigrams: &Trigrams) -> String {
    let mut text = String::with_capacity(trigrams.0.len() * 28);
    for (trigram, cases) in &trigrams.0 {
        text.push(if text.is_empty() { '{' } else { ',' });
        // A text takes whatever is written.
        let _infallible = write!(text, "\"{trigram}\":{cases}");
    }
    text.push('}');
    text
}

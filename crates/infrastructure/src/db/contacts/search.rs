//! Searching an address book.

use std::cmp::Reverse;

use sea_orm::sea_query::{
    Asterisk, CaseStatement, Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr, UnionType,
};
use sea_orm::{ColumnTrait, DbBackend, Order, QueryFilter, QueryOrder, QuerySelect};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{Contact, ContactId, ContactSearch};
use vestibule_domain::spelling::normal_form;
use vestibule_domain::store::StoreError;

use super::super::entities::contacts::{Column, Entity};
use super::super::errors::store_error;
use super::super::pool::Statements;
use super::rows::{in_order, of, of_owner, shown};
use super::trigrams::{Field, Sought, TABLE};
use super::waiting::{self, Match};

/// Up to this many candidates are all compared. A trigram with more is so common that walking the contacts in order
/// of ids soon meets a match.
const FEW: u64 = 2_000;
/// How many trigrams of a long text are counted to find the rarest.
const COMPARED: usize = 12;
/// How often a match is looked for that is removed or renamed before it is read.
const LOOKS: usize = 3;

/// The best match: in a name, or else in an address.
pub(super) async fn find(
    connection: &impl Statements,
    owner: AccountId,
    search: &ContactSearch,
) -> Result<Option<Contact>, StoreError> {
    for field in [Field::Name, Field::Email] {
        if let Some(hit) = best(connection, owner, field, search).await? {
            return Ok(Some(hit));
        }
    }
    Ok(None)
}

/// The best match in one text.
async fn best(
    connection: &impl Statements,
    owner: AccountId,
    field: Field,
    search: &ContactSearch,
) -> Result<Option<Contact>, StoreError> {
    let mut hit = None;
    for _ in 0..LOOKS {
        let Counted { least, sought, waiting } = count_each(connection, owner, field, search).await?;
        hit = match sought.first() {
            Some(_) if least == 0 => None,
            Some(rarest) if least < FEW => among(connection, owner, rarest, field, search).await?,
            _ => common(connection, owner, &sought, field, search).await?,
        };
        let better = waiting.filter(|waiting| is_better(waiting, field, hit.as_ref(), search));
        let Some(waiting) = better else { return Ok(hit) };
        // If somebody removed or renamed it, another one may be the best.
        let has = contains(connection.get_database_backend(), field.folded(), search.folded());
        if let Some(waiting) = shown(connection, of(owner, waiting.id).filter(has)).await? {
            return Ok(Some(waiting));
        }
    }
    Ok(hit)
}

/// Whether a contact that waits for its trigrams comes before the best of those that have them.
fn is_better(waiting: &Match, field: Field, hit: Option<&Contact>, search: &ContactSearch) -> bool {
    hit.is_none_or(|hit| {
        let is_exact = field.of(&hit.facts).is_some_and(|text| normal_form(text).contains(search.exact()));
        (!waiting.is_exact, waiting.id) < (!is_exact, hit.id)
    })
}

/// What is known before contacts are looked at.
struct Counted {
    /// How many contacts have the rarest trigram, up to [`FEW`].
    least: u64,
    /// The trigrams that are sought, the rarest first.
    sought: Vec<Sought>,
    /// The best match among the contacts that wait for their trigrams.
    waiting: Option<Match>,
}

/// Counts how many contacts have each trigram.
async fn count_each(
    connection: &impl Statements,
    owner: AccountId,
    field: Field,
    search: &ContactSearch,
) -> Result<Counted, StoreError> {
    let mut sought = field.sought(search.exact());
    sought.truncate(COMPARED);
    let mut counts = (0..).zip(&sought).map(|(place, sought)| count(owner, sought, place));
    let Some(mut select) = counts.next() else { return Ok(Counted { least: 0, sought, waiting: None }) };
    for count in counts {
        select.union(UnionType::All, count);
    }
    let select = connection.get_database_backend().build(&select);
    let select = waiting::and_best(select, owner, field, search);
    let rows = connection.rows_of::<(i64, i32)>(select).await.map_err(store_error)?;
    let waiting = rows.iter().copied().find_map(Match::of_row);
    let mut counted: Vec<(u64, usize)> = rows.into_iter().filter_map(counted).collect();
    counted.sort_unstable();
    let least = counted.first().map_or(0, |(count, _)| *count);
    let sought = counted.iter().filter_map(|(_, place)| sought.get(*place).cloned()).collect();
    Ok(Counted { least, sought, waiting })
}

/// A count and which trigram it is of.
fn counted((count, place): (i64, i32)) -> Option<(u64, usize)> {
    Some((count.unsigned_abs(), usize::try_from(place).ok()?))
}

fn count(owner: AccountId, sought: &Sought, place: i32) -> SelectStatement {
    let some = with_trigrams(owner, sought, TABLE).limit(FEW).to_owned();
    // The place is written into the statement, because as a parameter it would have no type on PostgreSQL.
    Query::select()
        .expr(Func::count(Expr::col(Asterisk)))
        .expr(Expr::cust(place.to_string()))
        .from_subquery(some, "some_contacts")
        .to_owned()
}

/// The ids of the contacts that have such a trigram.
fn with_trigrams(owner: AccountId, sought: &Sought, alias: &'static str) -> SelectStatement {
    let (trigram, range) = (Expr::col((alias, "trigram")), &sought.trigrams);
    let mut select = Query::select();
    select.column((alias, "contact_id")).from_as(TABLE, alias);
    select.and_where(Expr::col((alias, "user_id")).eq(owner.0));
    if sought.is_one() {
        select.and_where(trigram.eq(*range.start()));
    } else {
        select.and_where(trigram.between(*range.start(), *range.end()));
    }
    select
}

/// The ids of the contacts that have such a trigram in the letter case that is sought.
fn in_case(owner: AccountId, sought: &Sought, alias: &'static str) -> SelectStatement {
    let mut select = with_trigrams(owner, sought, alias);
    select.and_where(Expr::col((alias, "cases")).bit_and(sought.cases).ne(0));
    select
}

/// The best match among the contacts that have the rarest trigram.
async fn among(
    connection: &impl Statements,
    owner: AccountId,
    rarest: &Sought,
    field: Field,
    search: &ContactSearch,
) -> Result<Option<Contact>, StoreError> {
    let has = |text, part: &str| contains(connection.get_database_backend(), text, part);
    let preference: SimpleExpr =
        CaseStatement::new().case(has(field.exact(), search.exact()), 0).finally(1).into();
    let find = of_owner(owner)
        .filter(Column::Id.in_subquery(with_trigrams(owner, rarest, TABLE)))
        .filter(has(field.folded(), search.folded()))
        .order_by(preference, Order::Asc)
        .order_by_asc(Column::Id)
        .limit(1);
    shown(connection, find).await
}

/// The best match if every trigram is common: the first match in order of ids.
async fn common(
    connection: &impl Statements,
    owner: AccountId,
    sought: &[Sought],
    field: Field,
    search: &ContactSearch,
) -> Result<Option<Contact>, StoreError> {
    let has = |text, part: &str| contains(connection.get_database_backend(), text, part);
    let folded = has(field.folded(), search.folded());
    // The second follows from the first, save where a server of a release without this column changed the text.
    let exact = has(field.exact(), search.exact()).and(folded.clone());
    if !sought.first().is_some_and(Sought::is_one) {
        let Some(hit) = one_by_one(connection, owner, folded).await? else { return Ok(None) };
        // A text of one or two characters is in a contact exactly if its trigram is. So if no contact has the trigram
        // in this letter case, no exact match exists.
        if let [only] = sought {
            let there = in_case(owner, only, TABLE).limit(1).to_owned();
            if connection.first::<(i64,)>(&there).await.map_err(store_error)?.is_none() {
                return Ok(Some(hit));
            }
        }
        return Ok(Some(one_by_one(connection, owner, exact).await?.unwrap_or(hit)));
    }
    // An exact match is also a folded match, so without a folded match there is no exact one.
    let Some(hit) = first(connection, owner, sought, with_trigrams, folded).await? else { return Ok(None) };
    let mut cased = sought.to_vec();
    cased.sort_by_key(|sought| Reverse(sought.changed()));
    Ok(Some(first(connection, owner, &cased, in_case, exact).await?.unwrap_or(hit)))
}

/// The first contact that has all these trigrams and then the text itself, which `has` says.
async fn first(
    connection: &impl Statements,
    owner: AccountId,
    sought: &[Sought],
    having: impl Fn(AccountId, &Sought, &'static str) -> SelectStatement,
    has: SimpleExpr,
) -> Result<Option<Contact>, StoreError> {
    let backend = connection.get_database_backend();
    let Some(select) = with_all(backend, owner, sought, having, has.clone()) else { return Ok(None) };
    for _ in 0..LOOKS {
        let Some((found,)) = connection.first::<(i64,)>(&select).await.map_err(store_error)? else {
            return Ok(None);
        };
        // If somebody removed or renamed it, another one may be the first.
        let still = of(owner, ContactId(found)).filter(has.clone());
        if let Some(contact) = shown(connection, still).await? {
            return Ok(Some(contact));
        }
    }
    Ok(None)
}

/// The first id of a contact that has all of it.
fn with_all(
    backend: DbBackend,
    owner: AccountId,
    sought: &[Sought],
    having: impl Fn(AccountId, &Sought, &'static str) -> SelectStatement,
    has: SimpleExpr,
) -> Option<SelectStatement> {
    let (rarest, others) = sought.split_first()?;
    let mut select = having(owner, rarest, TABLE);
    for other in others {
        let mut same = having(owner, other, "others");
        same.and_where(Expr::col(("others", "contact_id")).equals((TABLE, "contact_id")));
        select.and_where(each_time(backend, same));
    }
    let mut contact = Query::select();
    contact.column((Entity, Column::Id)).from(Entity);
    contact.and_where(Expr::col((Entity, Column::Id)).equals((TABLE, "contact_id"))).and_where(has);
    select.and_where(each_time(backend, contact));
    Some(select.order_by((TABLE, "contact_id"), Order::Asc).limit(1).to_owned())
}

/// Whether there is such a row, looked up for each row by itself.
///
/// PostgreSQL would make joins of these, and spend 130 ms on the order of ten of them, or begin with the contacts of all
/// owners. A subquery with an offset is no join to it.
fn each_time(backend: DbBackend, mut select: SelectStatement) -> SimpleExpr {
    if backend == DbBackend::Postgres {
        select.offset(0);
    }
    Expr::exists(select)
}

/// The first contact that has the text, by reading the address book in order of ids.
async fn one_by_one(
    connection: &impl Statements,
    owner: AccountId,
    has: SimpleExpr,
) -> Result<Option<Contact>, StoreError> {
    let backend = connection.get_database_backend();
    shown(connection, in_order(backend, owner).filter(has).limit(1)).await
}

/// Whether a text contains another one, in the exact spelling. This is not `LIKE`, which ignores letter case on SQLite
/// and under some collations of others.
fn contains(backend: DbBackend, text: Expr, part: &str) -> SimpleExpr {
    let position = match backend {
        DbBackend::Postgres => "strpos",
        _ => "instr",
    };
    Expr::expr(Func::cust(position).arg(text).arg(Expr::val(part))).gt(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postgresql_has_no_order_of_joins_to_choose() {
        let sought = Field::Email.sought("example.com");
        let has = contains(DbBackend::Postgres, Field::Email.folded(), "example.com");
        let select = with_all(DbBackend::Postgres, AccountId(1), &sought, with_trigrams, has).unwrap();
        let sql = DbBackend::Postgres.build(&select).sql;
        assert!(!sql.contains("JOIN"), "{sql}");
        assert_eq!(sql.matches("EXISTS").count(), sought.len(), "{sql}");
        assert_eq!(sql.matches("OFFSET").count(), sought.len(), "{sql}");
    }
}

//! Trigrams: the three consecutive characters by which contacts are searched.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, ExprTrait, Func, OnConflict, Query};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{ContactFacts, ContactId, Text};
use vestibule_domain::spelling::{fold, normal_form};
use vestibule_domain::store::StoreError;

use super::super::arrays::{KEPT_PLANS, numbers, statement};
use super::super::entities::contacts::{Column, Entity, Searched};
use super::super::errors::store_error;
use super::super::parts::execute_each;
use super::super::pool::Statements;
use super::super::trigram::{MOST, pack};
use super::on_sqlite;

/// The table.
pub(super) const TABLE: &str = "contact_trigrams";

const COLUMNS: [&str; 4] = ["user_id", "trigram", "contact_id", "cases"];

/// The text of a contact in which a part is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Field {
    Name,
    Email,
}

impl Field {
    /// The text.
    pub(super) fn of(self, facts: &ContactFacts) -> Option<&str> {
        match self {
            Self::Name => Some(facts.fullname.as_str()),
            Self::Email => facts.email.as_ref().map(Text::as_str),
        }
    }

    /// The text in its own letter case, in NFC.
    pub(super) fn exact(self) -> Expr {
        let (normal, given) = match self {
            Self::Name => (Column::FullnameNfc, Column::Fullname),
            Self::Email => (Column::EmailNfc, Column::Email),
        };
        Func::coalesce([Expr::col((Entity, normal)), Expr::col((Entity, given))]).into()
    }

    /// The folded text.
    pub(super) fn folded(self) -> Expr {
        match self {
            Self::Name => Expr::col((Entity, Column::FullnameFolded)),
            Self::Email => Expr::col((Entity, Column::EmailFolded)),
        }
    }

    /// The trigrams of a text, each with its letter case. The last ones are filled up with zeros, so that texts of
    /// one and two characters are found too.
    fn trigrams(self, text: &str) -> impl Iterator<Item = (i64, i16)> {
        let letters = letters(text);
        (0..letters.len()).map(move |at| {
            let letter = |offset| letters.get(at + offset).copied().unwrap_or_default();
            let three = [letter(0), letter(1), letter(2)];
            (self.number(three.map(|letter| letter.folded)), case(three))
        })
    }

    /// The trigrams that every text with this part has. Empty if the part is empty.
    pub(super) fn sought(self, part: &str) -> Vec<Sought> {
        let letters = letters(part);
        let number = |three: [Letter; 3]| self.number(three.map(|letter| letter.folded));
        let (least, most) = (Letter::default(), Letter { folded: MOST, changed: true });
        match *letters.as_slice() {
            [] => Vec::new(),
            [only] => {
                let trigrams = number([only, least, least])..=number([only, most, most]);
                let ends = [[least, least], [least, most], [most, least], [most, most]];
                let cases = ends.iter().map(|[second, third]| case([only, *second, *third])).sum();
                vec![Sought { trigrams, cases }]
            }
            [first, second] => {
                let trigrams = number([first, second, least])..=number([first, second, most]);
                vec![Sought { trigrams, cases: case([first, second, least]) | case([first, second, most]) }]
            }
            _ => {
                let threes = letters.windows(3).filter_map(|three| three.first_chunk::<3>());
                let distinct: BTreeSet<(i64, i16)> =
                    threes.map(|three| (number(*three), case(*three))).collect();
                let alone = |(trigram, cases)| Sought { trigrams: trigram..=trigram, cases };
                distinct.into_iter().map(alone).collect()
            }
        }
    }

    /// Three characters as a number that sorts as they do, with 21 bits for each. The trigrams of addresses are
    /// negative.
    fn number(self, [first, second, third]: [i64; 3]) -> i64 {
        let number = pack([first, second, third]);
        match self {
            Self::Name => number,
            Self::Email => number | i64::MIN,
        }
    }
}

/// A folded character.
#[derive(Debug, Clone, Copy, Default)]
struct Letter {
    folded: i64,
    /// Whether the text in NFC has another character in its place, so that its own spelling differs from the folded one.
    changed: bool,
}

/// The folded characters of a text. Folding one character of a text in NFC by itself gives its part of the folded text.
fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::new();
    let mut buffer = [0; 4];
    for character in normal_form(text).chars() {
        let before = character.encode_utf8(&mut buffer);
        let folded = fold(before);
        let changed = folded != *before;
        letters.extend(folded.chars().map(|folded| Letter { folded: u32::from(folded).into(), changed }));
    }
    letters
}

/// One bit of eight, which stands for the combination of changed and unchanged letters among the three.
fn case(three: [Letter; 3]) -> i16 {
    1 << three.iter().fold(0, |place, letter| place << 1 | u32::from(letter.changed))
}

/// A condition on the texts that contain a part: such a text has one of these trigrams. If it contains the part in
/// the exact spelling, it has the trigram in one of these letter cases.
#[derive(Debug, Clone)]
pub(super) struct Sought {
    pub trigrams: RangeInclusive<i64>,
    pub cases: i16,
}

impl Sought {
    /// Whether this is a single trigram and not a range.
    pub(super) fn is_one(&self) -> bool {
        self.trigrams.start() == self.trigrams.end()
    }

    /// How many of its letters folding changes. Few texts have trigrams with many changed letters.
    pub(super) fn changed(&self) -> u32 {
        self.cases.trailing_zeros().count_ones()
    }
}

/// The trigrams of a contact, with the letter cases in which the contact has each.
#[derive(PartialEq, Eq)]
pub(in super::super) struct Trigrams(pub(super) BTreeMap<i64, i16>);

impl Trigrams {
    /// The trigrams by which a contact with these facts is found.
    pub(in super::super) fn of(facts: &ContactFacts) -> Self {
        Self::of_texts(facts.fullname.as_str(), facts.email.as_ref().map(Text::as_str))
    }

    /// The trigrams by which this row is found.
    pub(super) fn of_row(row: &Searched) -> Self {
        Self::of_texts(&row.fullname, row.email.as_deref())
    }

    /// The trigrams of a name and an address.
    pub(super) fn of_texts(name: &str, email: Option<&str>) -> Self {
        let mut trigrams = BTreeMap::new();
        for (trigram, case) in
            Field::Name.trigrams(name).chain(Field::Email.trigrams(email.unwrap_or_default()))
        {
            *trigrams.entry(trigram).or_default() |= case;
        }
        Self(trigrams)
    }

    /// The trigrams of folded texts, without letter cases.
    pub(super) fn of_folded(name: &str, email: Option<&str>) -> Self {
        let numbers = |field: Field, text: &str| {
            let letters: Vec<i64> = text.chars().map(|letter| u32::from(letter).into()).collect();
            let letter = |at: usize| letters.get(at).copied().unwrap_or_default();
            let threes = (0..letters.len()).map(|at| [letter(at), letter(at + 1), letter(at + 2)]);
            threes.map(|three| (field.number(three), 0)).collect::<Vec<_>>()
        };
        let name = numbers(Field::Name, name);
        Self(name.into_iter().chain(numbers(Field::Email, email.unwrap_or_default())).collect())
    }

    /// The trigrams that `others` does not have in any letter case.
    pub(super) fn absent_from(mut self, others: &Self) -> Self {
        self.0.retain(|trigram, _| !others.0.contains_key(trigram));
        self
    }

    /// The trigrams that `others` does not have, or not in the same letter cases.
    pub(super) fn without(&self, others: &Self) -> Self {
        let differs = |(trigram, cases): &(&i64, &i16)| others.0.get(trigram) != Some(cases);
        Self(self.0.iter().filter(differs).map(|(trigram, cases)| (*trigram, *cases)).collect())
    }
}

/// How many rows one statement writes at most. A row has four parameters, and MySQL takes 65,535 in a statement.
const ROWS: usize = 4_000;

/// Writes the trigrams of contacts, of which some may exist already.
pub(in super::super) async fn put(
    connection: &impl Statements,
    contacts: impl IntoIterator<Item = (AccountId, ContactId, Trigrams)>,
) -> Result<(), StoreError> {
    let mut rows: Vec<(i64, i64, i64, i16)> = Vec::new();
    for (owner, contact, Trigrams(trigrams)) in contacts {
        rows.extend(trigrams.into_iter().map(|(trigram, cases)| (owner.0, trigram, contact.0, cases)));
    }
    match connection.get_database_backend() {
        DbBackend::Sqlite => return on_sqlite::put(connection, rows).await,
        DbBackend::Postgres => return put_arrays(connection, &rows).await,
        _ => {}
    }
    let puts = rows.chunks(ROWS).map(|part| {
        let mut insert = Query::insert();
        insert.into_table(TABLE).columns(COLUMNS);
        for (owner, trigram, contact, cases) in part.iter().copied() {
            insert.values_panic([owner.into(), trigram.into(), contact.into(), cases.into()]);
        }
        let same =
            OnConflict::columns(["user_id", "trigram", "contact_id"]).update_column("cases").to_owned();
        Ok(connection.get_database_backend().build(insert.on_conflict(same)))
    });
    execute_each(connection, puts).await?;
    Ok(())
}

/// Writes trigrams to PostgreSQL. It is one statement for any number of them, whose planning takes no time.
async fn put_arrays(connection: &impl Statements, rows: &[(i64, i64, i64, i16)]) -> Result<(), StoreError> {
    const PUT: &str = "INSERT INTO contact_trigrams (user_id, trigram, contact_id, cases) SELECT * FROM \
         unnest($1::text::bigint[], $2::text::bigint[], $3::text::bigint[], $4::text::smallint[]) \
         ON CONFLICT (user_id, trigram, contact_id) DO UPDATE SET cases = excluded.cases";
    let puts = rows.chunks(ROWS).map(|part| {
        let arrays = [
            numbers(part.iter().map(|(owner, ..)| owner)),
            numbers(part.iter().map(|(_, trigram, ..)| trigram)),
            numbers(part.iter().map(|(_, _, contact, _)| contact)),
            numbers(part.iter().map(|(.., cases)| cases)),
        ];
        Ok(statement(PUT, arrays))
    });
    execute_each(connection, puts).await?;
    Ok(())
}

/// Adds trigrams to PostgreSQL. The owner of each is looked at by a foreign key, and with a plan for each look that took
/// more than half of the time of a new contact.
const ADD_ARRAYS: &str = "INSERT INTO contact_trigrams (user_id, trigram, contact_id, cases) \
                          SELECT $1::bigint, trigram, $2::bigint, cases";

/// The trigrams that [`ADD_ARRAYS`] adds.
const NEW: &str = "unnest($3::text::bigint[], $4::text::smallint[]) AS new (trigram, cases)";

/// Adds the trigrams of a contact that has none yet.
pub(super) async fn add(
    connection: &impl Statements,
    owner: AccountId,
    contact: ContactId,
    trigrams: Trigrams,
) -> Result<(), StoreError> {
    if trigrams.0.is_empty() {
        return Ok(());
    }
    if connection.get_database_backend() == DbBackend::Sqlite {
        return on_sqlite::add(connection, owner, contact, &trigrams).await;
    }
    if connection.get_database_backend() == DbBackend::Postgres {
        let insert = format!("{ADD_ARRAYS} FROM {KEPT_PLANS}, {NEW}");
        let arrays = [numbers(trigrams.0.keys()), numbers(trigrams.0.values())];
        let values = [owner.0.into(), contact.0.into()].into_iter().chain(arrays);
        connection.execute_raw(statement(insert, values)).await.map_err(store_error)?;
        return Ok(());
    }
    let mut insert = Query::insert();
    insert.into_table(TABLE).columns(COLUMNS);
    for (trigram, cases) in trigrams.0 {
        insert.values_panic([owner.0.into(), trigram.into(), contact.0.into(), cases.into()]);
    }
    connection.execute(&insert).await.map_err(store_error)?;
    Ok(())
}

/// Removes trigrams of a contact.
pub(super) async fn remove(
    connection: &impl Statements,
    owner: AccountId,
    contact: ContactId,
    trigrams: Trigrams,
) -> Result<(), StoreError> {
    if trigrams.0.is_empty() {
        return Ok(());
    }
    let mut delete = Query::delete();
    delete
        .from_table(TABLE)
        .and_where(Expr::col("user_id").eq(owner.0))
        .and_where(Expr::col("trigram").is_in(trigrams.0.into_keys()))
        .and_where(Expr::col("contact_id").eq(contact.0));
    connection.execute(&delete).await.map_err(store_error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_stored_numbers_stay_as_they_are() {
        let ada = [(0x61 << 42) | (0x64 << 21) | 0x61, (0x64 << 42) | (0x61 << 21), 0x61 << 42];
        let cases = [0b1_0000, 0b1, 0b1];
        let stored: Vec<(i64, i16)> = ada.into_iter().zip(cases).collect();
        assert_eq!(Field::Name.trigrams("Ada").collect::<Vec<_>>(), stored);
        let stored: Vec<(i64, i16)> = stored.into_iter().map(|(ada, case)| (ada + i64::MIN, case)).collect();
        assert_eq!(Field::Email.trigrams("Ada").collect::<Vec<_>>(), stored);
    }

    proptest! {
        #[test]
        fn whatever_has_a_part_has_a_trigram_of_each_sought_in_its_letter_case(
            before in ".{0,4}", part in ".{0,6}|[aAbBßΣ]{0,6}", after in ".{0,4}",
        ) {
            let text = format!("{before}{part}{after}");
            // A part that ends between a letter and its accent is no part of the text in NFC.
            prop_assume!(normal_form(&text).contains(&*normal_form(&part)));
            for field in [Field::Name, Field::Email] {
                let trigrams: Vec<_> = field.trigrams(&text).collect();
                for sought in field.sought(&part) {
                    let has = |(trigram, case): &(i64, i16)| {
                        sought.trigrams.contains(trigram) && sought.cases & case != 0
                    };
                    prop_assert!(trigrams.iter().any(has));
                }
            }
        }

        #[test]
        fn one_and_two_characters_are_found_where_they_are_and_nowhere_else(
            text in "[aAbB\u{0}\u{10ffff}]{0,5}", part in "[aAbB\u{1}\u{10ffff}]{1,2}",
        ) {
            let sought = Field::Email.sought(&part).remove(0);
            let folded = |(trigram, _): &(i64, i16)| sought.trigrams.contains(trigram);
            prop_assert_eq!(Field::Email.trigrams(&text).any(|it| folded(&it)), fold(&text).contains(&fold(&part)));
            let exact = |it: &(i64, i16)| folded(it) && sought.cases & it.1 != 0;
            prop_assert_eq!(Field::Email.trigrams(&text).any(|it| exact(&it)), text.contains(&part));
        }
    }
}

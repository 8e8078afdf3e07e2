//! The three characters in a row by which contacts are searched.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{ContactFacts, ContactId, fold};
use vestibule_domain::store::StoreError;

use super::super::entities::contacts::{Column, Model};
use super::super::errors::store_error;

/// The table.
pub(super) const TABLE: &str = "contact_trigrams";

/// In which text of a contact a part is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Field {
    Name,
    Email,
}

impl Field {
    /// The text as it is.
    pub(super) fn exact(self) -> Column {
        match self {
            Self::Name => Column::Fullname,
            Self::Email => Column::Email,
        }
    }

    /// The folded text.
    pub(super) fn folded(self) -> Column {
        match self {
            Self::Name => Column::FullnameFolded,
            Self::Email => Column::EmailFolded,
        }
    }

    /// The trigrams of a folded text. Those at its end are filled up with zeros, so that one and two
    /// characters are found too.
    fn trigrams(self, folded: &str) -> impl Iterator<Item = i64> {
        let characters: Vec<i64> = folded.chars().map(|character| i64::from(u32::from(character))).collect();
        (0..characters.len()).map(move |at| {
            let character = |offset| characters.get(at + offset).copied().unwrap_or(0);
            self.number([character(0), character(1), character(2)])
        })
    }

    /// The trigrams that a text with this part has: one of each range. None if the part is empty.
    pub(super) fn sought(self, part: &str) -> Vec<RangeInclusive<i64>> {
        let characters: Vec<i64> = part.chars().map(|character| i64::from(u32::from(character))).collect();
        match *characters.as_slice() {
            [] => Vec::new(),
            [only] => vec![self.number([only, 0, 0])..=self.number([only, MOST, MOST])],
            [first, second] => vec![self.number([first, second, 0])..=self.number([first, second, MOST])],
            _ => {
                let threes = characters.windows(3).filter_map(|three| three.first_chunk::<3>());
                let distinct: BTreeSet<i64> = threes.map(|three| self.number(*three)).collect();
                distinct.into_iter().map(|trigram| trigram..=trigram).collect()
            }
        }
    }

    /// Three characters as a number that sorts as they do: 21 bits each. Those of addresses are negative.
    fn number(self, [first, second, third]: [i64; 3]) -> i64 {
        let number = first << (2 * BITS) | second << BITS | third;
        match self {
            Self::Name => number,
            Self::Email => number | i64::MIN,
        }
    }
}

/// What a code point takes.
const BITS: u32 = 21;
const MOST: i64 = (1 << BITS) - 1;

/// The trigrams of a contact.
pub(super) struct Trigrams(BTreeSet<i64>);

impl Trigrams {
    /// Those by which a contact with these facts is found.
    pub(super) fn of(facts: &ContactFacts) -> Self {
        let email = facts.email.as_ref().map(|email| fold(email.as_str()));
        Self::of_texts(&fold(facts.fullname.as_str()), email.as_deref())
    }

    /// Those by which this row is found.
    pub(super) fn of_row(row: &Model) -> Self {
        Self::of_texts(&row.fullname_folded, row.email_folded.as_deref())
    }

    fn of_texts(name: &str, email: Option<&str>) -> Self {
        Self(Field::Name.trigrams(name).chain(Field::Email.trigrams(email.unwrap_or_default())).collect())
    }

    /// Those that the others do not have.
    pub(super) fn without(&self, others: &Self) -> Self {
        Self(self.0.difference(&others.0).copied().collect())
    }
}

/// Adds trigrams of a contact that it does not have yet.
pub(super) async fn add(
    connection: &impl ConnectionTrait,
    owner: AccountId,
    contact: ContactId,
    trigrams: Trigrams,
) -> Result<(), StoreError> {
    if trigrams.0.is_empty() {
        return Ok(());
    }
    let mut insert = Query::insert();
    insert.into_table(TABLE).columns(["user_id", "trigram", "contact_id"]);
    for trigram in trigrams.0 {
        insert.values_panic([owner.0.into(), trigram.into(), contact.0.into()]);
    }
    connection.execute(&insert).await.map_err(store_error)?;
    Ok(())
}

/// Removes trigrams of a contact.
pub(super) async fn remove(
    connection: &impl ConnectionTrait,
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
        .and_where(Expr::col("trigram").is_in(trigrams.0))
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
        assert_eq!(Field::Name.trigrams("ada").collect::<Vec<_>>(), ada);
        assert_eq!(Field::Email.trigrams("ada").collect::<Vec<_>>(), ada.map(|number| number + i64::MIN));
    }

    proptest! {
        #[test]
        fn whatever_has_a_part_has_a_trigram_of_each_range(
            before in ".{0,4}", part in ".{0,6}", after in ".{0,4}",
        ) {
            for field in [Field::Name, Field::Email] {
                let trigrams: Vec<_> = field.trigrams(&format!("{before}{part}{after}")).collect();
                for range in field.sought(&part) {
                    prop_assert!(trigrams.iter().any(|trigram| range.contains(trigram)));
                }
            }
        }

        #[test]
        fn one_and_two_characters_are_found_where_they_are_and_nowhere_else(
            text in "[ab\u{0}\u{10ffff}]{0,5}", part in "[ab\u{1}\u{10ffff}]{1,2}",
        ) {
            let range = Field::Email.sought(&part).remove(0);
            let is_found = Field::Email.trigrams(&text).any(|trigram| range.contains(&trigram));
            prop_assert_eq!(is_found, text.contains(&part));
        }
    }
}

//! The three characters in a row by which contacts are searched.

use std::collections::BTreeSet;

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{ContactFacts, ContactId, fold};
use vestibule_domain::store::StoreError;

use super::super::entities::contacts::Model;
use super::super::errors::store_error;

/// The table.
pub(super) const TABLE: &str = "contact_trigrams";

/// The trigrams of some folded texts, as numbers. Two may share a number, so a hit is a candidate.
pub(super) struct Trigrams(BTreeSet<i32>);

impl Trigrams {
    /// Those by which a contact with these facts is found.
    pub(super) fn of(facts: &ContactFacts) -> Self {
        let email = facts.email.as_ref().map(|email| fold(email.as_str()));
        Self::of_texts([Some(fold(facts.fullname.as_str())), email])
    }

    /// Those by which this row is found.
    pub(super) fn of_row(row: &Model) -> Self {
        Self::of_texts([Some(row.fullname_folded.clone()), row.email_folded.clone()])
    }

    /// Those of a text that is searched for; none if it is shorter than three characters.
    pub(super) fn of_search(folded: &str) -> Vec<i32> {
        numbers(folded).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn of_texts(texts: [Option<String>; 2]) -> Self {
        Self(texts.iter().flatten().flat_map(|text| numbers(text)).collect())
    }

    /// Those that the others do not have.
    pub(super) fn without(&self, others: &Self) -> Self {
        Self(self.0.difference(&others.0).copied().collect())
    }
}

fn numbers(folded: &str) -> impl Iterator<Item = i32> {
    let characters: Vec<u32> = folded.chars().map(u32::from).collect();
    let trigrams: Vec<i32> = characters.windows(3).map(number).collect();
    trigrams.into_iter()
}

/// FNV-1a over the code points. It is in stored rows: it never changes.
fn number(trigram: &[u32]) -> i32 {
    let hash = trigram.iter().fold(0x811c_9dc5_u32, |hash, character| {
        let bytes = character.to_le_bytes();
        bytes.iter().fold(hash, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
    });
    hash.cast_signed()
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
    use super::*;

    #[test]
    fn the_stored_numbers_stay_as_they_are() {
        // By another implementation of FNV-1a.
        assert_eq!(Trigrams::of_search("ada"), [-2_082_690_831]);
    }

    #[test]
    fn short_texts_have_none_and_repeated_ones_count_once() {
        assert!(Trigrams::of_search("ad").is_empty());
        assert_eq!(Trigrams::of_search("aaaaa").len(), 1);
        assert_eq!(Trigrams::of_search("олена").len(), 3);
    }
}

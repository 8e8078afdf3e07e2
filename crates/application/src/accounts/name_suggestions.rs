//! Names that are free, for whoever wanted one that is taken.

use std::collections::BTreeSet;
use std::fmt;

use uuid::Uuid;
use vestibule_domain::accounts::Username;
use vestibule_domain::ports::IdGenerator;
use vestibule_domain::store::{Store, StoreError};

/// How many are suggested (admin contract 2.2).
const SUGGESTED: usize = 5;
/// How many are asked for at once, each with so many more letters. Of the longest, nobody has all.
const CANDIDATES: [(usize, usize); 3] = [(20, 2), (15, 4), (15, 6)];

/// Free names that begin with the one that was wanted. As a text: one a line, since names have no line breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameSuggestions(Vec<Username>);

impl NameSuggestions {
    /// The names, five of them and each another one.
    pub fn names(&self) -> &[Username] {
        &self.0
    }

    /// Names for a document.
    pub fn example() -> Self {
        let names = ["adaxk", "adaqt", "adamz", "adacf", "adaru"];
        Self(names.into_iter().map(|name| Username::from_stored(name.to_owned())).collect())
    }

    /// Looks for free names, with one question to the store. They are free now; who signs up with one may still be
    /// too late.
    pub(super) async fn find(
        store: &dyn Store,
        ids: &dyn IdGenerator,
        wanted: &Username,
    ) -> Result<Self, StoreError> {
        let candidates = candidates(ids, wanted);
        let taken = store.repositories().accounts().taken_names(&candidates).await?;
        let taken: BTreeSet<String> = taken.iter().map(Username::folded).collect();
        let free = candidates.into_iter().filter(|name| !taken.contains(&name.folded()));
        Ok(Self(free.take(SUGGESTED).collect()))
    }
}

impl fmt::Display for NameSuggestions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = self.0.iter();
        if let Some(first) = names.next() {
            first.fmt(f)?;
        }
        names.try_for_each(|name| write!(f, "\n{name}"))
    }
}

/// Names to ask for, the shortest first, no two of which are the same.
fn candidates(ids: &dyn IdGenerator, wanted: &Username) -> Vec<Username> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (count, letters) in CANDIDATES {
        // A few more tries than names, since the shortest repeat themselves.
        let names = (0..count * 2).filter_map(|_| longer(wanted, &some_letters(ids.random(), letters)));
        found.extend(names.filter(|name| seen.insert(name.folded())).take(count));
    }
    found
}

/// The name with these letters behind it. One that would be too long gives up its last characters.
fn longer(wanted: &Username, letters: &str) -> Option<Username> {
    let room = Username::MAX_CHARS.saturating_sub(letters.len());
    let kept: String = wanted.as_str().chars().take(room).collect();
    Username::parse(&format!("{kept}{letters}")).ok()
}

/// Letters from a to z.
fn some_letters(random: Uuid, count: usize) -> String {
    // The last bytes are random in every form.
    let random = random.into_bytes().into_iter().rev().take(count);
    random.map(|byte| char::from(b'a' + byte % 26)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Ids;

    impl IdGenerator for Ids {
        #[expect(clippy::disallowed_methods, reason = "a test of what random ids become")]
        fn random(&self) -> Uuid {
            Uuid::new_v4()
        }

        fn time_ordered(&self, _at: time::OffsetDateTime) -> Uuid {
            Uuid::nil()
        }
    }

    #[test]
    fn candidates_are_distinct_and_begin_with_the_wanted_name() {
        let names = candidates(&Ids, &Username::parse("ada").unwrap());
        let distinct: BTreeSet<_> = names.iter().map(Username::folded).collect();
        assert!(names.len() >= 45 && distinct.len() == names.len(), "{names:?}");
        assert!(names.iter().all(|name| name.as_str().starts_with("ada")));
    }

    #[test]
    fn a_name_of_the_greatest_length_gives_up_its_end() {
        let names = candidates(&Ids, &Username::parse(&"é".repeat(255)).unwrap());
        assert!(names.len() >= 45);
        assert!(names.iter().all(|name| name.as_str().starts_with(&"é".repeat(249))));
    }
}

//! The names that an import remembers between batches.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use vestibule_domain::catalogue::{Name, NameKind};

/// The ids of names in earlier batches. With them the store is asked once for each name, and not once for each movie
/// that has the name. In a large catalogue such a look-up is the main cost of a link.
///
/// Names are remembered in the spelling in which they came. The catalogue never removes a name, so a remembered id
/// stays right.
#[derive(Debug, Default)]
pub struct KnownNames {
    hashers: [RandomState; 2],
    ids: HashMap<NameKey, i64>,
}

/// Stands for a kind and a name, which would need several times the memory: two hashes of 64 bits under random keys.
/// If the hashes are independent, the probability that any two of a billion names share both is below 2⁻⁶⁸.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct NameKey([u64; 2]);

impl KnownNames {
    /// How many names are kept: as many as fit into 50 MiB. Further names are looked up each time.
    const MOST: usize = 7 << 18;

    /// The key that stands for a kind and a name.
    pub(super) fn key(&self, kind: NameKind, name: &Name) -> NameKey {
        NameKey(self.hashers.each_ref().map(|hasher| hasher.hash_one((kind, name))))
    }

    /// The id of a name, if it is remembered.
    pub(super) fn id(&self, key: NameKey) -> Option<i64> {
        self.ids.get(&key).copied()
    }

    /// Remembers names whose unit of work was committed.
    pub(super) fn keep(&mut self, names: HashMap<NameKey, i64>) {
        let room = Self::MOST - self.ids.len();
        self.ids.extend(names.into_iter().take(room));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::parse(text).unwrap()
    }

    #[test]
    fn a_name_is_known_by_its_kind_and_its_spelling() {
        let mut known = KnownNames::default();
        let key = known.key(NameKind::Actor, &name("Ada"));
        known.keep(HashMap::from([(key, 7)]));
        assert_eq!(known.id(known.key(NameKind::Actor, &name("Ada"))), Some(7));
        assert_eq!(known.id(known.key(NameKind::Actor, &name("ada"))), None);
        assert_eq!(known.id(known.key(NameKind::Genre, &name("Ada"))), None);
    }

    #[test]
    fn no_more_are_kept_than_memory_is_meant_for() {
        let mut known = KnownNames::default();
        let key = |number: usize| NameKey([number as u64, 0]);
        known.keep((0..KnownNames::MOST - 1).map(|number| (key(number), 1)).collect());
        known.keep([(key(usize::MAX), 2), (key(usize::MAX - 1), 2)].into());
        known.keep([(key(usize::MAX - 2), 2)].into());
        assert_eq!(known.ids.len(), KnownNames::MOST);
        assert_eq!(known.id(key(0)), Some(1));
    }
}

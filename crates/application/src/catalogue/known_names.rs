//! What an import remembers of names.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use vestibule_domain::catalogue::{Name, NameKind};

/// The ids of names that batches before had, so that the store is asked once for each name, not for each
/// movie that has it: in a large catalogue a look-up costs more than all else of a link.
///
/// Names are spelt as they were met. None is ever removed from the catalogue, so what is known stays true.
#[derive(Debug, Default)]
pub struct KnownNames {
    hashers: [RandomState; 2],
    ids: HashMap<NameKey, i64>,
}

/// Stands for a kind and a name, which take several times the memory: two hashes of 64 bits under keys that nobody
/// knows. Taken for independent, they are both the same for any two of a billion names with a probability of less
/// than 2⁻⁶⁸.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct NameKey([u64; 2]);

impl KnownNames {
    /// How many are kept: as many as fit into 50 MiB. Names beyond are looked up each time.
    const MOST: usize = 7 << 18;

    /// The key of a name.
    pub(super) fn key(&self, kind: NameKind, name: &Name) -> NameKey {
        NameKey(self.hashers.each_ref().map(|hasher| hasher.hash_one((kind, name))))
    }

    /// The id of a name, if it is known.
    pub(super) fn id(&self, key: NameKey) -> Option<i64> {
        self.ids.get(&key).copied()
    }

    /// Keeps names that are in the catalogue for good: whose unit of work was committed.
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

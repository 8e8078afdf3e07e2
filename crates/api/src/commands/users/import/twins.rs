//! Rows of one file that have an identifier in common.

use std::collections::hash_map::RandomState;
use std::fs::File;
use std::hash::BuildHasher as _;
use std::io::{self, Read as _, Seek as _, Write as _};

use vestibule_domain::accounts::import::{Identifier, Identity};

/// What is kept of an identifier: 12 bytes of its hash under two random keys, and its line. No two of some billions of
/// others meet by chance, and nobody can make any meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    hash: u64,
    more: u32,
    line: u32,
}

/// So many bytes a mark has in a file.
const BYTES: usize = 16;
const PARTS: usize = 32;
const KINDS: [Identifier; 4] =
    [Identifier::Uuid, Identifier::Email, Identifier::Username, Identifier::Mobile];

/// Marks whose hashes begin alike.
#[derive(Default)]
struct Part {
    marks: Vec<Mark>,
    /// Those that memory had no room for.
    file: Option<File>,
}

/// Two lines with an identifier in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Twin {
    /// The later one.
    pub(super) line: u64,
    pub(super) earlier: u64,
    pub(super) identifier: Identifier,
}

/// Finds rows that have an identifier in common, in little memory however many there are.
pub(super) struct Twins {
    keys: (RandomState, RandomState),
    parts: Vec<Part>,
    in_memory: usize,
    most_in_memory: usize,
}

impl Twins {
    /// 8 MiB of marks.
    const MOST_IN_MEMORY: usize = 500_000;

    pub(super) fn new() -> Self {
        Self::with_room_for(Self::MOST_IN_MEMORY)
    }

    fn with_room_for(most_in_memory: usize) -> Self {
        let parts = (0..KINDS.len() * PARTS).map(|_| Part::default()).collect();
        Self { keys: (RandomState::new(), RandomState::new()), parts, in_memory: 0, most_in_memory }
    }

    /// Notes the identifiers of a row. Lines beyond 2³² count as that line.
    pub(super) fn note(&mut self, line: u64, identities: impl Iterator<Item = Identity>) -> io::Result<()> {
        for Identity { kind, form } in identities {
            let (hash, more) = (self.keys.0.hash_one(&form), self.keys.1.hash_one(&form));
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            let kind = KINDS.iter().position(|known| *known == kind).unwrap_or_default();
            let part = usize::try_from(hash % PARTS as u64).unwrap_or_default();
            if let Some(part) = self.parts.get_mut(kind * PARTS + part) {
                let [a, b, c, d, ..] = more.to_le_bytes();
                part.marks.push(Mark { hash, more: u32::from_le_bytes([a, b, c, d]), line });
                self.in_memory += 1;
            }
        }
        if self.in_memory >= self.most_in_memory {
            self.parts.iter_mut().try_for_each(Part::spill)?;
            self.in_memory = 0;
        }
        Ok(())
    }

    /// All rows that have an identifier of an earlier one, in order of lines.
    pub(super) fn found(self) -> io::Result<Vec<Twin>> {
        let mut twins = Vec::new();
        for (place, part) in self.parts.into_iter().enumerate() {
            let marks = part.sorted()?;
            let Some(identifier) = KINDS.get(place / PARTS).copied() else { continue };
            for pair in marks.windows(2) {
                if let [earlier, later] = pair
                    && (earlier.hash, earlier.more) == (later.hash, later.more)
                    && earlier.line != later.line
                {
                    let (line, earlier) = (later.line.into(), earlier.line.into());
                    twins.push(Twin { line, earlier, identifier });
                }
            }
        }
        twins.sort_unstable();
        Ok(twins)
    }
}

impl Part {
    fn spill(&mut self) -> io::Result<()> {
        let mut file = match self.file.take() {
            Some(file) => file,
            None => tempfile::tempfile()?,
        };
        let mut bytes = Vec::with_capacity(self.marks.len() * BYTES);
        for Mark { hash, more, line } in std::mem::take(&mut self.marks) {
            bytes.extend(hash.to_le_bytes());
            bytes.extend(more.to_le_bytes());
            bytes.extend(line.to_le_bytes());
        }
        file.write_all(&bytes)?;
        self.file = Some(file);
        Ok(())
    }

    fn sorted(self) -> io::Result<Vec<Mark>> {
        let mut marks = self.marks;
        if let Some(mut file) = self.file {
            file.rewind()?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            let (whole, _) = bytes.as_chunks::<BYTES>();
            marks.extend(whole.iter().map(|[a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]| Mark {
                hash: u64::from_le_bytes([*a, *b, *c, *d, *e, *f, *g, *h]),
                more: u32::from_le_bytes([*i, *j, *k, *l]),
                line: u32::from_le_bytes([*m, *n, *o, *p]),
            }));
        }
        marks.sort_unstable();
        Ok(marks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(form: &str) -> Identity {
        Identity { kind: Identifier::Email, form: form.to_owned() }
    }

    #[test]
    fn lines_with_an_identifier_in_common_are_found_in_memory_and_in_files() {
        for room in [2, 1000] {
            let mut twins = Twins::with_room_for(room);
            for line in 1..=20 {
                let name = Identity { kind: Identifier::Username, form: format!("name {}", line % 15) };
                twins.note(line, [email(&format!("{line}@example.com")), name].into_iter()).unwrap();
            }
            twins.note(30, [email("3@example.com"), email("3@example.com")].into_iter()).unwrap();
            let mut expected: Vec<Twin> = (16..=20)
                .map(|line| Twin { line, earlier: line - 15, identifier: Identifier::Username })
                .collect();
            expected.push(Twin { line: 30, earlier: 3, identifier: Identifier::Email });
            assert_eq!(twins.found().unwrap(), expected);
        }
    }

    #[test]
    fn the_same_text_as_another_identifier_is_no_twin() {
        let mut twins = Twins::new();
        twins.note(1, [email("a@example.com")].into_iter()).unwrap();
        let name = Identity { kind: Identifier::Username, form: "a@example.com".to_owned() };
        twins.note(2, [name].into_iter()).unwrap();
        assert_eq!(twins.found().unwrap(), []);
    }
}

//! The rows of a joined table, found by their key.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};

use serde_json::Value;
use tempfile::SpooledTempFile;

use crate::row::plain;

/// How many bytes of rows stay in memory; more go to a temporary file that has no name.
const IN_MEMORY: usize = 8 * 1024 * 1024;

/// The rows of a joined table. In memory there are 17 bytes of each, however long it is.
pub(crate) struct Shelf {
    rows: SpooledTempFile,
    /// Digest of the key, and where the row is.
    index: Vec<(u64, u64)>,
    used: Vec<bool>,
    end: u64,
    sorted: bool,
}

impl Shelf {
    /// Without rows.
    pub(crate) fn new() -> Self {
        Self {
            rows: tempfile::spooled_tempfile(IN_MEMORY),
            index: Vec::new(),
            used: Vec::new(),
            end: 0,
            sorted: true,
        }
    }

    /// Puts a row on it.
    pub(crate) fn add(&mut self, key: &str, values: &Value) -> std::io::Result<()> {
        let mut text = serde_json::to_vec(values)?;
        text.push(b'\n');
        self.rows.write_all(&text)?;
        self.index.push((digest(key), self.end));
        self.used.push(false);
        self.end += u64::try_from(text.len()).unwrap_or(0);
        self.sorted = false;
        Ok(())
    }

    /// The rows with a key, in the order in which they came.
    pub(crate) fn find(&mut self, column: &str, key: &str) -> std::io::Result<Vec<Value>> {
        if !self.sorted {
            self.index.sort_unstable();
            self.sorted = true;
        }
        let wanted = digest(key);
        let from = self.index.partition_point(|(digest, _)| *digest < wanted);
        let mut found = Vec::new();
        for at in from..self.index.len() {
            let Some((digest, offset)) = self.index.get(at).copied() else { break };
            if digest != wanted {
                break;
            }
            self.rows.seek(SeekFrom::Start(offset))?;
            let mut text = Vec::new();
            BufReader::new(&mut self.rows).read_until(b'\n', &mut text)?;
            let values: Value = serde_json::from_slice(&text)?;
            if values.get(column).and_then(plain).as_deref() == Some(key) {
                if let Some(used) = self.used.get_mut(at) {
                    *used = true;
                }
                found.push(values);
            }
        }
        Ok(found)
    }

    /// How many rows nobody asked for.
    pub(crate) fn unused(&self) -> u64 {
        self.used.iter().map(|used| u64::from(!used)).sum()
    }
}

fn digest(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rows_are_found_by_their_key_also_from_a_file() {
        let mut shelf = Shelf::new();
        let long = "x".repeat(100_000);
        for number in 0..200 {
            shelf
                .add(&(number % 50).to_string(), &json!({"id": number % 50, "n": number, "text": long}))
                .unwrap();
        }
        let found = shelf.find("id", "7").unwrap();
        let numbers: Vec<_> = found.iter().map(|row| row["n"].as_i64().unwrap()).collect();
        assert_eq!(numbers, [7, 57, 107, 157]);
        assert!(shelf.find("id", "50").unwrap().is_empty());
        assert_eq!(shelf.unused(), 196);
    }
}

//! Every code of an error is given by something and worded by a dialect.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::workspace::{files, root};

/// The files besides each `dialect.rs` that word codes, for several surfaces or for none.
const SHARED_WORDS: [&str; 6] = [
    "crates/api/src/http/fastapi/bad_email.rs",
    "crates/api/src/http/fastapi/bad_password.rs",
    "crates/api/src/http/fastapi/bad_picture.rs",
    "crates/api/src/http/fastapi/mod.rs",
    "crates/api/src/http/plain.rs",
    "crates/api/src/pages/outcome.rs",
];

/// One source file without its tests and comments.
struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    fn words(&self) -> bool {
        self.path.ends_with("dialect.rs") || SHARED_WORDS.iter().any(|path| self.path == Path::new(path))
    }

    fn is_table(&self) -> bool {
        self.text.contains("::codes! {")
    }

    /// Whether the word stands in the text, and not in a longer one.
    fn says(&self, word: &str) -> bool {
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        self.text.match_indices(word).any(|(at, _)| {
            let (before, after) = (&self.text[..at], &self.text[at + word.len()..]);
            !before.ends_with(is_part) && !after.starts_with(is_part)
        })
    }
}

/// What the crates with codes consist of.
fn sources() -> Vec<Source> {
    let root = root();
    let folders = ["crates/application/src", "crates/api/src"];
    let paths = folders.iter().flat_map(|folder| files(&root.join(folder), "rs"));
    let of_product = paths.filter(|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        !name.ends_with("_tests.rs") && path.components().all(|part| part.as_os_str() != "tests")
    });
    of_product
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            let lines: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            Source { path: path.strip_prefix(&root).unwrap().to_owned(), text: lines.join("\n") }
        })
        .collect()
}

/// A row of a table.
struct Row {
    constant: String,
    name: String,
    by_kind_alone: bool,
}

/// The rows `pub CONSTANT: Kind = "name";` of all tables.
fn rows(sources: &[Source]) -> Vec<Row> {
    let tables = sources.iter().filter(|source| source.is_table());
    let rows: Vec<Row> = tables
        .flat_map(|table| table.text.lines())
        .filter_map(|line| {
            let (declared, rest) = line.split_once(" = \"")?;
            let (name, rest) = rest.split_once('"')?;
            let constant = declared.split_once(':')?.0.split(' ').next_back()?;
            let by_kind_alone = rest == ", by kind alone;";
            assert!(by_kind_alone || rest == ";", "{line}");
            Some(Row { constant: constant.to_owned(), name: name.to_owned(), by_kind_alone })
        })
        .collect();
    assert!(rows.len() > 40, "the tables were not understood");
    rows
}

#[test]
fn every_code_has_a_name_of_its_own_which_is_that_of_its_constant() {
    let mut names = BTreeSet::new();
    for Row { constant, name, .. } in rows(&sources()) {
        assert_eq!(constant.to_lowercase(), name);
        assert!(names.insert(name), "{constant} is declared twice");
    }
}

#[test]
fn codes_come_from_tables_alone() {
    let sources = sources();
    let makers: Vec<&Path> = sources
        .iter()
        .filter(|source| source.says("declared_by_a_table"))
        .map(|source| source.path.as_path())
        .collect();
    assert_eq!(makers, [Path::new("crates/application/src/error/code.rs")]);
}

#[test]
fn every_code_is_given_by_something() {
    let sources = sources();
    let givers: Vec<&Source> =
        sources.iter().filter(|source| !source.words() && !source.is_table()).collect();
    let unused: Vec<String> = rows(&sources)
        .into_iter()
        .map(|row| row.constant)
        .filter(|code| !givers.iter().any(|source| source.says(code)))
        .collect();
    assert!(unused.is_empty(), "nothing gives {unused:?}: remove them from their table");
}

#[test]
fn every_code_is_worded_by_a_dialect_or_declared_to_be_answered_by_kind_alone() {
    let sources = sources();
    let dialects: Vec<&Source> = sources.iter().filter(|source| source.words()).collect();
    for Row { constant, by_kind_alone, .. } in rows(&sources) {
        let is_worded = dialects.iter().any(|source| source.says(&format!("codes::{constant}")));
        match (is_worded, by_kind_alone) {
            (false, false) => panic!("no dialect has words for {constant}: add them, or say `by kind alone`"),
            (true, true) => panic!("{constant} is declared `by kind alone`, and a dialect has words for it"),
            (true, false) | (false, true) => {}
        }
    }
}

/// The refusals of each `use_case_error!`, by the name of the error.
fn refusals(source: &Source) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for block in source.text.split("use_case_error! {\n").skip(1) {
        let block = block.split("\n}").next().unwrap();
        let error = block.split("pub enum ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
        // A line of the enum's own depth that begins with a name.
        let variants = block.lines().filter_map(|line| {
            let line = line.strip_prefix("        ")?;
            line.starts_with(char::is_uppercase).then(|| line.split([' ', '(']).next().unwrap().to_owned())
        });
        found.insert(error.to_owned(), variants.collect());
    }
    found
}

#[test]
fn every_refusal_of_a_use_case_is_made_by_it() {
    let sources = sources();
    let mut seen = 0;
    for source in &sources {
        for (error, variants) in refusals(source) {
            for variant in variants {
                seen += 1;
                let made = format!("{error}::{variant}");
                let is_made = sources
                    .iter()
                    .any(|other| other.path.starts_with("crates/application") && other.says(&made))
                    || source.says(&format!("Self::{variant}"));
                assert!(is_made, "{made} is declared, and no use case ends so");
            }
        }
    }
    assert!(seen > 25, "the errors of use cases were not understood");
}

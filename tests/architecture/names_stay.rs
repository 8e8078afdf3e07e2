//! Names of the catalogue are never removed: on PostgreSQL no foreign key sees to it that a movie links to names that are
//! there (`m20261129_043_movie_links`), and an import remembers ids of names.

use crate::workspace::{files, root};

/// The tables of names.
const NAMES: [&str; 3] = ["genres", "actors", "languages"];

/// Where an SQL statement, or one that is built, would remove a name.
fn removes(text: &str) -> bool {
    let text = text.to_lowercase();
    let written = ["delete from", "truncate", "truncate table"];
    let is_written = NAMES.iter().any(|names| {
        written.iter().any(|removes| {
            [' ', ';', '"', '\n'].iter().any(|end| text.contains(&format!("{removes} {names}{end}")))
        })
    });
    let knows_names = text.contains("names::{tables") || text.contains("names::tables");
    is_written || knows_names && (text.contains("delete") || text.contains("truncate"))
}

#[test]
fn no_code_removes_a_name() {
    let mut looked_at = 0;
    for file in files(&root().join("crates"), "rs") {
        let text = std::fs::read_to_string(&file).unwrap();
        looked_at += usize::from(text.contains("names::tables") || text.contains("names::{Tables, tables}"));
        assert!(!removes(&text), "{} removes names", file.display());
    }
    assert!(looked_at >= 2, "only {looked_at} files build statements on names");
}

#[test]
fn a_removal_is_recognised() {
    assert!(removes("DELETE FROM genres WHERE id = 1") && removes("TRUNCATE actors;"));
    assert!(removes("use super::names::tables; Query::delete().from_table(tables(kind).names)"));
    assert!(!removes("DELETE FROM genres_of_nobody ") && !removes("SELECT id FROM genres"));
}

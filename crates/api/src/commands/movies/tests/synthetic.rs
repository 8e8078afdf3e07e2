//! Generated files.

use std::collections::HashSet;
use std::io::ErrorKind;

use super::rows;
use crate::commands::movies::generate;

const THIRD_ROW: &str = "The Bitter Echo,07/14/1989 ,86.0,\"Action,\u{a0}Romance,\u{a0}Science Fiction\",\
    \"The story of an honest smuggler, who joins an expedition, against all advice. The last reel is missing.\",\
    \"Mei Rosstein, Camille Carcott, Chidi Dalden, George Halić, Anders Beraro, Nora Valada, Ada Alaba, Jakub \
    Larley\",The Bitter Echo, Released,Russian,192100000.0,29317347.0,MA";

fn file(rows: u64, seed: u64) -> Vec<u8> {
    let mut file = Vec::new();
    generate(rows, seed, &mut file).unwrap();
    file
}

#[test]
fn the_same_arguments_make_the_same_bytes() {
    // On this machine and every other: benchmarks of different days are of the same file.
    let file_1 = String::from_utf8(file(3, 1)).unwrap();
    assert_eq!(file_1.lines().last(), Some(THIRD_ROW));
    assert_ne!(file(100, 7), file(100, 8));
}

#[test]
fn whoever_has_seen_enough_is_told_apart_from_a_failure() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(generate(100_000, 1, writer).unwrap_err().kind(), ErrorKind::BrokenPipe);
}

#[test]
fn every_row_is_good_and_no_movie_comes_twice() {
    let rows = rows(&file(10_000, 42)).unwrap();
    let movies: Vec<_> = rows.into_iter().map(Result::unwrap).collect();
    assert_eq!(movies.len(), 10_000);
    let unique: HashSet<_> = movies.iter().map(|movie| (&movie.facts.name, movie.facts.date)).collect();
    assert_eq!(unique.len(), movies.len());
    assert!(movies.iter().all(|movie| movie.actors.len() == 8));
    assert!(movies.iter().all(|movie| (1..=3).contains(&movie.genres.len())));
    assert!(movies.iter().all(|movie| (1..=2).contains(&movie.languages.len())));
    let actors: HashSet<_> = movies.iter().flat_map(|movie| &movie.actors).collect();
    // 80,000 parts.
    assert!((10_000..20_000).contains(&actors.len()), "{}", actors.len());
    let countries: HashSet<_> = movies.iter().map(|movie| &movie.country).collect();
    assert_eq!(countries.len(), 40);
}

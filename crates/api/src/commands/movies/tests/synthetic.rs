//! Generated files.

use std::collections::HashSet;

use super::rows;
use crate::commands::movies::generate;

fn file(rows: u64, seed: u64) -> Vec<u8> {
    let mut file = Vec::new();
    generate(rows, seed, &mut file).unwrap();
    file
}

#[test]
fn the_same_arguments_make_the_same_bytes() {
    assert_eq!(file(100, 7), file(100, 7));
    assert_ne!(file(100, 7), file(100, 8));
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

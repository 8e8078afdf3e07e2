//! One invented movie after the other.

use super::people::{FIRST_NAMES, LAST_BEGINNINGS, LAST_ENDINGS};
use super::random::{SplitMix64, nth};
use super::words::{
    CONSEQUENCES, COUNTRIES, DEEDS, GENRES, HEROES, LANGUAGES, TITLE_ADJECTIVES, TITLE_NOUNS,
};

/// Actors of a movie.
const ACTORS: usize = 8;

/// How many titles there are before they begin again with another number behind.
const TITLES: u64 = (TITLE_ADJECTIVES.len() * TITLE_NOUNS.len()) as u64;

/// Invented movies, each made when it is asked for.
pub(in super::super) struct SyntheticMovies {
    random: SplitMix64,
    rows: u64,
    made: u64,
    title_step: u64,
    title_start: u64,
    actors: u64,
}

/// The cells of a movie.
pub(in super::super) struct SyntheticMovie {
    pub name: String,
    pub date: String,
    pub score: String,
    pub genre: String,
    pub overview: String,
    pub crew: String,
    pub status: &'static str,
    pub language: String,
    pub budget: String,
    pub revenue: String,
    pub country: &'static str,
}

impl SyntheticMovies {
    pub(in super::super) fn new(rows: u64, seed: u64) -> Self {
        let mut random = SplitMix64::new(seed);
        Self {
            // An odd step goes through all titles, a power of two of them, before it repeats one.
            title_step: random.next() | 1,
            title_start: random.next(),
            // Two actors a movie, with eight parts to be played: most of them play several.
            actors: rows.saturating_mul(2).max(64),
            random,
            rows,
            made: 0,
        }
    }

    /// Unique, since each title has its own number.
    fn name(&self) -> String {
        let (round, number) = (self.made / TITLES, self.made % TITLES);
        let title = self.title_start.wrapping_add(number.wrapping_mul(self.title_step)) % TITLES;
        let nouns = TITLE_NOUNS.len() as u64;
        let (adjective, noun) = (nth(&TITLE_ADJECTIVES, title / nouns), nth(&TITLE_NOUNS, title % nouns));
        match round {
            0 => format!("The {adjective} {noun}"),
            _ => format!("The {adjective} {noun} {}", round + 1),
        }
    }

    /// In the form of the published full file, with the blank behind it.
    fn date(&mut self) -> String {
        let (month, day, year) =
            (self.random.between(1, 12), self.random.between(1, 28), self.random.between(1930, 2024));
        format!("{month:02}/{day:02}/{year} ")
    }

    fn overview(&mut self) -> String {
        let hero = self.random.one_of(&HEROES);
        let deed = self.random.one_of(&DEEDS);
        format!("The story of {hero}, who {deed}. {}", self.random.one_of(&CONSEQUENCES))
    }

    fn crew(&mut self) -> String {
        let mut cast = Vec::with_capacity(ACTORS);
        while cast.len() < ACTORS {
            // Some play far more often than others, as some do.
            let reach = self.random.below(self.actors) + 1;
            let actor = self.random.below(reach);
            if !cast.contains(&actor) {
                cast.push(actor);
            }
        }
        cast.into_iter().map(actor).collect::<Vec<_>>().join(", ")
    }

    fn status(&mut self) -> &'static str {
        match self.random.below(100) {
            0 => " In Production",
            1 => " Post Production",
            _ => " Released",
        }
    }

    /// One to `most` different words.
    fn list(&mut self, words: &[&str], separator: &str, most: u64) -> String {
        let count = self.random.between(1, most);
        let first = self.random.below(words.len() as u64);
        // So short that the last step does not come round to the first word.
        let step = self.random.between(1, words.len() as u64 / most);
        (0..count).map(|number| nth(words, first + number * step)).collect::<Vec<_>>().join(separator)
    }
}

impl Iterator for SyntheticMovies {
    type Item = SyntheticMovie;

    fn next(&mut self) -> Option<SyntheticMovie> {
        if self.made == self.rows {
            return None;
        }
        let movie = SyntheticMovie {
            name: self.name(),
            date: self.date(),
            score: format!("{}.0", self.random.between(0, 100)),
            genre: self.list(&GENRES, ",\u{a0}", 3),
            overview: self.overview(),
            crew: self.crew(),
            status: self.status(),
            language: self.list(&LANGUAGES, ", ", 2),
            budget: format!("{}.0", self.random.between(0, 3000) * 100_000),
            revenue: format!("{}.0", self.random.below(1_000_000_000)),
            country: self.random.one_of(&COUNTRIES),
        };
        self.made += 1;
        Some(movie)
    }
}

/// Different actors have different names, up to some millions.
fn actor(actor: u64) -> String {
    let triples = (FIRST_NAMES.len() * LAST_BEGINNINGS.len() * LAST_ENDINGS.len()) as u64;
    let mut name = nth(&FIRST_NAMES, actor).to_owned();
    let initial = (actor / triples).checked_sub(1).and_then(|letter| u8::try_from(letter % 26).ok());
    if let Some(initial) = initial {
        name.push(' ');
        name.push(char::from(b'A' + initial));
        name.push('.');
    }
    name + " " + nth(&LAST_BEGINNINGS, actor) + nth(&LAST_ENDINGS, actor)
}

//! The sample movies, for a catalogue that a newcomer looks at.

use anyhow::Context as _;
use vestibule_application::Services;
use vestibule_application::catalogue::{Editor, KnownNames};
use vestibule_domain::catalogue::NewMovie;
use vestibule_domain::ports::Clock;

use super::csv_file::CsvFile;
use super::form::Form;
use super::import::latest_year;
use super::row::Rules;

const SAMPLE: &str = include_str!("../../../assets/sample_movies.csv");

/// Adds the sample movies if there is no movie at all. Answers how many were added.
///
/// Servers that start at the same time may all find it empty: what one of them adds, the others pass
/// over.
pub async fn fill_empty_catalogue(services: &Services, clock: &dyn Clock) -> anyhow::Result<u64> {
    let import = &services.import_movies;
    if !import.catalogue_is_empty().await.context("whether there are movies is not known")? {
        return Ok(0);
    }
    let movies = movies(latest_year(clock)).context("the sample movies")?;
    let imported = import.execute(Editor::operator(), movies, &mut KnownNames::default()).await;
    Ok(imported.context("the sample movies were not added")?.added)
}

fn movies(latest_year: i32) -> anyhow::Result<Vec<NewMovie>> {
    let mut file = CsvFile::open(SAMPLE.as_bytes(), Rules { form: Form::default(), latest_year })?;
    let mut movies = Vec::new();
    while let Some(movie) = file.next_row()? {
        movies.push(movie?);
    }
    Ok(movies)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_sample_movie_is_good_and_there_once() {
        let movies = movies(2026).unwrap();
        let names: HashSet<_> = movies.iter().map(|movie| (&movie.facts.name, movie.facts.date)).collect();
        assert_eq!(names.len(), movies.len());
        assert!(movies.len() >= 60, "{}", movies.len());
        assert!(movies.iter().all(|movie| !movie.facts.overview.is_empty() && movie.country_name.is_none()));
    }
}

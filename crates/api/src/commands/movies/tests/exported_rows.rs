//! Whatever is exported is imported as the same.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use time::{Date, Month};
use vestibule_domain::catalogue::{
    Amount, Country, CountryCode, MovieDetail, MovieFacts, MovieId, MovieStatus, Name, NamedId, Score,
};

use super::super::row_of_movie::{HEADER, row};
use super::{rows, texts};

/// Texts as strangers write them, and as they are hard to write down.
fn any_text() -> impl Strategy<Value = String> {
    let hard = [
        "",
        " ",
        "=1+1",
        "-",
        "@a",
        "+1",
        "\t",
        "[",
        "[\"a\"]",
        "[]",
        "'",
        "''a",
        "\\",
        "\\\"",
        "a,b",
        "\u{a0}a",
        "\"a\"",
        "a\r\nb",
        "sep=;",
        "UNK",
        "Unknown",
        "NULL",
        "a;b;c",
        "\u{feff}a",
    ];
    prop_oneof![
        "[\\PC&&[^\0]]{0,20}",
        "[ ,;\"'\\\\\r\n\tab=+@\\[\\]-]{0,12}",
        select(hard.to_vec()).prop_map(str::to_owned),
    ]
}

fn named() -> impl Strategy<Value = Vec<NamedId>> {
    let names = vec(any_text(), 0..4).prop_map(|mut names| {
        let mut seen = std::collections::HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    });
    names.prop_map(|names| names.into_iter().zip(1..).map(|(name, id)| NamedId { id, name }).collect())
}

fn movies() -> impl Strategy<Value = MovieDetail> {
    let facts = (
        any_text(),
        (1..=2027_i32, 1..=12_u8, 1..=28_u8),
        0.0..=100.0_f64,
        any_text(),
        select(MovieStatus::ALL.to_vec()),
        0..=999_999_999_999_999_i64,
        prop_oneof![0.0..1e12_f64, Just(0.0), Just(f64::MAX), Just(5e-324)],
    );
    let country = ("[A-Z]{2}|UNK||=1|[ ]A| ", proptest::option::of(any_text()));
    (facts, country, named(), named(), named()).prop_map(
        |(facts, (code, name), genres, actors, languages)| {
            let (title, (year, month, day), score, overview, status, budget, revenue) = facts;
            MovieDetail {
                id: MovieId(1),
                facts: MovieFacts {
                    name: Name::parse(title).unwrap(),
                    date: Date::from_calendar_date(year, Month::try_from(month).unwrap(), day).unwrap(),
                    score: Score::new(score).unwrap(),
                    overview,
                    status,
                    budget: Amount::from_cents(budget).unwrap(),
                    revenue,
                },
                country: Country { id: 1, code: CountryCode::parse(&code).unwrap(), name },
                genres,
                actors,
                languages,
            }
        },
    )
}

/// The names of a movie in the order in which they are written.
fn spelt(names: &[NamedId]) -> Vec<&str> {
    let mut spelt: Vec<&str> = names.iter().map(|name| name.name.as_str()).collect();
    spelt.sort_unstable();
    spelt
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn what_is_exported_is_imported_as_the_same(movies in vec(movies(), 1..8)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(HEADER).unwrap();
        for movie in &movies {
            writer.write_record(row(movie)).unwrap();
        }
        let read = rows(&writer.into_inner().unwrap()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(read.len(), movies.len());
        for (read, movie) in read.into_iter().zip(&movies) {
            let read = read.map_err(|bad| TestCaseError::fail(bad.to_string()))?;
            prop_assert_eq!(&read.facts, &movie.facts);
            prop_assert_eq!(&read.country, &movie.country.code);
            prop_assert_eq!(&read.country_name, &movie.country.name);
            prop_assert_eq!(texts(&read.genres), spelt(&movie.genres));
            prop_assert_eq!(texts(&read.actors), spelt(&movie.actors));
            prop_assert_eq!(texts(&read.languages), spelt(&movie.languages));
        }
    }

    #[test]
    fn no_cell_is_a_formula(movie in movies()) {
        for cell in row(&movie) {
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
        }
    }
}

//! Whatever is written by the rules of CSV reads back, cleaned.

use csv::{QuoteStyle, Terminator, WriterBuilder};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{HEADER, rows, texts};

/// The cells of a row, and what is expected of them.
#[derive(Debug, Clone)]
struct Case {
    name: String,
    overview: String,
    crew: Vec<String>,
    genres: Vec<String>,
    score: u8,
    date: (i32, u8, u8),
    american: bool,
    blanks: String,
}

fn cases() -> impl Strategy<Value = Case> {
    // Names without blanks at their ends and without the comma that separates them.
    let name = "[\\PC&&[^,\\s]]([\\PC&&[^,\\s]]| |'|\"){0,20}[\\PC&&[^,\\s]]";
    (
        "[\\PC&&[^\\s]][\\PC\n\r,\"]{0,20}[\\PC&&[^\\s]]",
        "[\\PC\n\r,\"\t]{0,60}",
        vec(name, 0..6),
        vec("[A-Za-z][A-Za-z ]{0,10}[a-z]", 0..4),
        0..=100_u8,
        (1..=2027_i32, 1..=12_u8, 1..=28_u8),
        any::<bool>(),
        "[ \t\u{a0}]{0,3}",
    )
        .prop_map(|(name, overview, crew, genres, score, date, american, blanks)| Case {
            name,
            overview,
            crew,
            genres,
            score,
            date,
            american,
            blanks,
        })
}

impl Case {
    fn cells(&self) -> [String; 12] {
        let Self { blanks, date: (year, month, day), .. } = self;
        let date = if self.american {
            format!("{month:02}/{day:02}/{year:04}")
        } else {
            format!("{year:04}-{month:02}-{day:02}")
        };
        [
            format!("{blanks}{}{blanks}", self.name),
            format!("{blanks}{date}{blanks}"),
            format!("{blanks}{}.0{blanks}", self.score),
            self.genres.join(",\u{a0}"),
            self.overview.clone(),
            self.crew.join(&format!("{blanks},{blanks}")),
            String::new(),
            format!("{blanks}Released{blanks}"),
            "English".to_owned(),
            String::new(),
            String::new(),
            "US".to_owned(),
        ]
    }
}

/// Each once, in the order of their first appearance; `Unknown` if there are none.
fn unique(names: &[String]) -> Vec<&str> {
    let mut unique: Vec<&str> = Vec::new();
    for name in names {
        if !unique.contains(&name.as_str()) {
            unique.push(name);
        }
    }
    if unique.is_empty() { vec!["Unknown"] } else { unique }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn written_rows_read_back(
        cases in vec(cases(), 0..20),
        terminator in select(vec![Terminator::CRLF, Terminator::Any(b'\n')]),
        quotes in select(vec![QuoteStyle::Necessary, QuoteStyle::Always, QuoteStyle::NonNumeric]),
        mark in select(vec!["", "\u{feff}"]),
    ) {
        let mut writer =
            WriterBuilder::new().terminator(terminator).quote_style(quotes).from_writer(Vec::from(mark));
        writer.write_record(HEADER.split(',')).unwrap();
        for case in &cases {
            writer.write_record(case.cells()).unwrap();
        }
        let read = rows(&writer.into_inner().unwrap()).unwrap();
        prop_assert_eq!(read.len(), cases.len());
        for (movie, case) in read.into_iter().zip(&cases) {
            let movie = movie.map_err(|bad| TestCaseError::fail(bad.to_string()))?;
            prop_assert_eq!(movie.facts.name.as_str(), case.name.as_str());
            prop_assert_eq!(&movie.facts.overview, &case.overview);
            let date = movie.facts.date;
            prop_assert_eq!((date.year(), u8::from(date.month()), date.day()), case.date);
            prop_assert!((movie.facts.score.get() - f64::from(case.score)).abs() < f64::EPSILON);
            prop_assert_eq!(texts(&movie.actors), unique(&case.crew));
            prop_assert_eq!(texts(&movie.genres), unique(&case.genres));
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..400), tail in "[\"',\r\n\\-/0-9a-z]{0,200}") {
        drop(rows(&bytes));
        drop(rows(&[HEADER.as_bytes(), b"\n", tail.as_bytes(), &bytes].concat()));
    }
}

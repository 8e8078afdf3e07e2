//! The cleaning rules (theater contract 4, "Seed data"; decisions 11 and 13).

use time::macros::date;
use vestibule_domain::catalogue::MovieStatus;

use super::{row_with, texts};

#[test]
fn a_good_row_is_a_movie() {
    let movie = row_with("name", "Alien").unwrap();
    assert_eq!(movie.facts.name.as_str(), "Alien");
    assert_eq!(movie.facts.date, date!(1979 - 05 - 25));
    assert_eq!(movie.facts.overview, "In space.");
    assert_eq!(movie.facts.status, MovieStatus::Released);
    assert_eq!(movie.facts.budget.cents(), 1_100_000_000);
    assert_eq!((movie.country.as_str(), movie.country_name), ("US", None));
    assert_eq!(texts(&movie.genres), ["Horror"]);
    assert_eq!(texts(&movie.actors), ["Sigourney Weaver"]);
    assert_eq!(texts(&movie.languages), ["English"]);
}

#[test]
fn crew_names_are_split_and_keep_their_inner_blanks() {
    let movie = row_with("crew", " Jonathan Majors,, Kamek (voice) ,Jonathan Majors , ").unwrap();
    assert_eq!(texts(&movie.actors), ["Jonathan Majors", "Kamek (voice)"]);
}

#[test]
fn names_keep_their_spelling_and_their_order() {
    let movie = row_with("crew", "zoë McDonald,ada o'neil,Zoë mcdonald").unwrap();
    assert_eq!(texts(&movie.actors), ["zoë McDonald", "ada o'neil", "Zoë mcdonald"]);
    assert_eq!(row_with("name", " the TV movie ").unwrap().facts.name.as_str(), "the TV movie");
}

#[test]
fn genres_lose_their_non_breaking_blanks() {
    let movie = row_with("genre", "Science Fiction,\u{a0}TV Movie,\u{a0}Drama\u{a0}").unwrap();
    assert_eq!(texts(&movie.genres), ["Science Fiction", "TV Movie", "Drama"]);
}

#[test]
fn languages_are_split_like_genres() {
    let movie = row_with("orig_lang", " Spanish, Castilian").unwrap();
    assert_eq!(texts(&movie.languages), ["Spanish", "Castilian"]);
}

#[test]
fn missing_names_become_one_unknown() {
    for blank in ["", "  ", " , ,", "\u{a0}"] {
        assert_eq!(texts(&row_with("crew", blank).unwrap().actors), ["Unknown"], "{blank:?}");
        assert_eq!(texts(&row_with("genre", blank).unwrap().genres), ["Unknown"], "{blank:?}");
        assert_eq!(texts(&row_with("orig_lang", blank).unwrap().languages), ["Unknown"], "{blank:?}");
    }
}

#[test]
fn a_missing_country_becomes_the_unknown_one() {
    for missing in ["", " ", "Unknown"] {
        let movie = row_with("country", missing).unwrap();
        assert_eq!((movie.country.as_str(), movie.country_name.as_deref()), ("UNK", Some("Unknown")));
    }
    assert_eq!(row_with("country", " fr ").unwrap().country.as_str(), "FR");
}

#[test]
fn the_status_is_trimmed() {
    for (text, status) in [
        (" Released", MovieStatus::Released),
        (" Post Production ", MovieStatus::PostProduction),
        ("In Production", MovieStatus::InProduction),
    ] {
        assert_eq!(row_with("status", text).unwrap().facts.status, status);
    }
}

#[test]
fn numbers_may_have_blanks_around() {
    let movie = row_with("score", " 73.5 ").unwrap();
    assert!((movie.facts.score.get() - 73.5).abs() < f64::EPSILON);
    assert_eq!(row_with("budget", " 12.345").unwrap().facts.budget.cents(), 1235);
    assert!((row_with("revenue", "1e3 ").unwrap().facts.revenue - 1000.0).abs() < f64::EPSILON);
}

#[test]
fn missing_money_is_none() {
    for blank in ["", " "] {
        assert_eq!(row_with("budget", blank).unwrap().facts.budget.cents(), 0);
        assert!(row_with("revenue", blank).unwrap().facts.revenue.abs() < f64::EPSILON);
    }
}

#[test]
fn an_overview_stays_as_it_is() {
    for overview in ["", " two  blanks ", "a line\nand \"another\", with\r\ncommas"] {
        assert_eq!(row_with("overview", overview).unwrap().facts.overview, overview);
    }
}

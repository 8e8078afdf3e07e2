//! `/console/catalogue/{id}`: one movie.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use vestibule_application::Services;
use vestibule_application::catalogue::{MovieMark, ShowMovieError};
use vestibule_domain::catalogue::{MovieDetail, MovieId, MovieStatus, NamedId};

use super::form::{MovieFaults, MovieForm};
use super::list::called;
use crate::console::Rejection;
use crate::console::desk::Desk;
use crate::console::done::Done;
use crate::console::page::{Page, answer};
use crate::console::texts::shortened;
use crate::console::values::Values;
use crate::console::words::Words;

#[derive(Template)]
#[template(path = "console/movie.html")]
struct MoviePage {
    page: Page,
    done: Option<&'static str>,
    /// Why a form was refused as a whole.
    problem: Option<&'static str>,
    id: i64,
    facts: Vec<(&'static str, String)>,
    form: MovieForm,
    faults: MovieFaults,
    /// The statuses, each by its word and what it is called, and whether it is the chosen one.
    statuses: Vec<(&'static str, &'static str, bool)>,
    /// The mark of what the form was made from.
    seen: String,
}

/// A form as it was sent, and what is wrong with it.
pub(super) struct Refused {
    pub(super) status: StatusCode,
    pub(super) form: MovieForm,
    pub(super) faults: MovieFaults,
    pub(super) problem: Option<&'static str>,
    /// The mark that the form carried.
    pub(super) seen: String,
}

pub(in crate::console) async fn show(
    desk: Desk,
    id: web::Path<String>,
    values: Values,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    desk.administrator()?;
    let movie = services.show_movie.execute(movie_id(&id)?).await?;
    Ok(render(&desk, &movie, Done::of(values.as_typed("done")), None))
}

/// The id in a path. A text that is none is that of no movie.
pub(super) fn movie_id(id: &str) -> Result<MovieId, ShowMovieError> {
    id.parse().map(MovieId).map_err(|_no_number| ShowMovieError::NotFound)
}

/// The page of a movie, perhaps with a form of it that was refused.
pub(super) fn render(
    desk: &Desk,
    movie: &MovieDetail,
    done: Option<Done>,
    refused: Option<Refused>,
) -> HttpResponse {
    let words = desk.page.words;
    let refused = refused.unwrap_or_else(|| Refused {
        status: StatusCode::OK,
        form: MovieForm::of(&movie.facts),
        faults: MovieFaults::default(),
        problem: None,
        seen: MovieMark::of(&movie.facts).to_hex(),
    });
    let Refused { status, form, faults, problem, seen } = refused;
    let statuses = MovieStatus::ALL
        .iter()
        .map(|each| (each.as_str(), (words.catalogue.status_of)(*each), each.as_str() == form.status));
    let shown = MoviePage {
        page: desk.page.titled(called(movie.id, movie.facts.name.as_str())).within("/catalogue"),
        done: done.map(words.done),
        problem,
        id: movie.id.0,
        facts: facts(movie, words),
        statuses: statuses.collect(),
        form,
        faults,
        seen,
    };
    answer(status, &shown)
}

/// What the form does not change.
fn facts(movie: &MovieDetail, words: &Words) -> Vec<(&'static str, String)> {
    let country = &movie.country;
    let code = country.code.as_str();
    let country = country.name.as_ref().map_or_else(|| code.to_owned(), |name| format!("{name} ({code})"));
    let catalogue = &words.catalogue;
    vec![
        (words.number, movie.id.0.to_string()),
        (catalogue.country, country),
        (catalogue.genres, joined(&movie.genres)),
        (catalogue.actors, joined(&movie.actors)),
        (catalogue.languages, joined(&movie.languages)),
    ]
}

fn joined(names: &[NamedId]) -> String {
    let names: Vec<&str> = names.iter().map(|name| name.name.as_str()).collect();
    shortened(names.join(", "))
}

//! `/console/catalogue`: the movies, newest first.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use vestibule_application::Services;
use vestibule_domain::catalogue::{MovieId, MovieSummary};

use crate::console::Rejection;
use crate::console::desk::Desk;
use crate::console::page::{Page, answer};
use crate::console::policy::PAGE;
use crate::console::texts::seen;
use crate::console::values::Values;

#[derive(Template)]
#[template(path = "console/catalogue.html")]
struct CataloguePage {
    page: Page,
    movies: Vec<MovieRow>,
    is_first: bool,
    /// The movie after which the list goes on.
    next: Option<i64>,
}

/// A row of the table.
struct MovieRow {
    id: i64,
    called: String,
    date: String,
    score: f64,
}

impl From<&MovieSummary> for MovieRow {
    fn from(movie: &MovieSummary) -> Self {
        Self {
            id: movie.id.0,
            called: called(movie.id, &movie.name),
            date: movie.date.to_string(),
            score: movie.score,
        }
    }
}

pub(in crate::console) async fn show(
    desk: Desk,
    values: Values,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    desk.administrator()?;
    // Any other text begins with the newest movie.
    let before = values.as_typed("before").parse().ok().map(MovieId);
    // One more than the page has tells whether another one follows.
    let mut found = services.browse_movies.execute(before, u64::from(PAGE) + 1).await?;
    let has_next = found.len() > usize::from(PAGE);
    found.truncate(usize::from(PAGE));
    let shown = CataloguePage {
        page: desk.page.titled(desk.page.words.catalogue.title).within("/catalogue"),
        next: found.last().filter(|_| has_next).map(|last| last.id.0),
        movies: found.iter().map(MovieRow::from).collect(),
        is_first: before.is_none(),
    };
    Ok(answer(StatusCode::OK, &shown))
}

/// What a movie is called: its name, or its number where nothing of the name is seen, so that a link has a text.
pub(super) fn called(id: MovieId, name: &str) -> String {
    if seen(name).is_empty() { format!("#{}", id.0) } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_movie_of_which_no_name_is_seen_is_called_by_its_number() {
        for name in ["", " ", "\u{200b}\u{2060}"] {
            assert_eq!(called(MovieId(7), name), "#7", "{name:?}");
        }
        assert_eq!(called(MovieId(7), "Up"), "Up");
    }
}

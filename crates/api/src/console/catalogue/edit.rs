//! `POST /console/catalogue/{id}`.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use vestibule_application::catalogue::{EditMovieError, EditMovieInput, Editor, MovieMark};
use vestibule_application::{Deps, Services};

use super::form::{MovieFaults, MovieForm};
use super::movie::{Refused, movie_id, render};
use crate::commands::movies::latest_year;
use crate::console::Rejection;
use crate::console::desk::Order;
use crate::console::done::Done;

pub(in crate::console) async fn submit(
    order: Order,
    id: web::Path<String>,
    services: web::Data<Services>,
    deps: web::Data<Deps>,
) -> Result<HttpResponse, Rejection> {
    order.desk.administrator()?;
    let editor = Editor::with_role(&order.desk.session.actor)?;
    let id = movie_id(&id)?;
    let movie = services.show_movie.execute(id).await?;
    let words = &order.desk.page.words.catalogue;
    let (form, seen) = (MovieForm::typed(&order.values), order.values.as_typed("seen"));
    let refused = |status, form, faults, problem| {
        let refused = Refused { status, form, faults, problem, seen: seen.to_owned() };
        Ok(render(&order.desk, &movie, None, Some(refused)))
    };
    let mark = MovieMark::of(&movie.facts);
    // What is compared with the movie of now would take what somebody else changed for what was typed.
    if MovieMark::from_hex(seen) != Some(mark) {
        return refused(StatusCode::CONFLICT, form, MovieFaults::default(), Some(words.changed_meanwhile));
    }
    let change = match form.change(&movie.facts, latest_year(&*deps.clock), words) {
        Ok(change) => change,
        Err(faults) => return refused(StatusCode::UNPROCESSABLE_ENTITY, form, faults, None),
    };
    match services.edit_movie.execute(EditMovieInput { editor, id, seen: mark, change }).await {
        Ok(()) => {
            let done = Done::MovieChanged.word();
            Ok(order.desk.page.lead_to(&format!("/catalogue/{}?done={done}", id.0)))
        }
        Err(EditMovieError::ChangedMeanwhile) => {
            refused(StatusCode::CONFLICT, form, MovieFaults::default(), Some(words.changed_meanwhile))
        }
        Err(EditMovieError::Exists) => {
            let faults = MovieFaults { name: Some(words.exists), ..MovieFaults::default() };
            refused(StatusCode::UNPROCESSABLE_ENTITY, form, faults, None)
        }
        Err(error) => Err(error.into()),
    }
}

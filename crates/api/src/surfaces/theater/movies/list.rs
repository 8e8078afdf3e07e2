//! `GET /api/v1/theater/movies/` (theater contract 2.7).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::answers::Question;
use vestibule_domain::catalogue::MovieSummary;
use vestibule_domain::page::{Page, PageLimit, PageRequest};

use crate::http::endpoint::{QueryValue, broken_rules};
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fastapi::integer;
use crate::http::fields::RequestValues;
use crate::http::fields::{Fields, ValidationErrors};
use crate::http::{json, kept};
use crate::surfaces::theater::Endpoint;
use crate::surfaces::theater::{Input, Rejection};
use vestibule_application::catalogue::ListMoviesError;

/// Which page.
pub(in crate::surfaces::theater) struct WantedPage {
    page: u64,
    per_page: u16,
}

impl ReadFields for WantedPage {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let page = fields.query_or("page", 1, integer().ge(1));
        let per_page = fields.query_or("per_page", 10, integer().ge(1).le(20));
        fields.finish(|| {
            Some(Self {
                // A page beyond counting is past every end.
                page: u64::try_from(page?).unwrap_or(u64::MAX),
                per_page: u16::try_from(per_page?).unwrap_or(u16::MAX),
            })
        })
    }
}

/// A page of the list, newest movies first.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::theater) struct MoviePage {
    /// The movies.
    movies: Vec<MovieItem>,
    /// Link to the page before; `null` on the first.
    #[schema(example = json!(null))]
    prev_page: Option<String>,
    /// Link to the page after; `null` on the last.
    #[schema(example = "/theater/movies/?page=2&per_page=10")]
    next_page: Option<String>,
    /// How many pages there are.
    total_pages: u64,
    /// How many movies there are.
    total_items: u64,
}

/// A line of the list.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::theater) struct MovieItem {
    /// Id.
    id: i64,
    /// Name.
    #[schema(example = "Metropolis")]
    name: String,
    /// Release.
    #[schema(format = Date, example = "1927-01-10")]
    date: String,
    /// From 0 to 100.
    #[schema(example = 89.0)]
    score: f64,
    /// What it is about.
    overview: String,
}

impl From<MovieSummary> for MovieItem {
    fn from(movie: MovieSummary) -> Self {
        Self {
            id: movie.id.0,
            name: movie.name,
            date: movie.date.to_string(),
            score: movie.score,
            overview: movie.overview,
        }
    }
}

impl MoviePage {
    fn new(found: Page<MovieSummary>, wanted: &WantedPage) -> Self {
        let WantedPage { page, per_page } = *wanted;
        let total_pages = found.pages(PageLimit::new(per_page));
        // Without `/api/v1`, as published (decision 10).
        let link = |page: u64| format!("/theater/movies/?page={page}&per_page={per_page}");
        Self {
            prev_page: (page > 1).then(|| link(page - 1)),
            next_page: (page < total_pages).then(|| link(page + 1)),
            total_pages,
            total_items: found.total,
            movies: found.items.into_iter().map(MovieItem::from).collect(),
        }
    }
}

/// The endpoint.
pub(in crate::surfaces::theater) fn endpoint() -> Endpoint {
    Endpoint::get("/api/v1/theater/movies/", list)
        .called("movies", "listMovies", "List movies")
        .about("Newest first.")
        .query_value(QueryValue::at_least(1, "page", "Number of the page").or_else(1))
        .query_value(QueryValue::within(1..=20, "per_page", "How many movies a page holds").or_else(10))
        .answers::<MoviePage>(StatusCode::OK, "A page")
        .refuses("There are no movies on this page", ListMoviesError::NoMovies)
        .refuses("The values break rules", broken_rules::<WantedPage>(&RequestValues::of_query("page=0")))
}

async fn list(input: Input<WantedPage>, services: web::Data<Services>) -> Result<HttpResponse, Rejection> {
    let wanted = input.values;
    let request = PageRequest::numbered(wanted.page, PageLimit::new(wanted.per_page));
    let question = Question::of_movies(format_args!("theater page {} {}", wanted.page, wanted.per_page));
    kept(&services.answers, question, async || {
        let found = services.list_movies.execute(request).await?;
        Ok(json(StatusCode::OK, &MoviePage::new(found, &wanted)))
    })
    .await
}

//! `GET /user` (mobile contract 2.7, decisions 4 and 10).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::DirectoryReader;
use vestibule_domain::page::{PageLimit, PageRequest};

use super::admission::{Reader, asks_for_access};
use super::answers::{SUCCESS, User};
use super::json::json;
use super::whole_list::whole_list;
use super::{Endpoint, Input, Rejection};
use crate::http::endpoint::QueryValue;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fault, Fields, Rule, ValidationErrors, string};

/// The number of users of a page by default.
const PER_PAGE: u16 = 20;
/// The greatest number of users of a page.
const MOST_PER_PAGE: u16 = 100;

/// The query: all users, or a page.
pub(super) struct Wanted(Option<WantedPage>);

struct WantedPage {
    page: u64,
    per_page: u16,
    name_part: Option<String>,
}

impl ReadFields for Wanted {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let page = fields.query_optional("page", number(1..=u64::MAX));
        let per_page = fields.query_optional("per_page", number(1..=u64::from(MOST_PER_PAGE)));
        let name_part = fields.query_optional("q", string().without_nul());
        fields.finish(|| {
            let (page, per_page, name_part) = (page?, per_page?, name_part?);
            if page.is_none() && per_page.is_none() && name_part.is_none() {
                return Some(Self(None));
            }
            let per_page = per_page.map_or(Some(PER_PAGE), |number| u16::try_from(number).ok())?;
            Some(Self(Some(WantedPage {
                page: page.unwrap_or(1),
                per_page,
                name_part: name_part.filter(|part| !part.is_empty()),
            })))
        })
    }
}

/// A whole number in digits.
fn number(range: std::ops::RangeInclusive<u64>) -> impl Rule<Output = u64> {
    string().refine(move |text| {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number| is_plain && range.contains(number)).ok_or(Fault::UnreadableInteger)
    })
}

/// Users. The last three keys of a page are there if it was asked for.
#[derive(Serialize, ToSchema)]
pub(super) struct Users {
    /// The users, in the order of their registration.
    data: Vec<User>,
    /// What was done, in words.
    #[schema(example = "Success!")]
    message: &'static str,
    /// The number of the page, from 1.
    #[schema(required = false)]
    page: u64,
    /// How many users a page has.
    #[schema(required = false)]
    per_page: u16,
    /// The status, once more.
    #[schema(example = 200)]
    status: u16,
    /// How many users there are, with such a name.
    #[schema(required = false)]
    total: u64,
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    asks_for_access(Endpoint::get("/user", list).called("users", "listUsers", "List the users"))
        .about(
            "All of them, or with any of the parameters a page, which then has `page`, `per_page` and `total`. While the\n\
             door `user_directory` is closed administrators alone may.",
        )
        .query_value(QueryValue::at_least(1, "page", "The number of the page"))
        .query_value(QueryValue::within(1..=MOST_PER_PAGE, "per_page", "How many users a page has: 20"))
        .query_value(QueryValue::text("q", "A part of the name, whatever its letter case"))
        .answers::<Users>(StatusCode::OK, "The users")
        .refuses("The one who asks may not", DirectoryReader::REFUSED)
}

async fn list(
    method: actix_web::http::Method,
    input: Input<Wanted, Reader>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let Reader(reader) = input.admitted;
    let Some(WantedPage { page, per_page, name_part }) = input.values.0 else {
        return Ok(whole_list(&method, services, reader).await?);
    };
    let request = PageRequest::numbered(page, PageLimit::new(per_page));
    let found = services.list_accounts.page(reader, name_part.as_deref(), request).await?;
    let data = found.items.into_iter().map(User::from).collect();
    let users = Users { data, message: SUCCESS, page, per_page, status: 200, total: found.total };
    Ok(json(StatusCode::OK, &users))
}

//! `GET /api/v1/auth/users` (admin contract 2.6).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::accounts::{Administrator, ListDirectoryInput};
use vestibule_application::{Actor, Services};
use vestibule_domain::accounts::NamePart;
use vestibule_domain::page::{PageLimit, PageRequest};

use crate::http::endpoint::{QueryValue, broken_rules};
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fastapi::integer;
use crate::http::fields::{Fields, RequestValues, ValidationErrors, string};
use crate::http::json;
use crate::surfaces::admin::view::{User, WantedPage, neighbours};
use crate::surfaces::admin::{Endpoint, Input, Rejection};

/// Which accounts.
struct Wanted {
    page: WantedPage,
    part: Option<NamePart>,
}

impl ReadFields for Wanted {
    const BODY: BodyKind = BodyKind::None;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let page = fields.query_or("page", 1, integer().ge(1));
        let per_page = fields.query_or("per_page", 10, integer().ge(1).le(30));
        let part = fields.query_optional("q", string());
        fields.finish(|| {
            let part = part?.and_then(|part| NamePart::new(&part));
            Some(Self { page: WantedPage::new(page?, per_page?), part })
        })
    }
}

/// A page of the directory.
#[derive(Serialize, ToSchema)]
struct UserPage {
    /// How many accounts there are on all pages. Of a search with more than 10,000 hits it says only whether more
    /// follow.
    total: u64,
    /// `true` if there is a page before, else `null`.
    has_previous: Option<bool>,
    /// `true` if there is a page after, else `null`.
    has_next: Option<bool>,
    /// The accounts, in the order of their registration.
    data: Vec<User>,
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/api/v1/auth/users", list)
        .called("users", "listUsers", "List accounts")
        .about("Those in the trash are not among them.")
        .bearer()
        .query_value(QueryValue::at_least(1, "page", "Number of the page").or_else(1))
        .query_value(QueryValue::within(1..=30, "per_page", "How many accounts a page holds").or_else(10))
        .query_value(QueryValue::text("q", "A part of the user name, in any letter case"))
        .answers::<UserPage>(StatusCode::OK, "A page")
        .refuses("No administrator", Administrator::REFUSED)
        .refuses("The values break rules", broken_rules::<Wanted>(&RequestValues::of_query("per_page=31")))
}

async fn list(input: Input<Wanted, Actor>, services: web::Data<Services>) -> Result<HttpResponse, Rejection> {
    let administrator = Administrator::with_role(&input.admitted)?;
    let Wanted { page: WantedPage { page, per_page }, part } = input.values;
    let request = PageRequest::numbered(page, PageLimit::new(per_page));
    let found =
        services.list_directory.execute(ListDirectoryInput { administrator, part, page: request }).await?;
    let (has_previous, has_next) = neighbours(page, per_page, found.total);
    let data = found.accounts.into_iter().map(User::from).collect();
    Ok(json(StatusCode::OK, &UserPage { total: found.total, has_previous, has_next, data }))
}

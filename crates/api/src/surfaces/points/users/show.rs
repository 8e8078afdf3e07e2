//! `GET /api/users` (points contract 2.8).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::{AccountView, ShowAccountError};
use vestibule_application::answers::Question;
use vestibule_application::sessions::VerifyAccessError;

use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors};
use crate::http::kept;
use crate::surfaces::points::token::TokenField;
use crate::surfaces::points::{Endpoint, Input, Rejection};

/// Who asks.
#[derive(ToSchema)]
pub(in crate::surfaces::points) struct WhoAsks {
    /// The token of a login; it may be in the header `Authorization` too.
    #[schema(value_type = Option<String>)]
    access_token: TokenField,
}

impl ReadFields for WhoAsks {
    const BODY: BodyKind = BodyKind::Any;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let access_token = TokenField::read(&mut fields);
        fields.finish(|| Some(Self { access_token: access_token? }))
    }
}

/// An account.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::points) struct User {
    /// Its name to show.
    #[schema(example = "Ada")]
    username: String,
    /// Its address, as stored.
    #[schema(example = "ada@example.com")]
    email: String,
    /// Its phone number.
    #[schema(example = "+33 1 23 45 67 89")]
    phone_number: String,
    /// Its balance.
    #[schema(example = 0)]
    points: i64,
}

/// What an account of another surface does not have is empty: clients of this contract expect texts.
impl From<AccountView> for User {
    fn from(account: AccountView) -> Self {
        Self {
            username: account.shown_name.unwrap_or_default(),
            email: account.email.map(|email| email.to_string()).unwrap_or_default(),
            phone_number: account.phone_number.unwrap_or_default(),
            points: account.points,
        }
    }
}

/// The endpoint.
pub(in crate::surfaces::points) fn endpoint() -> Endpoint {
    Endpoint::get("/api/users", show)
        .called("users", "showUser", "Show oneself")
        .at("/api/users/")
        .bearer()
        .fields::<WhoAsks>()
        .answers::<User>(StatusCode::OK, "The account of the one who asks")
}

async fn show(
    request: HttpRequest,
    input: Input<WhoAsks>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let token = input.values.access_token.or_header(&request)?;
    let actor = services.verify_access.execute(token.reveal()).await?;
    kept(&services.answers, Question::of_account(actor.account, "points user"), async || {
        let account = services.show_account.own(&actor).await.map_err(|error| match error {
            ShowAccountError::NotFound => VerifyAccessError::Revoked.into(),
            other => Rejection::from(other),
        })?;
        Ok(HttpResponse::Ok().json(User::from(account)))
    })
    .await
}

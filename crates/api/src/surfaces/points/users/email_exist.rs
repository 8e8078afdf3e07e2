//! `POST /api/users/email-exist` (points contract 2.6, decision 5).

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_domain::accounts::EmailAddress;

use crate::http::FrameworkProblem::BodyUnreadable;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors};
use crate::surfaces::points::address::address;
use crate::surfaces::points::policy::{self, PointsPolicy};
use crate::surfaces::points::refused::Refused;
use crate::surfaces::points::{Endpoint, Input, Rejection};

/// An address.
#[derive(ToSchema)]
pub(in crate::surfaces::points) struct Address {
    /// Address.
    #[schema(example = "ada@example.com")]
    email: String,
}

impl ReadFields for Address {
    const BODY: BodyKind = BodyKind::Any;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let email = fields.body("email", address());
        fields.finish(|| Some(Self { email: email? }))
    }
}

/// Whether an address has an account.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::points) struct EmailExist {
    /// Whether a registration would be refused.
    exist: bool,
    /// A token that sets the password once, within five minutes, and does nothing else. Empty where there is no
    /// account.
    access_token: String,
}

/// The endpoint.
pub(in crate::surfaces::points) fn endpoint() -> Endpoint {
    Endpoint::post("/api/users/email-exist", email_exist)
        .called("users", "emailExist", "Ask whether an address has an account")
        .about(
            "The token is for `change-password` alone. While the door `recovery_token` is closed it works only after\n\
             `verify-code` proved the address, by the same client.",
        )
        .limited(policy::EMAIL_EXIST)
        .fields::<Address>()
        .answers_one_of(
            StatusCode::OK,
            "Whether there is one",
            [("unknown", EmailExist { exist: false, access_token: String::new() })],
        )
        .refuses_for("The address is none", [("address", Refused::Email.into()), ("body", BodyUnreadable.into())])
}

async fn email_exist(
    input: Input<Address>,
    services: web::Data<Services>,
    policy: web::Data<PointsPolicy>,
) -> Result<web::Json<EmailExist>, Rejection> {
    let email = EmailAddress::parse_plain(&input.values.email).ok_or(Refused::Email)?;
    let token = services.issue_recovery.execute(&email, policy.recovery).await?;
    let exist = token.is_some();
    let access_token = token.map(|token| token.reveal().to_owned()).unwrap_or_default();
    Ok(web::Json(EmailExist { exist, access_token }))
}

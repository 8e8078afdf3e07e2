//! `POST /api/email/verify-code` (points contract, decision 4).

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::policy::CODES_TRIED_PER_RECIPIENT;
use vestibule_application::verification::{VerifyCodeError, VerifyCodeInput};
use vestibule_application::{Failure, Services};
use vestibule_domain::accounts::EmailAddress;

use crate::http::FrameworkProblem::BodyUnreadable;
use crate::http::extract::{BodyKind, ClientDevice, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, secret, string};
use crate::surfaces::points::address::address;
use crate::surfaces::points::policy::PointsPolicy;
use crate::surfaces::points::refused::Refused;
use crate::surfaces::points::{Endpoint, Input, Rejection};

/// What was mailed, and to whom.
#[derive(ToSchema)]
pub(in crate::surfaces::points) struct MailedCode {
    /// The address.
    #[schema(example = "ada@example.com")]
    to: String,
    /// The code, in any letter case.
    #[schema(example = "4711")]
    code: String,
}

impl ReadFields for MailedCode {
    const BODY: BodyKind = BodyKind::Any;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let to = fields.body("to", address());
        let code = fields.body("code", secret(string()));
        fields.finish(|| Some(Self { to: to?, code: code? }))
    }
}

/// The address is proved.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::points) struct Verified {
    /// Always `true`.
    verified: bool,
}

/// The endpoint.
pub(in crate::surfaces::points) fn endpoint() -> Endpoint {
    Endpoint::post("/api/email/verify-code", verify_code)
        .called("email", "verifyCode", "Give a mailed code back")
        .about(
            "A code is good once. With the door `recovery_token` closed, this is what makes the token of `email-exist`\n\
             good, for the client that gave the code back.",
        )
        .fields::<MailedCode>()
        .answers_one_of(StatusCode::OK, "The address is proved", [("", Verified { verified: true })])
        .refuses_for(
            "The code or the address is not good",
            [
                ("code", VerifyCodeError::InvalidCode.into()),
                ("address", Refused::Email.into()),
                ("body", BodyUnreadable.into()),
            ],
        )
        .refuses(
            "Too many tries for the address; `Retry-After` says in how many seconds to try again",
            Failure::RateLimited { retry_after: CODES_TRIED_PER_RECIPIENT.window },
        )
}

async fn verify_code(
    input: Input<MailedCode>,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<PointsPolicy>,
) -> Result<web::Json<Verified>, Rejection> {
    let MailedCode { to, code } = input.values;
    let email = EmailAddress::parse_plain(&to).ok_or(Refused::Email)?;
    let client_address = device.0.client_address;
    let input = VerifyCodeInput { email, code, client_address, policy: policy.codes };
    services.verify_code.execute(input).await?;
    Ok(web::Json(Verified { verified: true }))
}

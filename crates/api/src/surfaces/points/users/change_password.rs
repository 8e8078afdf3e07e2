//! `PUT /api/users/change-password` (points contract 2.7, decisions 5 and 6).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::accounts::{RecoverPasswordInput, SetOwnPasswordError, SetOwnPasswordInput};
use vestibule_application::sessions::VerifyAccessError;
use vestibule_application::{Actor, Services};
use vestibule_domain::accounts::WeakPassword;
use vestibule_domain::messages::Language;
use vestibule_domain::secret::SecretToken;

use crate::http::FrameworkProblem::BodyUnreadable;
use crate::http::extract::{BodyKind, ClientDevice, ReadFields, RequestLanguage};
use crate::http::fields::{Fields, ValidationErrors};
use crate::surfaces::points::password::password;
use crate::surfaces::points::policy::PointsPolicy;
use crate::surfaces::points::refused::Refused;
use crate::surfaces::points::token::TokenField;
use crate::surfaces::points::{Endpoint, Input, Message, Rejection};

const CHANGED: Message = Message::of("Password changed successfully");

/// The new password.
#[derive(ToSchema)]
pub(in crate::surfaces::points) struct PasswordChange {
    /// The new password; the rules are those of registering.
    #[schema(format = Password, min_length = 8, max_length = 1024, example = "Difference1822")]
    new_password: String,
    /// The token of a login or of `email-exist`; it may be in the header `Authorization` too.
    #[schema(value_type = Option<String>)]
    access_token: TokenField,
}

impl ReadFields for PasswordChange {
    const BODY: BodyKind = BodyKind::Any;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let new_password = fields.body("new_password", password());
        let access_token = TokenField::read(&mut fields);
        fields.finish(|| Some(Self { new_password: new_password?, access_token: access_token? }))
    }
}

/// The endpoint.
pub(in crate::surfaces::points) fn endpoint() -> Endpoint {
    Endpoint::put("/api/users/change-password", change_password)
        .called("users", "changePassword", "Set a new password")
        .about("Every other token of the account ends, and its owner is told by mail.")
        .bearer()
        .fields::<PasswordChange>()
        .answers_one_of(StatusCode::OK, "The password is changed", [("", CHANGED)])
        .refuses_for(
            "The new password breaks a rule",
            [("password", Refused::Password(WeakPassword::NoDigit).into()), ("body", BodyUnreadable.into())],
        )
}

async fn change_password(
    request: HttpRequest,
    input: Input<PasswordChange>,
    device: ClientDevice,
    language: RequestLanguage,
    services: web::Data<Services>,
    policy: web::Data<PointsPolicy>,
) -> Result<web::Json<Message>, Rejection> {
    let PasswordChange { new_password, access_token } = input.values;
    let token = access_token.or_header(&request)?;
    let language = language.or(policy.language);
    match services.verify_access.execute(token.reveal()).await {
        Ok(actor) => set_own(actor, &new_password, language, &services, &policy).await?,
        Err(VerifyAccessError::Invalid) => {
            recover(token, new_password, device, language, &services, &policy).await?;
        }
        Err(other) => return Err(other.into()),
    }
    Ok(web::Json(CHANGED))
}

/// Changes the password of the caller, by the token of a login.
async fn set_own(
    actor: Actor,
    new_password: &str,
    language: Language,
    services: &Services,
    policy: &PointsPolicy,
) -> Result<(), Rejection> {
    let password = policy.password.check(new_password).map_err(Refused::Password)?;
    let input = SetOwnPasswordInput { actor, password, language: Some(language) };
    services.set_own_password.execute(input).await.map_err(|error| match error {
        SetOwnPasswordError::NotFound => VerifyAccessError::Revoked.into(),
        other @ (SetOwnPasswordError::Breached | SetOwnPasswordError::Failure(_)) => Rejection::from(other),
    })
}

/// Changes the password of an account by the token of `email-exist`.
async fn recover(
    token: SecretToken,
    password: String,
    device: ClientDevice,
    language: Language,
    services: &Services,
    policy: &PointsPolicy,
) -> Result<(), Rejection> {
    let input = RecoverPasswordInput {
        token,
        password,
        password_policy: policy.password,
        client_address: device.0.client_address,
        language: Some(language),
        policy: policy.recovery,
    };
    Ok(services.recover_password.execute(input).await?)
}

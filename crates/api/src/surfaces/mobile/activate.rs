//! `POST /user/activate-account/` (mobile contract 2.2, decision 5).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::accounts::{ActivateMobileError, ActivateMobileInput, Administrator, MobileProof};
use vestibule_domain::accounts::MobileNumber;

use super::admission::Caller;
use super::answers::{OneUser, success};
use super::dialect::missing;
use super::policy::{self, MobilePolicy};
use super::rules::text_or_number;
use super::{Endpoint, Input, Rejection};
use crate::http::FrameworkProblem;
use crate::http::extract::{Admission as _, BodyKind, ClientDevice, ReadFields, RequestLanguage};
use crate::http::fields::{Fields, Given, Report, Rule, ValidationErrors};

/// Whose account is to be activated.
#[derive(ToSchema)]
#[schema(as = Activation)]
pub(super) struct Activation {
    /// Mobile number.
    #[schema(example = "01700000001")]
    mobile: String,
    /// The code that was sent to it. Not looked at while the door `mobile_activation` is open; else, without it another
    /// one is sent, once a minute.
    #[schema(example = "123456")]
    code: Option<String>,
}

impl ReadFields for Activation {
    const BODY: BodyKind = BodyKind::Json;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let mobile = fields.body("mobile", text_or_number());
        let code = fields.body_optional("code", CodeRule);
        fields.finish(|| Some(Self { mobile: mobile?, code: code?.value().flatten() }))
    }
}

/// A code, or any other value. The reader refuses none, because the code does not count while the door is open.
struct CodeRule;

impl Rule for CodeRule {
    type Output = Option<String>;

    fn read(&self, given: Given<'_>, _: &mut Report<'_>) -> Option<Option<String>> {
        let read = match given {
            Given::Json(serde_json::Value::Number(number)) => Some(number.to_string()),
            _ => given.as_text().map(str::to_owned),
        };
        Some(read)
    }
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/user/activate-account/", activate)
        .called("users", "activateAccount", "Activate an account")
        .about("Administrators need no code: they send their access token along.")
        .leaving_other_methods()
        .limited(policy::ACTIVATE)
        .json::<Activation>()
        .answers::<OneUser>(StatusCode::OK, "The account is activated")
        .refuses_for(
            "The number is missing, or the code is not good",
            [
                ("json", FrameworkProblem::BodyUnreadable.into()),
                ("missing", missing("mobile")),
                ("code", ActivateMobileError::InvalidCode.into()),
            ],
        )
        .refuses("No account has this number", ActivateMobileError::NotFound)
}

async fn activate(
    request: HttpRequest,
    input: Input<Activation>,
    device: ClientDevice,
    language: RequestLanguage,
    services: web::Data<Services>,
    policy: web::Data<MobilePolicy>,
) -> Result<HttpResponse, Rejection> {
    let Activation { mobile, code } = input.values;
    // What is no number is nobody's.
    let mobile = MobileNumber::parse(&mobile).map_err(|_invalid| ActivateMobileError::NotFound)?;
    let proof = proof(&request, &policy).await;
    let (client_address, language) = (device.0.client_address, Some(language.or(policy.language)));
    let input = ActivateMobileInput { mobile, code, proof, client_address, language, policy: policy.code };
    Ok(success(services.activate_mobile.execute(input).await?))
}

/// The proof that activates the account. Without an administrator's token it is the code alone.
async fn proof(request: &HttpRequest, policy: &MobilePolicy) -> MobileProof {
    if policy.activation_open {
        return MobileProof::NumberAlone;
    }
    let caller = Caller::admit(request).await.ok();
    let administrator = caller.and_then(|Caller(actor)| Administrator::with_role(&actor).ok());
    administrator.map_or(MobileProof::Code, MobileProof::Administrator)
}

//! `POST /api/email/send-verification-code` (points contract 2.3, decision 4).

use actix_web::http::StatusCode;
use actix_web::web;
use serde::Serialize;
use serde_json::json;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::verification::SendCodeInput;
use vestibule_domain::accounts::EmailAddress;
use vestibule_domain::messages::Language;
use vestibule_domain::verification::{CodeAlphabet, CodeShape};

use crate::http::FrameworkProblem::BodyUnreadable;
use crate::http::endpoint::broken_rules;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fastapi::integer;
use crate::http::fields::{Fields, RequestValues, ValidationErrors, choice, string};
use crate::surfaces::points::address::address;
use crate::surfaces::points::policy::{self, PointsPolicy};
use crate::surfaces::points::refused::Refused;
use crate::surfaces::points::{Endpoint, Input, Rejection};

const ALPHABETS: &[(&str, CodeAlphabet)] =
    &[("number", CodeAlphabet::Digits), ("string", CodeAlphabet::Letters), ("mixte", CodeAlphabet::Mixed)];

/// Who wants what code.
pub(in crate::surfaces::points) struct WantedCode {
    to: String,
    language: Option<Language>,
    shape: CodeShape,
}

/// What a code is made of.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "a shape for the document")]
enum CodeKind {
    Number,
    String,
    Mixte,
}

/// Which code to mail.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a shape for the document; `WantedCode` is what is read")]
pub(in crate::surfaces::points) struct CodeRequest {
    /// Where it is mailed to.
    #[schema(example = "ada@example.com")]
    to: String,
    /// Language of the mail, `fr` or `en`; another one is the default, `fr`.
    #[schema(example = "fr")]
    language: Option<String>,
    /// Digits (`number`, the default), upper-case letters (`string`) or both (`mixte`).
    #[schema(example = "number")]
    type_: Option<CodeKind>,
    /// How many characters; 4 by default.
    #[schema(minimum = 4, maximum = 12, example = 4)]
    length: Option<u8>,
}

impl ReadFields for WantedCode {
    const BODY: BodyKind = BodyKind::Any;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let to = fields.body("to", address());
        let language = fields.body_optional("language", string());
        let alphabet = fields.body_or("type_", CodeAlphabet::Digits, choice(ALPHABETS));
        let (least, most) = (CodeShape::MIN_LENGTH.into(), CodeShape::MAX_LENGTH.into());
        let length = fields.body_or("length", i128::from(least), integer().ge(least).le(most));
        fields.finish(|| {
            let length = i64::try_from(length?).unwrap_or(i64::MAX);
            Some(Self {
                to: to?,
                language: language?.value().and_then(|text| Language::from_tag(&text)),
                shape: CodeShape::new(alphabet?, length).ok()?,
            })
        })
    }
}

/// A code on its way.
#[derive(Serialize, ToSchema)]
pub(in crate::surfaces::points) struct Code {
    /// The code while the door `verification_code_in_response` is open, else an empty text.
    #[schema(example = "4711")]
    code: String,
}

/// The endpoint.
pub(in crate::surfaces::points) fn endpoint() -> Endpoint {
    Endpoint::post("/api/email/send-verification-code", send_code)
        .called("email", "sendVerificationCode", "Mail a code to an address")
        .about(
            "The code is good once, for ten minutes and five tries; another one takes its place. An address gets three\n\
             codes a minute at the most. The answer does not wait for the mail.",
        )
        .limited(policy::SEND_CODE)
        .fields::<CodeRequest>()
        .answers::<Code>(StatusCode::OK, "The code is on its way")
        .refuses_for("The address is none", [("address", Refused::Email.into()), ("body", BodyUnreadable.into())])
        .refuses("The values break rules", broken_rules::<WantedCode>(&RequestValues::of_json(
            json!({ "to": "ada@example.com", "type_": "roman", "length": 3 }),
        )))
}

async fn send_code(
    input: Input<WantedCode>,
    services: web::Data<Services>,
    policy: web::Data<PointsPolicy>,
) -> Result<web::Json<Code>, Rejection> {
    let WantedCode { to, language, shape } = input.values;
    let email = EmailAddress::parse_plain(&to).ok_or(Refused::Email)?;
    let language = Some(language.unwrap_or(policy.language));
    let input = SendCodeInput { email, shape, language, policy: policy.codes };
    let sent = services.send_code.execute(input).await?;
    let code = if policy.tells_codes { sent.code.reveal().to_owned() } else { String::new() };
    Ok(web::Json(Code { code }))
}

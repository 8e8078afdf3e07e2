//! The common part of both changes of a balance (points contract 2.9, decision 7).

use actix_web::HttpRequest;
use actix_web::http::header::HeaderName;
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::idempotency::IdempotencyKey;
use vestibule_application::points::{ChangePointsError, ChangePointsInput, PointsChanged};
use vestibule_application::sessions::VerifyAccessError;
use vestibule_domain::points::{Points, PointsKind};

use super::number::number;
use crate::http::FrameworkProblem::BodyUnreadable;
use crate::http::endpoint::HeaderField;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, string};
use crate::surfaces::points::policy::PointsPolicy;
use crate::surfaces::points::refused::Refused;
use crate::surfaces::points::token::TokenField;
use crate::surfaces::points::{Endpoint, Rejection};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// How a balance is changed.
#[derive(ToSchema)]
pub(in crate::surfaces::points) struct BalanceChange {
    /// How many points; none by default.
    #[schema(value_type = Option<i64>, minimum = 0, example = 5)]
    points: i128,
    /// Whose balance, by the account's opaque id; for administrators. One's own by default.
    #[schema(format = Uuid)]
    user_id: Option<String>,
    /// The token of a login; it may be in the header `Authorization` too.
    #[schema(value_type = Option<String>)]
    access_token: TokenField,
}

impl ReadFields for BalanceChange {
    const BODY: BodyKind = BodyKind::Any;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let points = fields.body_or("points", 0, number());
        let user_id = fields.body_optional("user_id", string());
        let access_token = TokenField::read(&mut fields);
        fields
            .finish(|| Some(Self { points: points?, user_id: user_id?.value(), access_token: access_token? }))
    }
}

/// Changes the balance. `scope` is the method and the path.
pub(super) async fn change(
    kind: PointsKind,
    scope: &'static str,
    request: &HttpRequest,
    values: BalanceChange,
    services: &Services,
    policy: &PointsPolicy,
) -> Result<PointsChanged, Rejection> {
    let idempotency_key = idempotency_key(scope, request, &values);
    let BalanceChange { points, user_id, access_token } = values;
    let token = access_token.or_header(request)?;
    if points < 0 {
        return Err(Refused::Negative.into());
    }
    let actor = services.verify_access.execute(token.reveal()).await?;
    let is_own = user_id.is_none();
    let input = ChangePointsInput {
        actor,
        account: user_id,
        kind,
        points: i64::try_from(points).ok().and_then(|points| Points::new(points).ok()),
        reason: None,
        is_self_credit_open: policy.is_self_credit_open,
        idempotency_key,
    };
    services.change_points.execute(input).await.map_err(|error| match error {
        ChangePointsError::NotFound if is_own => VerifyAccessError::Revoked.into(),
        other => Rejection::from(other),
    })
}

/// The idempotency key of the request and the values of its fields. The encoding of the fields and the token do not
/// matter. An empty key counts as none.
fn idempotency_key(
    scope: &'static str,
    request: &HttpRequest,
    values: &BalanceChange,
) -> Option<IdempotencyKey> {
    let key = request.headers().get(IDEMPOTENCY_KEY).filter(|key| !key.is_empty())?;
    // Bytes outside of ASCII have an escaped form, which no other key has.
    let key = key.as_bytes().escape_ascii().to_string();
    let points = values.points.to_string();
    let mut fields = vec![("points", points.as_str())];
    fields.extend(values.user_id.as_deref().map(|id| ("user_id", id)));
    Some(IdempotencyKey::new(scope, &key, &fields))
}

/// What the documents of both say.
pub(super) fn described(endpoint: Endpoint) -> Endpoint {
    endpoint
        .bearer()
        .header_value(HeaderField::text(
            "Idempotency-Key",
            "Any text. Within 24 hours the same fields get the first answer again, and the balance is changed once",
        ))
        .fields::<BalanceChange>()
        .refuses_for(
            "The number, or the balance that it leads to, is too great",
            [("points", ChangePointsError::OutOfRange.into()), ("body", BodyUnreadable.into())],
        )
        .refuses("There is no such account", ChangePointsError::NotFound)
        .refuses("The same is under way under this key", ChangePointsError::KeyUnderWay)
        .refuses_for(
            "Not with these points",
            [("negative", Refused::Negative.into()), ("other", ChangePointsError::Forbidden.into())],
        )
}

/// `5 points added to Ada successfully`.
pub(super) fn told(changed: PointsChanged, what: &str) -> String {
    let PointsChanged { points, name, .. } = changed;
    format!("{points} points {what} {} successfully", name.unwrap_or_default())
}

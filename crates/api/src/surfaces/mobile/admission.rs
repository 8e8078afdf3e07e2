//! The caller and the account of the path (mobile contract 1: token, then target, then body).

use actix_web::{HttpRequest, web};
use uuid::Uuid;
use vestibule_application::accounts::{DirectoryReader, ShowAccountError};
use vestibule_application::sessions::VerifyAccessError;
use vestibule_application::{Actor, Services};
use vestibule_domain::accounts::AccountUuid;
use vestibule_domain::sessions::TokenUse;

use super::dialect::Mobile;
use super::policy::MobilePolicy;
use super::token::{TokenRefused, credential, fault};
use super::{Endpoint, Rejection};
use crate::http::extract::Admission;
use crate::http::{FrameworkProblem, Matched};

/// The name of the id in the path.
pub(super) const UUID: &str = "uuid";

/// Lets callers in who have a good access token.
pub(super) struct Caller(pub Actor);

impl Admission<Mobile> for Caller {
    async fn admit(request: &HttpRequest) -> Result<Self, Rejection> {
        let services = services(request)?;
        let token = credential(request)?;
        match services.verify_access.execute(token).await {
            Ok(actor) => Ok(Self(actor)),
            Err(VerifyAccessError::Invalid) => Err(fault(request, token, TokenUse::Access)?.into()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Lets callers in who may list and read accounts: everybody with an access token while the door `user_directory` is
/// open, otherwise administrators (decision 4).
pub(super) struct Reader(pub DirectoryReader);

impl Admission<Mobile> for Reader {
    async fn admit(request: &HttpRequest) -> Result<Self, Rejection> {
        let Caller(actor) = Caller::admit(request).await?;
        Ok(Self(reader(request, &actor)?))
    }
}

/// The proof that the caller may read other accounts.
pub(super) fn reader(request: &HttpRequest, actor: &Actor) -> Result<DirectoryReader, Rejection> {
    let policy = request.app_data::<web::Data<MobilePolicy>>().ok_or(FrameworkProblem::Panicked)?;
    if policy.directory_open {
        return Ok(DirectoryReader::through_open_door(actor));
    }
    Ok(DirectoryReader::with_role(actor)?)
}

/// Lets callers in who have a good access token. The account of the path may be any.
pub(super) struct Target {
    pub actor: Actor,
    pub account: AccountUuid,
}

impl Admission<Mobile> for Target {
    async fn admit(request: &HttpRequest) -> Result<Self, Rejection> {
        let Caller(actor) = Caller::admit(request).await?;
        Ok(Self { actor, account: account_of(request)? })
    }
}

/// Lets the owner of the account of the path in, and administrators (decision 4). The account exists.
pub(super) struct Keeper {
    pub actor: Actor,
    pub account: AccountUuid,
}

impl Admission<Mobile> for Keeper {
    async fn admit(request: &HttpRequest) -> Result<Self, Rejection> {
        let Target { actor, account } = Target::admit(request).await?;
        let administrator = DirectoryReader::with_role(&actor).ok();
        services(request)?.show_account.execute(&actor, administrator, account).await?;
        Ok(Self { actor, account })
    }
}

/// The id of the account in the path, if it is written in the normal form of ids.
fn account_of(request: &HttpRequest) -> Result<AccountUuid, Rejection> {
    let text = Matched::as_routed(request, UUID).unwrap_or_default();
    let uuid = Uuid::parse_str(&text).ok().filter(|uuid| uuid.to_string() == text);
    Ok(AccountUuid(uuid.ok_or(ShowAccountError::NotFound)?))
}

fn services(request: &HttpRequest) -> Result<&web::Data<Services>, FrameworkProblem> {
    request.app_data::<web::Data<Services>>().ok_or(FrameworkProblem::Panicked)
}

/// Documents that an endpoint asks for an access token.
pub(super) fn asks_for_access(endpoint: Endpoint) -> Endpoint {
    endpoint
        .bearer()
        .refuses_for(
            "No access token, or not a good one any more",
            [
                ("header", TokenRefused::NoHeader.into()),
                ("expired", TokenRefused::Expired.into()),
                ("revoked", TokenRefused::Revoked.into()),
            ],
        )
        .refuses_for(
            "The token is not understood, or is for another use",
            [
                ("header", TokenRefused::BadHeader.into()),
                ("signature", TokenRefused::Signature.into()),
                ("use", TokenRefused::NotAccess.into()),
            ],
        )
}

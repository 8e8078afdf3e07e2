//! `POST /api/v1/auth/admin/signup` (admin contract 2.3, decision 4).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use vestibule_application::accounts::{Administrator, Appointer, SignUpAs};
use vestibule_application::{Actor, Services};

use super::sign_up::{CREATED, NewUser, conflicts};
use crate::http::extract::{Admission, NotAuthenticated};
use crate::http::{FrameworkProblem, json};
use crate::surfaces::admin::policy::{self, AdminPolicy};
use crate::surfaces::admin::{Admin, Endpoint, Input, Rejection};

/// Lets everybody in while the door `admin_signup` is open, otherwise callers with a good access token.
struct Asking(Option<Actor>);

impl Admission<Admin> for Asking {
    async fn admit(request: &HttpRequest) -> Result<Self, Rejection> {
        let policy = request.app_data::<web::Data<AdminPolicy>>().ok_or(FrameworkProblem::Panicked)?;
        if policy.admin_signup_open {
            return Ok(Self(None));
        }
        let actor = <Actor as Admission<Admin>>::admit(request).await?;
        Ok(Self(Some(actor)))
    }
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/api/v1/auth/admin/signup", sign_up)
        .called("auth", "signUpAdmin", "Sign up an administrator")
        .about("Needs the token of an administrator when the door `admin_signup` is closed.")
        .limited(policy::ADMIN_SIGN_UP)
        .bearer_unless_open()
        .json::<NewUser>()
        .answers_one_of(StatusCode::CREATED, "The account is created", [("", CREATED)])
        .refuses("Not authenticated, while the door is closed", NotAuthenticated)
        .refuses("No administrator, while the door is closed", Administrator::REFUSED)
        .refuses_for("The address or the name is taken", conflicts())
        .refuses("The values break rules", NewUser::broken())
}

async fn sign_up(
    input: Input<NewUser, Asking>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let appointer = match &input.admitted.0 {
        None => Appointer::through_open_door(),
        Some(actor) => Appointer::with_role(actor)?,
    };
    services.sign_up.execute(input.values.input(SignUpAs::Admin(appointer))).await?;
    Ok(json(StatusCode::CREATED, &CREATED))
}

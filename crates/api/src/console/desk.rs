//! Who is signed in at the console.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures::future::LocalBoxFuture;
use vestibule_application::accounts::{Administrator, Steward};
use vestibule_application::sessions::{ContinueSessionInput, ContinuedSession};
use vestibule_application::{Forbidden, Services};
use vestibule_domain::accounts::Role;

use super::cookie::{self, Change};
use super::dialect::Console;
use super::page::{Page, Person};
use super::policy::ConsolePolicy;
use super::values::Values;
use crate::browser::form_mark;
use crate::http::extract::NotAuthenticated;
use crate::http::{FrameworkProblem, Rejection};

/// Somebody who is signed in and may use the console, at a page.
pub(super) struct Desk {
    pub(super) session: ContinuedSession,
    pub(super) steward: Steward,
    /// The frame of the page that answers.
    pub(super) page: Page,
}

/// A form that a page of the session has sent.
pub(super) struct Order {
    pub(super) desk: Desk,
    pub(super) values: Values,
}

impl Desk {
    /// The proof for what administrators alone may.
    pub(super) fn administrator(&self) -> Result<Administrator, Forbidden> {
        Administrator::with_role(&self.session.actor)
    }

    async fn of(request: &HttpRequest) -> Result<Self, Rejection<Console>> {
        let services = request.app_data::<web::Data<Services>>().ok_or(FrameworkProblem::Panicked)?;
        let policy = request.app_data::<web::Data<ConsolePolicy>>().ok_or(FrameworkProblem::Panicked)?;
        let token = cookie::token(request).ok_or(NotAuthenticated)?;
        let input = ContinueSessionInput { token, policy: policy.session };
        let session = services.continue_session.execute(input).await?;
        let steward = Steward::with_role(&session.actor)?;
        if let Some(token) = &session.renewed {
            cookie::change(request, Change::Set(token.clone()));
        }
        let is_admin = session.actor.role >= Role::Admin;
        let person = Some(Person { is_admin, form: session.form_mark.to_hex() });
        Ok(Self { steward, page: Page { person, ..Page::of(request, policy) }, session })
    }
}

/// The proof of now, after the client was waited for: the session may have ended meanwhile, and the role may have been
/// taken away.
pub(super) async fn still_administrator(
    session: &ContinuedSession,
    services: &Services,
) -> Result<Administrator, Rejection<Console>> {
    let actor = services.continue_session.recheck(session).await?;
    Ok(Administrator::with_role(&actor)?)
}

impl FromRequest for Desk {
    type Error = Rejection<Console>;
    type Future = LocalBoxFuture<'static, Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::of(&request).await })
    }
}

impl FromRequest for Order {
    type Error = Rejection<Console>;
    type Future = LocalBoxFuture<'static, Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let values = Values::from_request(&request, payload);
        Box::pin(async move {
            // A body may come slowly. Who sends it is asked when it is there, and the refusal of a stranger goes first.
            let values = values.await;
            let desk = Desk::of(&request).await?;
            let values = values?;
            let services = request.app_data::<web::Data<Services>>().ok_or(FrameworkProblem::Panicked)?;
            form_mark::check::<Rejection<Console>>(services, &desk.session, values.as_typed("form"))?;
            Ok(Self { desk, values })
        })
    }
}

/// The values of a form that is posted, else of the query.
impl FromRequest for Values {
    type Error = Rejection<Console>;
    type Future = LocalBoxFuture<'static, Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let values = Self::read(request, payload);
        Box::pin(async move { Ok(values.await?) })
    }
}

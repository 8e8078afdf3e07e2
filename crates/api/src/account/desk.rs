//! Who is signed in at the account pages.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures::future::LocalBoxFuture;
use vestibule_application::sessions::{ContinueSessionInput, ContinuedSession};
use vestibule_application::{Actor, Services};

use super::dialect::Account;
use super::page::Page;
use super::policy::AccountPolicy;
use crate::browser::cookie::{self, Change};
use crate::browser::form_mark;
use crate::browser::values::Values;
use crate::http::extract::NotAuthenticated;
use crate::http::{FrameworkProblem, Rejection};

/// What a form or a query says, whoever sends it.
pub(super) struct Typed(pub(super) Values);

/// Somebody who is signed in, at a page.
pub(super) struct Desk {
    pub(super) session: ContinuedSession,
    /// The frame of the page that answers.
    pub(super) page: Page,
}

/// A form that a page of the session has sent.
pub(super) struct Order {
    pub(super) desk: Desk,
    pub(super) values: Values,
}

impl Desk {
    pub(super) fn actor(&self) -> &Actor {
        &self.session.actor
    }

    async fn of(request: &HttpRequest) -> Result<Self, Rejection<Account>> {
        let services = request.app_data::<web::Data<Services>>().ok_or(FrameworkProblem::Panicked)?;
        let policy = request.app_data::<web::Data<AccountPolicy>>().ok_or(FrameworkProblem::Panicked)?;
        let token = cookie::token(request).ok_or(NotAuthenticated)?;
        let input = ContinueSessionInput { token, policy: policy.session };
        let session = services.continue_session.execute(input).await?;
        if let Some(token) = &session.renewed {
            cookie::change(request, Change::Set(token.clone()));
        }
        let form = Some(session.form_mark.to_hex());
        Ok(Self { page: Page { form, ..Page::of(request, policy) }, session })
    }
}

impl FromRequest for Typed {
    type Error = Rejection<Account>;
    type Future = LocalBoxFuture<'static, Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let values = Values::read(request, payload);
        Box::pin(async move { Ok(Self(values.await?)) })
    }
}

impl FromRequest for Desk {
    type Error = Rejection<Account>;
    type Future = LocalBoxFuture<'static, Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::of(&request).await })
    }
}

impl FromRequest for Order {
    type Error = Rejection<Account>;
    type Future = LocalBoxFuture<'static, Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let values = Values::read(&request, payload);
        Box::pin(async move {
            let desk = Desk::of(&request).await?;
            let values = values.await?;
            let services = request.app_data::<web::Data<Services>>().ok_or(FrameworkProblem::Panicked)?;
            form_mark::check::<Rejection<Account>>(services, &desk.session, values.as_typed("form"))?;
            Ok(Self { desk, values })
        })
    }
}

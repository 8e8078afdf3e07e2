//! A call of a contact endpoint.

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use vestibule_application::Actor;

use super::admission::Caller;
use super::{Input, Rejection};
use crate::http::extract::ReadFields;
use crate::http::middleware::PathLimit;

/// Values of an endpoint whose calls are counted.
pub(super) trait Limited: ReadFields {
    /// How often one client may call one path.
    const LIMIT: PathLimit;

    /// The path, with its values as they were read: `/api/contacts/01` is `/api/contacts/1`.
    fn path(&self) -> Cow<'static, str>;
}

/// The values of a call and who makes it. It is counted once both are known to be good: what is refused with
/// 401 or 422 is not (contract 1.5).
pub(super) struct Call<T> {
    pub values: T,
    pub actor: Actor,
}

impl<T: Limited> FromRequest for Call<T> {
    type Error = Rejection;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Rejection>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let input = Input::<T, Caller>::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let Input { values, admitted: Caller(actor), .. } = input.await?;
            T::LIMIT.count(&request, &values.path()).await?;
            Ok(Self { values, actor })
        })
    }
}

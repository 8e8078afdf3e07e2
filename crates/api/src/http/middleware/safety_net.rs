//! Answers in the place of handlers that panic or take too long.

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse};
use actix_web::{HttpMessage as _, web};
use futures::FutureExt as _;
use vestibule_application::audit::Origin;

use super::body::BodyClock;
use super::work_time;
use crate::http::{Dialect, FrameworkProblem, Rejection};

/// How long an answer may take, less the time in which its request's body is waited for.
#[derive(Debug, Clone, Copy)]
pub struct RequestTimeout(pub Duration);

/// Answers 503 in the place of a request that takes too long, 408 in the place of one whose body comes too
/// slowly, and 500 in the place of one that panicked: each costs that request alone. What it had open in a unit of
/// work is rolled back; a unit that was already committing may be committed although the answer is 503.
///
/// What is done for the request knows from here on through which surface it came.
pub fn safety_net<D: Dialect, S, B>(
    request: ServiceRequest,
    service: &S,
) -> impl Future<Output = Result<ServiceResponse<BoxBody>, actix_web::Error>> + use<D, S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
    B: MessageBody + 'static,
{
    let limit = request.app_data::<web::Data<RequestTimeout>>().map(|limit| limit.0);
    let body = request.extensions().get::<Rc<BodyClock>>().cloned();
    let origin = Origin::current().at_surface(D::SURFACE);
    let call = service.call(request);
    // Boxed: the future is large, and each future around it would copy it.
    Box::pin(async move {
        let answer = pin!(AssertUnwindSafe(origin.scope(call)).catch_unwind());
        let outcome = match limit {
            Some(limit) => work_time::within(limit, body, answer).await,
            None => Ok(answer.await),
        };
        match outcome {
            Ok(Ok(response)) => response.map(ServiceResponse::map_into_boxed_body),
            Ok(Err(_panic)) => {
                tracing::error!("a handler panicked");
                Err(Rejection::<D>::from(FrameworkProblem::Panicked).into())
            }
            Err(problem) => {
                if problem == FrameworkProblem::TimedOut {
                    tracing::warn!("a request took too long");
                }
                Err(Rejection::<D>::from(problem).into())
            }
        }
    })
}

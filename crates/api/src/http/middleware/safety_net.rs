//! What holds when a handler does not.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web;
use futures::FutureExt as _;

use crate::http::{Dialect, FrameworkProblem, Rejection};

/// How long an answer may take.
#[derive(Debug, Clone, Copy)]
pub struct RequestTimeout(pub Duration);

/// Answers 503 in the place of a request that takes too long, and 500 in the place of one that
/// panicked: either costs that request alone. What it had open in a unit of work is rolled back; a unit
/// that was already committing may be committed although the answer is 503.
pub async fn safety_net<D: Dialect>(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let limit = request.app_data::<web::Data<RequestTimeout>>().map(|limit| limit.0);
    let answer = AssertUnwindSafe(next.call(request)).catch_unwind();
    let outcome = match limit {
        Some(limit) => tokio::time::timeout(limit, answer).await,
        None => Ok(answer.await),
    };
    match outcome {
        Ok(Ok(response)) => response.map(ServiceResponse::map_into_boxed_body),
        Ok(Err(_panic)) => {
            tracing::error!("a handler panicked");
            Err(Rejection::<D>::from(FrameworkProblem::Panicked).into())
        }
        Err(_elapsed) => {
            tracing::warn!("a request took too long");
            Err(Rejection::<D>::from(FrameworkProblem::TimedOut).into())
        }
    }
}

//! Rate limits per client and route.

use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{ResponseError as _, web};
use vestibule_application::policy::client_bucket;
use vestibule_application::{CodedError, ErrorKind, Failure};
use vestibule_domain::ports::{Limit, LimitDecision, RateLimiter};

use crate::http::extract::client_address;
use crate::http::{Dialect, Rejection};

/// A limit on how often one client may call a route: data of a surface.
#[derive(Debug, Clone, Copy)]
pub struct Throttle {
    /// Names the counter; unique over all surfaces: `theater.login`.
    pub route: &'static str,
    /// How often.
    pub limit: Limit,
}

/// Refuses a client that calls too often, before its body is read.
pub async fn throttle<D: Dialect>(
    throttle: Throttle,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if let Err(refused) = within_limit(throttle, &request).await {
        let response = Rejection::<D>::from(refused).error_response();
        return Ok(request.into_response(response));
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

async fn within_limit(throttle: Throttle, request: &ServiceRequest) -> Result<(), Throttled> {
    let limiter = request
        .app_data::<web::Data<Arc<dyn RateLimiter>>>()
        .ok_or_else(|| Throttled(Failure::Internal("the server was built without a limiter".into())))?;
    let client = client_address(request.request()).map_or_else(|| "unknown".to_owned(), client_bucket);
    let key = format!("route:{}:{client}", throttle.route);
    match limiter.hit(&key, throttle.limit).await.map_err(|error| Throttled(error.into()))? {
        LimitDecision::Allowed => Ok(()),
        LimitDecision::Limited { retry_after } => Err(Throttled(Failure::RateLimited { retry_after })),
    }
}

#[derive(Debug, thiserror::Error)]
#[error(transparent)]
struct Throttled(Failure);

impl CodedError for Throttled {
    fn kind(&self) -> ErrorKind {
        self.0.kind()
    }

    fn code(&self) -> &'static str {
        self.0.code("throttle_failed")
    }
}

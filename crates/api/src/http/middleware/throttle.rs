//! Rate limits per client and route.

use std::sync::Arc;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, ResponseError as _, web};
use percent_encoding::percent_decode_str;
use vestibule_application::policy::client_bucket;
use vestibule_application::{Code, CodedError, Failure};
use vestibule_domain::ports::{Limit, LimitDecision, RateLimiter};
use vestibule_domain::secret::SecretDigest;

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

/// A limit on how often one client may call one path, whatever the method: data of a surface. Equal limits
/// on one path share a counter (contacts contract 1.5).
#[derive(Debug, Clone, Copy)]
pub struct PathLimit(pub Limit);

impl PathLimit {
    /// Counts a call of a path whose values were read: each stands in `path` as it was understood, so that
    /// every spelling of one value has the same counter.
    pub async fn count(self, request: &HttpRequest, path: &str) -> Result<(), Throttled> {
        let path = SecretDigest::of(path).to_hex();
        let Limit { max, window } = self.0;
        hit(request, &format!("path:{max}/{}:{path}", window.as_secs()), self.0).await
    }
}

/// Refuses a client that calls a path too often, before its body is read. For paths without values, or whose
/// value is a text, which is understood as it is written.
pub async fn throttle_path<D: Dialect>(
    limit: PathLimit,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    // However it is escaped, with a slash at its end or without.
    let path = percent_decode_str(request.path()).decode_utf8_lossy().into_owned();
    let path = path.strip_suffix('/').unwrap_or(&path);
    if let Err(refused) = limit.count(request.request(), path).await {
        let response = Rejection::<D>::from(refused).error_response();
        return Ok(request.into_response(response));
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

async fn within_limit(throttle: Throttle, request: &ServiceRequest) -> Result<(), Throttled> {
    hit(request.request(), &format!("route:{}", throttle.route), throttle.limit).await
}

async fn hit(request: &HttpRequest, counter: &str, limit: Limit) -> Result<(), Throttled> {
    let refused = |failure| Throttled { failure, limit };
    let limiter = request
        .app_data::<web::Data<Arc<dyn RateLimiter>>>()
        .ok_or_else(|| refused(Failure::Internal("the server was built without a limiter".into())))?;
    let client = client_address(request).map_or_else(|| "unknown".to_owned(), client_bucket);
    match limiter.hit(&format!("{counter}:{client}"), limit).await.map_err(|error| refused(error.into()))? {
        LimitDecision::Allowed => Ok(()),
        LimitDecision::Limited { retry_after } => Err(refused(Failure::RateLimited { retry_after })),
    }
}

/// A client called too often, or could not be counted.
#[derive(Debug, thiserror::Error)]
#[error("a limit of calls")]
pub struct Throttled {
    #[source]
    failure: Failure,
    limit: Limit,
}

impl CodedError for Throttled {
    fn code(&self) -> Code {
        self.failure.code()
    }

    fn retry_after(&self) -> Option<Duration> {
        self.failure.retry_after()
    }

    /// `limit`: the limit in words, such as `10 per 1 minute`.
    fn parameters(&self) -> Vec<(&'static str, String)> {
        let seconds = self.limit.window.as_secs();
        let window = if seconds.is_multiple_of(60) {
            format!("{} minute", seconds / 60)
        } else {
            format!("{seconds} second")
        };
        vec![("limit", format!("{} per {window}", self.limit.max))]
    }
}

//! Rate limits per client and endpoint.

use std::sync::Arc;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpRequest, ResponseError as _, web};
use vestibule_application::{Code, CodedError, Failure};
use vestibule_domain::ports::{Limit, LimitDecision, RateLimiter};
use vestibule_domain::secret::SecretDigest;

use crate::http::extract::client_name;
use crate::http::{Dialect, Matched, Rejection};

/// How often one client may call an endpoint: data of a surface.
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct CallLimit {
    limit: Limit,
    counter: Counter,
    accepted_only: bool,
}

/// Which calls are counted together.
#[derive(Debug, Clone, Copy)]
enum Counter {
    /// The calls of one endpoint. The name is unique over all surfaces: `theater.login`.
    Endpoint(&'static str),
    /// The calls of one path with an equal limit, whatever the method and the endpoint (contacts contract 1.5).
    Path,
}

impl CallLimit {
    /// So many calls of an endpoint a minute. `name` is that of the counter, unique over all surfaces.
    pub const fn of_endpoint(name: &'static str, per_minute: u32) -> Self {
        Self::new(Counter::Endpoint(name), per_minute)
    }

    /// So many calls of each path of an endpoint a minute; endpoints with one path and equal limits share a counter.
    pub const fn of_path(per_minute: u32) -> Self {
        Self::new(Counter::Path, per_minute)
    }

    /// Replaces the window of a minute by this one.
    pub const fn within(self, window: Duration) -> Self {
        Self { limit: Limit { max: self.limit.max, window }, ..self }
    }

    const fn new(counter: Counter, per_minute: u32) -> Self {
        Self { limit: Limit::per_minute(per_minute), counter, accepted_only: false }
    }

    /// Counts a call once its values and who makes it are known to be good, by the extractor
    /// [`Input`](crate::http::extract::Input). Without this it is counted before its body is read.
    pub const fn once_accepted(self) -> Self {
        Self { accepted_only: true, ..self }
    }

    fn counter<D: Dialect>(self, request: &HttpRequest) -> String {
        let Limit { max, window } = self.limit;
        match self.counter {
            Counter::Endpoint(name) => format!("route:{name}"),
            Counter::Path => format!("path:{max}/{}:{}", window.as_secs(), path::<D>(request).to_hex()),
        }
    }

    async fn count<D: Dialect>(self, request: &HttpRequest) -> Result<(), Throttled> {
        let refused = |failure| Throttled { failure, limit: self.limit };
        let limiter = request
            .app_data::<web::Data<Arc<dyn RateLimiter>>>()
            .ok_or_else(|| refused(Failure::Internal("the server was built without a limiter".into())))?;
        let counter = format!("{}:{}", self.counter::<D>(request), client_name(request));
        let decision = limiter.hit(&counter, self.limit).await;
        match decision.map_err(|error| refused(error.into()))? {
            LimitDecision::Allowed => Ok(()),
            LimitDecision::Limited { retry_after } => Err(refused(Failure::RateLimited { retry_after })),
        }
    }
}

/// The path, the same for all of its spellings: its pattern, and its values as the surface understands them.
fn path<D: Dialect>(request: &HttpRequest) -> SecretDigest {
    let pattern = Matched::pattern(request).unwrap_or_default();
    let mut path = pattern.trim_end_matches('/').to_owned();
    for (_, value) in Matched::values(request) {
        path.push('\n');
        path.push_str(&D::spelling(&value));
    }
    SecretDigest::of(&path)
}

/// A limit that the extractor has to count.
#[derive(Clone, Copy)]
struct Due(CallLimit);

/// Refuses a client that calls too often, before its body is read, or leaves that to the extractor.
pub async fn throttle<D: Dialect>(
    limit: CallLimit,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if limit.accepted_only {
        request.extensions_mut().insert(Due(limit));
    } else if let Err(refused) = limit.count::<D>(request.request()).await {
        let response = Rejection::<D>::from(refused).error_response();
        return Ok(request.into_response(response));
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

/// Counts a call that turned out to be good, where its endpoint has a limit for those.
pub async fn count_accepted<D: Dialect>(request: &HttpRequest) -> Result<(), Throttled> {
    let due = request.extensions().get::<Due>().copied();
    match due {
        Some(Due(limit)) => limit.count::<D>(request).await,
        None => Ok(()),
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

impl Throttled {
    /// A client called too often.
    pub fn over(limit: CallLimit) -> Self {
        let retry_after = limit.limit.window;
        Self { failure: Failure::RateLimited { retry_after }, limit: limit.limit }
    }
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

//! Calls to the collector.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use opentelemetry_http::{HttpClient, HttpError};
use reqwest::redirect::Policy;
use tokio::runtime::Handle;
use vestibule_settings::told;

/// What the collector may answer. Longer answers are not read.
const ANSWER: u64 = 64 * 1024;

/// Why the last call got no answer, which the exporter does not tell.
#[derive(Debug, Default)]
pub(super) struct LastFailure(Mutex<Option<String>>);

impl LastFailure {
    fn note(&self, error: reqwest::Error) {
        // The address may have a key in it.
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(told(&error.without_url()));
    }

    pub(super) fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A client whose calls are made in the runtime of the server, because spans are delivered by a thread that has none.
#[derive(Debug)]
pub(super) struct Client {
    calls: reqwest::Client,
    runtime: Handle,
    failure: Arc<LastFailure>,
}

impl Client {
    /// A client in the runtime of the caller. A call takes no longer than `patience`. To a collector on this machine no
    /// proxy of the environment leads: it would get keys in the clear.
    pub(super) fn new(patience: Duration, is_here: bool, failure: Arc<LastFailure>) -> reqwest::Result<Self> {
        // Headers are keys, which no other server may get.
        let calls = reqwest::Client::builder().timeout(patience).redirect(Policy::none());
        let calls = if is_here { calls.no_proxy() } else { calls };
        Ok(Self { calls: calls.build()?, runtime: Handle::current(), failure })
    }
}

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let calls = self.calls.clone();
        let call = async move {
            let answer = calls.execute(request.try_into()?).await?;
            let (status, headers) = (answer.status(), answer.headers().clone());
            let is_short = answer.content_length().is_some_and(|length| length <= ANSWER);
            let body = if is_short { answer.bytes().await? } else { Bytes::new() };
            let mut response = Response::new(body);
            (*response.status_mut(), *response.headers_mut()) = (status, headers);
            Ok::<_, reqwest::Error>(response)
        };
        self.runtime.spawn(call).await?.map_err(|error| {
            self.failure.note(error);
            "no answer".into()
        })
    }
}

//! Calls to the collector.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use opentelemetry_http::{HttpClient, HttpError, ResponseExt as _};
use reqwest::redirect::Policy;
use tokio::runtime::Handle;

/// A client whose calls are made in the runtime of the server, because spans are delivered by a thread that has none.
#[derive(Debug)]
pub(super) struct Client {
    calls: reqwest::Client,
    runtime: Handle,
}

impl Client {
    /// A client in the runtime of the caller. A call takes no longer than `patience`.
    pub(super) fn new(patience: Duration) -> reqwest::Result<Self> {
        // Headers are keys, which no other server may get.
        let calls = reqwest::Client::builder().timeout(patience).redirect(Policy::none()).build()?;
        Ok(Self { calls, runtime: Handle::current() })
    }
}

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let calls = self.calls.clone();
        let call = async move {
            let answer = calls.execute(request.try_into()?).await?;
            let status = answer.status();
            let mut response = Response::new(answer.bytes().await?);
            *response.status_mut() = status;
            Ok::<_, reqwest::Error>(response)
        };
        Ok(self.runtime.spawn(call).await??.error_for_status()?)
    }
}

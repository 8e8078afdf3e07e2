//! SMS by a call to a gateway.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, StatusCode, Url};
use serde::Serialize;
use vestibule_domain::messages::{MessageId, Sms};
use vestibule_domain::ports::{Clock, SendError, SmsSender};

use super::signature::signature;
use crate::failed_call::{answered, unanswered};

/// The gateway, as errors call it.
const GATEWAY: &str = "the SMS gateway";

const ID: &str = "X-Vestibule-Message-Id";
const TIMESTAMP: &str = "X-Vestibule-Timestamp";
const SIGNATURE: &str = "X-Vestibule-Signature";

/// The gateway and the key of its signatures. There is no `Debug`, because both may be secret.
#[derive(Clone, Copy)]
pub struct SmsWebhookSettings<'a> {
    /// `https://`, or `http://` on this machine. The operator chooses it, so any host is allowed.
    pub url: &'a str,
    /// Key of the signatures.
    pub secret: &'a str,
    /// How long the gateway may take for its whole answer.
    pub timeout: Duration,
}

/// Why the sender could not be made. The texts never show the address, because it may hold a password.
#[derive(Debug, thiserror::Error)]
pub enum SmsWebhookError {
    /// The gateway's address cannot be used.
    #[error("the address of the SMS gateway is malformed")]
    Url,
    /// The HTTP client could not be made.
    #[error("the client of the SMS gateway did not start")]
    Client(#[source] reqwest::Error),
}

/// Posts each SMS to a gateway, as signed JSON. Redirections are not followed, because a call is meant for the
/// configured host.
///
/// If a gateway gets one id twice, it should send the SMS once: the first call may have succeeded although its answer
/// was lost.
pub struct SmsWebhook {
    client: Client,
    url: Url,
    secret: Vec<u8>,
    clock: Arc<dyn Clock>,
}

#[derive(Serialize)]
struct Body<'a> {
    id: String,
    to: &'a str,
    text: &'a str,
}

impl SmsWebhook {
    /// The first SMS makes the connection.
    pub fn new(settings: SmsWebhookSettings<'_>, clock: Arc<dyn Clock>) -> Result<Self, SmsWebhookError> {
        let client = client(settings.timeout).build().map_err(SmsWebhookError::Client)?;
        let url = settings.url.parse().map_err(|_malformed| SmsWebhookError::Url)?;
        Ok(Self { client, url, secret: settings.secret.as_bytes().to_vec(), clock })
    }
}

/// A client whose time limit is split in two halves, of which one is for the connection. The addresses of the host
/// share that half, so an address that does not answer leaves time for the next.
fn client(timeout: Duration) -> ClientBuilder {
    Client::builder()
        .timeout(timeout)
        .connect_timeout(timeout / 2)
        .redirect(Policy::none())
        .user_agent("vestibule")
}

#[async_trait]
impl SmsSender for SmsWebhook {
    async fn send(&self, id: MessageId, sms: &Sms) -> Result<(), SendError> {
        let body = Body { id: id.0.to_string(), to: sms.to.as_str(), text: &sms.text };
        let id = body.id.clone();
        let body = serde_json::to_vec(&body).map_err(|error| SendError::Permanent(error.into()))?;
        let timestamp = self.clock.now().unix_timestamp();
        let call = self
            .client
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header(ID, id)
            .header(TIMESTAMP, timestamp)
            .header(SIGNATURE, signature(&self.secret, timestamp, &body))
            .body(body);
        match call.send().await {
            Ok(answer) => judge(answer.status()),
            Err(error) => Err(SendError::Temporary(unanswered(GATEWAY, &error).into())),
        }
    }
}

/// The meaning of the gateway's answer. Its body is not read, because it may repeat number and text, which must not
/// be logged.
fn judge(status: StatusCode) -> Result<(), SendError> {
    let told = || answered(GATEWAY, status).into();
    match status {
        // The gateway refuses our secret or our address, and not this message.
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(SendError::Unwelcome(told())),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
            Err(SendError::Temporary(told()))
        }
        status if status.is_success() => Ok(()),
        status if status.is_client_error() => Err(SendError::Permanent(told())),
        _ => Err(SendError::Temporary(told())),
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use tokio::net::{TcpListener, TcpSocket, TcpStream};
    use tokio::time::timeout;

    use super::*;

    #[test]
    fn an_answer_is_final_when_the_gateway_says_so_and_only_then() {
        for (status, expected) in [
            (200, "sent"),
            (202, "sent"),
            (204, "sent"),
            (302, "later"),
            (400, "never"),
            (401, "unwelcome"),
            (403, "unwelcome"),
            (404, "never"),
            (408, "later"),
            (410, "never"),
            (425, "later"),
            (429, "later"),
            (500, "later"),
            (503, "later"),
        ] {
            let judged = match judge(StatusCode::from_u16(status).unwrap()) {
                Ok(()) => "sent",
                Err(SendError::Temporary(_)) => "later",
                Err(SendError::Unwelcome(_)) => "unwelcome",
                Err(SendError::Permanent(_)) => "never",
            };
            assert_eq!(judged, expected, "{status}");
        }
    }

    #[tokio::test]
    async fn a_gateway_is_reached_by_its_second_address_when_the_first_answers_nothing() {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let deaf = socket.listen(0).unwrap();
        let first = deaf.local_addr().unwrap();
        // Its queue is full, so that whatever else comes is dropped.
        let mut queued = Vec::new();
        while let Ok(Ok(stream)) = timeout(Duration::from_millis(100), TcpStream::connect(first)).await {
            queued.push(stream);
        }
        let second = SocketAddr::from(([127, 0, 0, 2], first.port()));
        let gateway = TcpListener::bind(second).await.unwrap();
        let client = client(Duration::from_secs(2)).resolve_to_addrs("gateway.test", &[first, second]);
        let call = client.build().unwrap().post(format!("http://gateway.test:{}/", first.port())).send();
        tokio::select! {
            _ = call => panic!("the second is never reached"),
            reached = gateway.accept() => assert!(reached.is_ok()),
        }
    }
}

//! Senders of SMS.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use vestibule_domain::ports::SmsSender;
use vestibule_infrastructure::memory::CapturedMail;
use vestibule_infrastructure::sms::{SmsWebhook, SmsWebhookSettings};

use super::Backend;
use crate::FixedClock;

/// A sender, and a view of what it delivered.
#[derive(Clone)]
pub struct WatchedSms {
    /// The sender.
    pub sender: Arc<dyn SmsSender>,
    /// Recipient and text of what was delivered, oldest first.
    pub delivered: Arc<dyn Fn() -> Vec<(String, String)> + Send + Sync>,
}

/// The mailbox in this process.
pub async fn captured() -> Backend<WatchedSms> {
    let captured = CapturedMail::new(Arc::new(FixedClock::new()));
    let sender = Arc::new(captured.clone());
    let delivered = move || {
        captured.all().into_iter().rev().map(|message| (message.mail.to, message.mail.text)).collect()
    };
    Backend::alone(WatchedSms { sender, delivered: Arc::new(delivered) })
}

/// A gateway in this process.
pub async fn webhook() -> Backend<WatchedSms> {
    let gateway = Gateway::start("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n").await;
    let sender = Arc::new(gateway.sender(Duration::from_secs(10)));
    let calls = Arc::clone(&gateway.calls);
    let delivered = move || {
        let calls = calls.lock().unwrap();
        let json = calls.iter().map(|call| serde_json::from_slice::<serde_json::Value>(&call.body).unwrap());
        let text = |json: &serde_json::Value, key: &str| json[key].as_str().unwrap().to_owned();
        json.map(|json| (text(&json, "to"), text(&json, "text"))).collect()
    };
    Backend::on(WatchedSms { sender, delivered: Arc::new(delivered) }, gateway)
}

/// One call of a gateway.
#[derive(Clone)]
pub struct Call {
    /// Method and path.
    pub line: String,
    /// Headers, under their names in lower case.
    pub headers: HashMap<String, String>,
    /// Body.
    pub body: Vec<u8>,
}

/// A gateway that gives the same answer to every call and remembers the calls. It stops when it is dropped.
pub struct Gateway {
    /// The calls, oldest first.
    pub calls: Arc<Mutex<Vec<Call>>>,
    port: u16,
    server: JoinHandle<()>,
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Gateway {
    /// The key of the signatures.
    pub const SECRET: &str = "a secret of the gateway, longer than 32 bytes";

    /// Starts a gateway that answers with this text. An empty text hangs up, and `…` keeps the caller waiting.
    pub async fn start(answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let calls = Arc::<Mutex<Vec<Call>>>::default();
        let server = tokio::spawn({
            let calls = Arc::clone(&calls);
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let calls = Arc::clone(&calls);
                    // A caller that hangs up ends its call and not the test.
                    drop(tokio::spawn(async move {
                        let _ = answer_to(stream, answer, &calls).await;
                    }));
                }
            }
        });
        Self { calls, port, server }
    }

    /// A sender that calls this gateway. Its clock stands still.
    pub fn sender(&self, timeout: Duration) -> SmsWebhook {
        let url = format!("http://user:hunter2@127.0.0.1:{}/send?key=hunter2", self.port);
        let settings = SmsWebhookSettings { url: &url, secret: Self::SECRET, timeout };
        SmsWebhook::new(settings, Arc::new(FixedClock::new())).unwrap()
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The only call. Fails unless there was exactly one.
    pub fn call(&self) -> Call {
        let calls = self.calls.lock().unwrap();
        assert_eq!(calls.len(), 1);
        calls[0].clone()
    }
}

async fn answer_to(stream: TcpStream, answer: &str, calls: &Mutex<Vec<Call>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let (mut line, mut headers) = (String::new(), HashMap::new());
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        loop {
            let mut header = String::new();
            stream.read_line(&mut header).await?;
            let Some((name, value)) = header.trim_end().split_once(": ") else { break };
            headers.insert(name.to_lowercase(), value.to_owned());
        }
        let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await?;
        calls.lock().unwrap().push(Call { line: line.trim_end().to_owned(), headers, body });
        match answer {
            "" => return Ok(()),
            "…" => std::future::pending::<()>().await,
            answer => stream.get_mut().write_all(answer.as_bytes()).await?,
        }
    }
}

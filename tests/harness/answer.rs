//! The answers of a server.

use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body, as text.
    pub body: String,
}

impl Answer {
    /// Reads a response to its end; `None` if it breaks off.
    pub async fn of(response: reqwest::Response) -> Option<Self> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Some(Self { status, headers, body: response.text().await.ok()? })
    }

    /// Fails unless status and body are exactly these.
    #[track_caller]
    pub fn is(&self, status: u16, body: &str) {
        assert_eq!((self.status, self.body.as_str()), (status, body));
    }

    /// Fails unless the answer is `{"detail": <text>}` with this status.
    #[track_caller]
    pub fn is_detail(&self, status: u16, text: &str) {
        self.is(status, &serde_json::json!({ "detail": text }).to_string());
    }

    /// The value of a header. Fails unless the header is there exactly once.
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next().unwrap_or_else(|| panic!("no header {name} in {self:?}"));
        assert!(values.next().is_none(), "header {name} twice");
        value.to_str().unwrap()
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// A text in the JSON body.
    #[track_caller]
    pub fn text(&self, key: &str) -> String {
        self.json()[key].as_str().unwrap_or_else(|| panic!("no {key} in {self:?}")).to_owned()
    }
}

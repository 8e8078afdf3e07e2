//! Following requests at a collector of OpenTelemetry, as the collector sees it.
#![cfg(unix)]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use prost::Message as _;
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::served::Served;

const EMAIL: &str = "ada.the.first@example.com";
const PASSWORD: &str = "Analytic#1843";
const ROUTE: &str = "/api/v1/accounts/register/";

/// A collector that keeps what it gets.
#[derive(Clone)]
struct Collector {
    endpoint: String,
    calls: Arc<Mutex<Vec<Call>>>,
}

struct Call {
    head: Vec<String>,
    body: Vec<u8>,
}

impl Collector {
    /// One that answers each call with these words.
    async fn answering(status: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let collector = Self { endpoint, calls: Arc::default() };
        let serving = collector.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let serving = serving.clone();
                tokio::spawn(async move {
                    let mut client = BufReader::new(client);
                    while let Some(call) = next_call(&mut client).await {
                        serving.calls.lock().unwrap().push(call);
                        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
                        client.write_all(answer.as_bytes()).await.unwrap();
                    }
                });
            }
        });
        collector
    }

    /// Starts a server, has somebody register there, and stops it, upon which all is delivered.
    async fn followed(&self, variables: &[(&str, &str)], headers: &[(&'static str, &str)]) -> Served {
        let account = json!({"email": EMAIL, "password": PASSWORD});
        self.followed_to(variables, headers, ROUTE, &account).await
    }

    /// The same with another request.
    async fn followed_to(
        &self,
        variables: &[(&str, &str)],
        headers: &[(&'static str, &str)],
        path: &str,
        body: &serde_json::Value,
    ) -> Served {
        let variables = [&[("VESTIBULE__TRACES__ENDPOINT", &*self.endpoint)], variables].concat();
        let mut served = Served::start_with(&variables).await;
        let mut request = reqwest::Client::new().post(format!("{}{path}", served.url().await));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.header("content-type", "application/json").body(body.to_string());
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 201);
        served.signal("-TERM");
        assert!(served.child.wait().unwrap().success());
        served
    }

    fn spans(&self) -> Vec<Span> {
        let calls = self.calls.lock().unwrap();
        let requests =
            calls.iter().map(|call| ExportTraceServiceRequest::decode(call.body.as_slice()).unwrap());
        let resources = requests.flat_map(|request| request.resource_spans);
        resources.flat_map(|resource| resource.scope_spans).flat_map(|scope| scope.spans).collect()
    }
}

async fn next_call(client: &mut BufReader<TcpStream>) -> Option<Call> {
    let (mut head, mut line) = (Vec::new(), String::new());
    while client.read_line(&mut line).await.ok()? > 2 {
        head.push(std::mem::take(&mut line).trim_end().to_lowercase());
    }
    let length = head.iter().find_map(|line| line.strip_prefix("content-length: "))?;
    let mut body = vec![0; length.parse().unwrap()];
    client.read_exact(&mut body).await.ok()?;
    Some(Call { head, body })
}

fn attributes(of: &[KeyValue]) -> HashMap<&str, &Value> {
    let value =
        |attribute: &'_ KeyValue| attribute.value.as_ref().and_then(|value| value.value.as_ref()).is_some();
    assert!(of.iter().all(value), "{of:?}");
    of.iter()
        .filter_map(|attribute| match &attribute.value {
            Some(AnyValue { value: Some(value) }) => Some((attribute.key.as_str(), value)),
            _ => None,
        })
        .collect()
}

fn text(value: &str) -> Value {
    Value::StringValue(value.to_owned())
}

/// The span of the one request that was followed.
fn request(spans: &[Span]) -> &Span {
    let requests: Vec<_> = spans.iter().filter(|span| span.kind() == SpanKind::Server).collect();
    let [request] = requests[..] else { panic!("{spans:#?}") };
    request
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_is_followed_to_its_statements_and_nothing_of_the_person_is_told() {
    let collector = Collector::answering("200 OK").await;
    let served = collector
        .followed(
            &[("VESTIBULE__TRACES__HEADERS", "x-key=hunter2"), ("VESTIBULE__TRACES__SERVICE", "accounts")],
            &[("x-request-id", "proxy-7"), ("traceparent", PARENT)],
        )
        .await;
    let spans = collector.spans();
    let request = request(&spans);
    assert_eq!(request.name, format!("POST {ROUTE}"));
    let told = attributes(&request.attributes);
    assert_eq!(told["http.request.method"], &text("POST"));
    assert_eq!(told["http.route"], &text(ROUTE));
    assert_eq!(told["http.response.status_code"], &Value::IntValue(201));
    // The id is that of the log's lines; whose word it is not, a stranger's.
    let answered = served.event("answered").await;
    assert_eq!(told["vestibule.request_id"], &text(answered["span"]["id"].as_str().unwrap()));
    // Strangers do not decide where a trace belongs.
    assert_eq!((request.parent_span_id.len(), request.trace_id == PARENT_TRACE), (0, false));
    let statements: Vec<_> = spans.iter().filter(|span| span.kind() == SpanKind::Client).collect();
    assert!(statements.len() >= 4, "{spans:#?}");
    for statement in &statements {
        assert_eq!(statement.trace_id, request.trace_id);
        assert_eq!(attributes(&statement.attributes)["db.system.name"], &text("sqlite"));
    }
    let told_of = |name: &str, words: &str| {
        let of = |span: &&Span| match attributes(&span.attributes).get("db.query.text") {
            Some(Value::StringValue(sql)) => sql.contains(words),
            _ => words.is_empty(),
        };
        statements.iter().any(|span| span.name == name && of(span))
    };
    assert!(told_of("INSERT", "\"users\"") && told_of("BEGIN", "") && told_of("COMMIT", ""), "{spans:#?}");
    let calls = collector.calls.lock().unwrap();
    for call in calls.iter() {
        assert_eq!(call.head[0], "post /v1/traces http/1.1");
        assert!(call.head.contains(&"x-key: hunter2".to_owned()), "{:?}", call.head);
        let body = String::from_utf8_lossy(&call.body);
        assert!(body.contains("accounts") && body.contains(env!("CARGO_PKG_VERSION")));
        for secret in ["ada.the", PASSWORD, "127.0.0.1", "hunter2", "$2b$"] {
            assert!(!body.contains(secret), "{secret}: {body}");
        }
    }
}

/// Its commit is a task of its own, because others have to hear of it even if the client is gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_task_does_that_a_request_started_is_followed_too() {
    let collector = Collector::answering("200 OK").await;
    let film = json!({
        "name": "Metropolis", "date": "1927-01-10", "score": 89, "overview": "Towers.", "status": "Released",
        "budget": 1, "revenue": 1, "country": "DE", "genres": ["Drama"], "actors": ["Brigitte Helm"],
        "languages": ["German"],
    });
    let open = [("VESTIBULE__DOORS__CATALOGUE_WRITES", "true")];
    collector.followed_to(&open, &[], "/api/v1/theater/movies/", &film).await;
    let spans = collector.spans();
    let commit = spans.iter().find(|span| span.name == "COMMIT").unwrap_or_else(|| panic!("{spans:#?}"));
    assert_eq!(commit.trace_id, request(&spans).trace_id);
}

const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const PARENT_TRACE: [u8; 16] = 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c_u128.to_be_bytes();

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trusted_proxy_begins_the_trace_and_decides_whether_a_request_is_followed() {
    let behind = [
        ("VESTIBULE__SERVER__TRUSTED_PROXIES", "127.0.0.1"),
        ("VESTIBULE__DOORS__ALLOW_ON_NETWORK", "true"),
        ("VESTIBULE__TRACES__FROM_PROXIES", "true"),
        ("VESTIBULE__TRACES__ONE_IN", "1000000"),
    ];
    let collector = Collector::answering("200 OK").await;
    collector.followed(&behind, &[("traceparent", PARENT)]).await;
    let spans = collector.spans();
    let request = request(&spans);
    assert_eq!(request.trace_id, PARENT_TRACE);
    assert_eq!(request.parent_span_id, [0xb7, 0xad, 0x6b, 0x71, 0x69, 0x20, 0x33, 0x31]);
    let unfollowed = PARENT.replace("-01", "-00");
    let collector = Collector::answering("200 OK").await;
    let each = ("VESTIBULE__TRACES__ONE_IN", "1");
    collector.followed(&[&behind[..3], &[each]].concat(), &[("traceparent", &unfollowed)]).await;
    assert_eq!(collector.spans(), []);
    // Unless the settings say so, its header may be a stranger's.
    collector.followed(&[&behind[..2], &[each]].concat(), &[("traceparent", &unfollowed)]).await;
    assert_eq!(self::request(&collector.spans()).parent_span_id, [] as [u8; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_request_of_so_many_is_followed_and_no_work_that_is_of_no_request() {
    let collector = Collector::answering("200 OK").await;
    collector.followed(&[("VESTIBULE__TRACES__ONE_IN", "1000000")], &[]).await;
    assert_eq!(collector.spans(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_that_refuses_is_told_of_once_without_its_address() {
    let refusing = Collector::answering("401 Unauthorized").await;
    let endpoint = format!("{}/hunter2/v1/traces", refusing.endpoint);
    let refusing = Collector { endpoint, ..refusing };
    let served = refusing.followed(&[], &[]).await;
    let warning = served.event("traces are not delivered").await;
    assert!(warning["error"].as_str().unwrap().contains("401"), "{warning}");
    assert!(!warning.to_string().contains("hunter2"), "{warning}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_that_is_away_or_says_nothing_holds_up_neither_requests_nor_the_end() {
    let away = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    // It takes calls and never answers.
    let stalled = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let stalled_at = stalled.local_addr().unwrap();
    for endpoint in [away, stalled_at] {
        let collector = Collector { endpoint: format!("http://{endpoint}"), calls: Arc::default() };
        let following = collector.followed(&[], &[]);
        tokio::time::timeout(Duration::from_mins(1), following).await.expect("the server stops");
    }
    drop(stalled);
}

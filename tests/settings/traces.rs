//! Where requests are followed.

use vestibule_settings::{Source, TraceSettings};

use crate::given::{problem, settings, variables};

fn at(endpoint: &str) -> Source {
    variables(&[("VESTIBULE__TRACES__ENDPOINT", endpoint)])
}

fn with_headers(endpoint: &str, headers: &str) -> Source {
    at(endpoint).with("VESTIBULE__TRACES__HEADERS", headers)
}

fn endpoint(traces: &TraceSettings) -> Option<&str> {
    traces.endpoint.as_ref().map(vestibule_settings::RedactedUrl::reveal)
}

#[test]
fn nothing_is_followed_unless_there_is_a_collector() {
    let traces = settings(&variables(&[])).traces;
    assert_eq!(
        (endpoint(&traces), traces.one_in, traces.from_proxies, traces.service.as_str()),
        (None, 1, false, "vestibule")
    );
}

#[test]
fn an_address_without_a_path_gets_that_of_the_protocol() {
    for (given, used) in [
        ("http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/traces"),
        ("https://otlp.test/", "https://otlp.test/v1/traces"),
        ("https://otlp.test/team/traces", "https://otlp.test/team/traces"),
    ] {
        assert_eq!(endpoint(&settings(&at(given)).traces), Some(used));
    }
}

#[test]
fn what_is_no_address_of_a_collector_is_refused() {
    for given in
        ["grpc://otlp.test:4317", "https://me:hunter2@otlp.test", "otlp.test:4318", "localhost", "http://"]
    {
        let problem = problem(&at(given));
        assert!(problem.contains("): must be an http:// or https:// address"), "{problem}");
        assert!(!problem.contains("hunter2"), "{problem}");
    }
}

#[test]
fn headers_are_names_with_values_and_are_not_shown() {
    let source = with_headers("https://otlp.test", "authorization=Basic a=b, x-team=accounts");
    let settings = settings(&source);
    let headers: Vec<_> = settings.traces.headers().collect();
    assert_eq!(headers, [("authorization", "Basic a=b"), ("x-team", "accounts")]);
    for text in [settings.show(), format!("{settings:?}")] {
        assert!(!text.contains("Basic"), "{text}");
    }
    for given in ["authorization", "=hunter2", "x-team=", "a=hunter2,", "a b=hunter2", "a=hunter2\nb"] {
        let problem = problem(&with_headers("https://otlp.test", given));
        assert!(problem.contains("): must be headers such as"), "{given}: {problem}");
        assert!(!problem.contains("hunter2"), "{problem}");
    }
}

#[test]
fn headers_leave_in_the_clear_for_this_machine_only() {
    for endpoint in
        ["https://otlp.test", "http://localhost:4318", "http://127.0.0.1:4318", "http://[::1]:4318"]
    {
        settings(&with_headers(endpoint, "x-key=1"));
    }
    let problem = problem(&with_headers("http://10.0.0.1:4318", "x-key=1"));
    assert!(problem.contains("): need an https:// address"), "{problem}");
}

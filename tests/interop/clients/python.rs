//! `openapi-python-client`, whose types `mypy` checks.

use serde_json::json;
use vestibule_tests::service;

use super::{Client, run};

#[tokio::test(flavor = "multi_thread")]
#[cfg_attr(not(service_client_python), ignore = "no generator: ./scripts/services start client_python")]
async fn a_client_for_python_is_typed_and_calls_every_surface() {
    let python = service("client_python");
    let client = Client::new().await.with(&["python/config.yaml", "python/round_trip.py"]);
    let mut generate = client.command(&python);
    generate.args(["-m", "openapi_python_client", "generate", "--meta", "none", "--fail-on-warning"]);
    generate.args(["--path", "openapi.json", "--config", "config.yaml", "--output-path", "vestibule_client"]);
    run(&mut generate, &json!(null)).await;
    run(client.command(&python).args(["-m", "mypy", "--strict", "."]), &json!(null)).await;
    client
        .round_trip(|| {
            let mut command = client.command(&python);
            command.arg("round_trip.py");
            command
        })
        .await;
}

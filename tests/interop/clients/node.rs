//! `openapi-typescript`, whose types `tsc` checks, with `openapi-fetch`.

use std::path::PathBuf;

use serde_json::json;
use vestibule_tests::service;

use super::{Client, run};

#[tokio::test(flavor = "multi_thread")]
#[cfg_attr(not(service_client_node), ignore = "no generator: ./scripts/services start client_node")]
async fn a_client_for_node_is_typed_and_calls_every_surface() {
    let files = ["node/package.json", "node/tsconfig.json", "node/round_trip.ts"];
    let client = Client::new().await.with(&files);
    let packages = PathBuf::from(service("client_node")).join("node_modules");
    std::os::unix::fs::symlink(packages, client.folder.path().join("node_modules")).unwrap();
    let node = |script: &str| {
        let mut command = client.command("node");
        command.arg(script);
        command
    };
    let mut generate = node("node_modules/openapi-typescript/bin/cli.js");
    run(generate.args(["openapi.json", "--output", "schema.d.ts"]), &json!(null)).await;
    run(node("node_modules/typescript/bin/tsc").args(["--project", "."]), &json!(null)).await;
    client.round_trip(|| node("built/round_trip.js")).await;
}

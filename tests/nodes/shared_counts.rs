//! A limit counts over both nodes.

use futures::future::join_all;
use serde_json::json;

use super::installation::{Installation, Places};
use super::members::somebody;

/// Requests of a reset from one client in a minute, at this surface.
const LIMIT: usize = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(
    not(all(service_postgres, service_redis, service_smtp)),
    ignore = "no services: ./scripts/services start"
)]
async fn of_many_requests_at_both_nodes_as_many_pass_as_at_one() {
    let installation = Installation::new(&Places::shared()).await;
    let (a, b) = (installation.node().await, installation.node().await);
    let requests = (0..2 * LIMIT).map(async |number| {
        let node = if number % 2 == 0 { &a } else { &b };
        let body = json!({"email": somebody()});
        node.post("/api/v1/accounts/password-reset/request/", &body).await.status
    });
    let statuses = join_all(requests).await;
    let passed = statuses.iter().filter(|status| **status == 200).count();
    let limited = statuses.iter().filter(|status| **status == 429).count();
    assert_eq!((passed, limited), (LIMIT, LIMIT), "{statuses:?}");
    a.stop().await;
    b.stop().await;
    installation.remove().await;
}

//! Refreshes of one token at both nodes.

use std::collections::BTreeSet;

use futures::future::join_all;
use vestibule_tests::Answer;

use super::installation::{Installation, Places};
use super::mail::shared_folder;
use super::members::{PASSWORD, member};
use super::node::Node;

async fn refresh(node: &Node, token: &str) -> Answer {
    node.send_as(token, "GET", "/api/auth/refresh_token").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(
    not(all(service_postgres, service_redis, service_smtp)),
    ignore = "no services: ./scripts/services start"
)]
async fn twenty_at_once_give_one_successor() {
    let installation = Installation::new(&Places::shared()).await;
    // Ten a minute are published.
    let unlimited = [("VESTIBULE__RATE_LIMIT__ENABLED", "false")];
    let nodes = [installation.node_with(&unlimited).await, installation.node_with(&unlimited).await];
    let [a, b] = &nodes;
    let email = member([a, b], &shared_folder()).await;
    let form = format!("username={}&password={}", email.replace('@', "%40"), PASSWORD.replace('#', "%23"));
    let login = a.request("POST", "/api/auth/login").body(form);
    let login = login.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
    let parent = Answer::of(login).await.unwrap().text("refresh_token");

    let answers = join_all((0..20).map(|number| refresh(&nodes[number % 2], &parent))).await;
    let successors: BTreeSet<String> = answers
        .iter()
        .map(|answer| {
            assert_eq!(answer.status, 200, "{answer:?}");
            answer.text("refresh_token")
        })
        .collect();
    assert_eq!(successors.len(), 1, "{successors:?}");
    let successor = successors.first().unwrap();
    assert_ne!(*successor, parent);
    assert_eq!(refresh(b, successor).await.status, 200);

    let [a, b] = nodes;
    a.stop().await;
    b.stop().await;
    installation.remove().await;
}

//! A node that dies takes nothing with it.

use std::sync::atomic::{AtomicBool, Ordering};

use futures::future::join_all;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::json;
use tokio::net::TcpListener;

use super::installation::{Installation, Places};
use super::mail::{mails_to, shared_folder};
use super::members::{PASSWORD, log_in, register, somebody};
use super::node::Node;
use super::patience::eventually;

/// Registers people until there is no answer; answers those whose account was acknowledged.
async fn register_until_it_dies(node: &Node, is_dead: &AtomicBool) -> Vec<String> {
    let mut acknowledged = Vec::new();
    loop {
        let email = somebody();
        let body = json!({"email": email, "password": PASSWORD});
        match node.try_post("/api/v1/accounts/register/", &body).await {
            Some(answer) if answer.status == 201 => acknowledged.push(email),
            Some(answer) => assert!([429, 503].contains(&answer.status), "{answer:?}"),
            None => {
                assert!(is_dead.load(Ordering::SeqCst), "no answer while it lives");
                return acknowledged;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(
    not(all(service_postgres, service_redis, service_smtp)),
    ignore = "no services: ./scripts/services start"
)]
async fn what_a_dead_node_acknowledged_is_there_and_its_mail_is_sent_by_the_other() {
    let installation = Installation::new(&Places::shared()).await;
    // A mail server that takes connections and never says a word: what this node claims, it keeps.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = format!("smtp://{}", silent.local_addr().unwrap());
    let own = [("VESTIBULE__MAIL__URL", silent.as_str()), ("VESTIBULE__RATE_LIMIT__ENABLED", "false")];
    let dying = installation.node_with(&own).await;

    let is_dead = AtomicBool::new(false);
    let database = installation.database().await;
    let load = join_all((0..8).map(|_| register_until_it_dies(&dying, &is_dead)));
    let death = async {
        let claimed = "SELECT 1 FROM outbox_messages WHERE lease IS NOT NULL";
        eventually("the node claims messages", async || {
            let find = Statement::from_string(DbBackend::Postgres, claimed);
            database.query_one_raw(find).await.unwrap()
        })
        .await;
        is_dead.store(true, Ordering::SeqCst);
        dying.kill();
    };
    let (acknowledged, ()) = futures::join!(load, death);
    let acknowledged = acknowledged.concat();
    drop(dying);
    assert!(!acknowledged.is_empty());

    // Its leases would end by themselves in a quarter of an hour.
    let late =
        "UPDATE outbox_messages SET leased_until = now() - interval '1 second' WHERE lease IS NOT NULL";
    assert!(database.execute_unprepared(late).await.unwrap().rows_affected() > 0);
    let heir = installation.node_with(&[("VESTIBULE__RATE_LIMIT__ENABLED", "false")]).await;
    let folder = shared_folder();
    for email in &acknowledged {
        assert_eq!(register(&heir, email).await.status, 409, "{email}");
        assert_eq!(log_in(&heir, email, PASSWORD).await.status, 403, "{email}");
        eventually("the heir sends the mail", async || mails_to(&folder, email).pop()).await;
    }
    database.close().await.unwrap();
    heir.stop().await;
    installation.remove().await;
}

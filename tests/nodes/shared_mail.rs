//! Both nodes send what waits; each mail goes out once.

use futures::future::join_all;

use super::installation::{Installation, Places};
use super::mail::{mails_to, shared_folder};
use super::members::{register, somebody};
use super::patience::eventually;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(
    not(all(service_postgres, service_redis, service_smtp)),
    ignore = "no services: ./scripts/services start"
)]
async fn every_mail_is_sent_once() {
    let installation = Installation::new(&Places::shared()).await;
    let (a, b) = (installation.node().await, installation.node().await);
    let people: Vec<String> = (0..60).map(|_| somebody()).collect();
    let registrations = people.iter().enumerate().map(async |(number, email)| {
        let node = if number % 2 == 0 { &a } else { &b };
        register(node, email).await.status
    });
    assert_eq!(join_all(registrations).await, [201; 60]);

    let operator = installation.operator().await;
    let store = &operator.adapters.deps.store;
    eventually("the outbox is empty", async || {
        (store.repositories().outbox().waiting().await.unwrap() == 0).then_some(())
    })
    .await;
    let folder = shared_folder();
    for email in &people {
        assert_eq!(mails_to(&folder, email).len(), 1, "{email}");
    }
    operator.adapters.close().await;
    a.stop().await;
    b.stop().await;
    installation.remove().await;
}

//! Services go away under light load and come back: the process survives, what it answers meanwhile is
//! documented (`docs/deployment.md`), and nothing acknowledged is lost.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection};
use serde_json::json;
use tokio::time::sleep;

use super::installation::Installation;
use super::mail::mails_to;
use super::members::{PASSWORD, log_in, register, somebody};
use super::node::Node;
use super::patience::eventually;
use super::private_services::PrivateServices;

/// Light load: a registration every now and then, and who was registered.
#[derive(Default)]
struct Load {
    registered: Mutex<Vec<String>>,
    refused: Mutex<usize>,
    is_over: AtomicBool,
}

impl Load {
    async fn run(&self, node: &Node) {
        while !self.is_over.load(Ordering::SeqCst) {
            let email = somebody();
            let body = json!({"email": email, "password": PASSWORD});
            let answer = node.post("/api/v1/accounts/register/", &body).await;
            match answer.status {
                201 => self.registered.lock().unwrap().push(email),
                503 => {
                    answer.header("retry-after");
                    *self.refused.lock().unwrap() += 1;
                }
                _ => panic!("{answer:?}"),
            }
            sleep(Duration::from_millis(100)).await;
        }
    }

    fn registered(&self) -> usize {
        self.registered.lock().unwrap().len()
    }

    fn refused(&self) -> usize {
        *self.refused.lock().unwrap()
    }

    /// Waits until some more were registered.
    async fn goes_on(&self) {
        let before = self.registered();
        eventually("people register", async || (self.registered() > before + 5).then_some(())).await;
    }

    /// Waits until some more were refused.
    async fn is_refused(&self) {
        let before = self.refused();
        eventually("people are refused", async || (self.refused() > before + 2).then_some(())).await;
    }
}

/// Waits until readiness says this of a part.
async fn turns(node: &Node, part: &str, state: &str) {
    let expected = format!("\"{part}\":\"{state}\"");
    let status = if state == "up" { 200 } else { 503 };
    eventually(&format!("readiness says {expected}"), async || {
        let answer = node.readiness().await?;
        (answer.status == status && answer.body.contains(&expected)).then_some(())
    })
    .await;
}

async fn chaos(node: &Node, services: &PrivateServices, load: &Load) {
    load.goes_on().await;

    // Without the database nothing can be promised; cheap endpoints answer all the same.
    services.stop("postgres");
    turns(node, "database", "down").await;
    load.is_refused().await;
    assert_eq!(node.request("GET", "/health/live").send().await.unwrap().status(), 200);
    services.start("postgres");
    turns(node, "database", "up").await;
    load.goes_on().await;

    // Without the cache everything works, by the database and by counters of this process.
    let refused = load.refused();
    services.stop("redis");
    turns(node, "cache", "down").await;
    load.goes_on().await;
    services.start("redis");
    turns(node, "cache", "up").await;
    load.goes_on().await;
    assert_eq!(load.refused(), refused);

    // Without the mail server mail waits.
    services.stop("smtp");
    load.goes_on().await;
    services.start("smtp");
    load.goes_on().await;
    assert_eq!(load.refused(), refused);
}

async fn nothing_is_lost(node: &Node, load: &Load, mail: &Path, database: &DatabaseConnection) {
    let registered = load.registered.lock().unwrap().clone();
    for email in &registered {
        assert_eq!(register(node, email).await.status, 409, "{email}");
        assert_eq!(log_in(node, email, PASSWORD).await.status, 403, "{email}");
        eventually("the mail arrives", async || {
            let arrived = mails_to(mail, email).pop();
            if arrived.is_none() {
                end_old_leases(database).await;
            }
            arrived
        })
        .await;
        assert_eq!(mails_to(mail, email).len(), 1, "{email}");
    }
}

/// A message that was claimed in the moment in which the database stopped is claimed again when its lease of
/// twenty minutes is over. No try takes half a minute, so those of a minute ago are not under way any more.
async fn end_old_leases(database: &DatabaseConnection) {
    let end =
        "UPDATE outbox_messages SET leased_until = now() WHERE leased_until < now() + interval '19 minutes'";
    database.execute_unprepared(end).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(
    not(all(service_postgres, service_redis, service_smtp)),
    ignore = "no services: ./scripts/services start"
)]
async fn a_node_survives_the_loss_of_each_service() {
    let services = PrivateServices::start_all();
    let installation = Installation::new(&services.places()).await;
    // The load is one client's; its limits are another test's.
    let settings = [("VESTIBULE__RATE_LIMIT__ENABLED", "false"), ("VESTIBULE__PASSWORD__BCRYPT_COST", "4")];
    let mut node = installation.node_with(&settings).await;
    let load = Load::default();
    let chaos = async {
        chaos(&node, &services, &load).await;
        load.is_over.store(true, Ordering::SeqCst);
    };
    futures::join!(load.run(&node), chaos);
    let database = installation.database().await;
    nothing_is_lost(&node, &load, &services.mail_folder(), &database).await;
    database.close().await.unwrap();
    assert!(node.exit().is_none(), "{}", node.log());
    node.stop().await;
}

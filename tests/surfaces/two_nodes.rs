//! Requests that meet at two servers on one database. Each server has a cache of its own, so it believes what it knows
//! of sessions longer than it should: what must hold is held by the database.

use std::fmt::Display;

use futures::future::join_all;
use serde_json::{Value, json};
use vestibule_application::accounts::Administrator;
use vestibule_domain::accounts::{EmailAddress, Role};
use vestibule_tests::{Answer, OwnDatabase, Server, TestApp};

use crate::points::person as points;

const PASSWORD: &str = "Engine1843";

/// Two servers on one database, of one installation.
async fn two(url: &str) -> [TestApp; 2] {
    let first = node(url).await;
    [first, node(url).await]
}

async fn node(url: &str) -> TestApp {
    TestApp::on_memory()
        .with("database.url", url)
        .with("database.max_connections", "4")
        .with("rate_limit.enabled", "false")
        .with("tokens.access_secret", "an access secret of more than 32 bytes")
        .with("tokens.refresh_secret", "a refresh secret of more than 32 bytes")
        .start()
        .await
}

/// Lists cases that get two servers, to run on every database that two servers can share.
macro_rules! on_shared_databases {
    ($($case:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite://{}?mode=rwc", folder.path().join("shared.db").display());
                super::$case(super::two(&url).await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[cfg_attr(not(service_postgres), ignore = "no PostgreSQL: ./scripts/services start")]
            async fn $case() {
                let database = super::OwnDatabase::migrated(super::Server::Postgres).await;
                super::$case(super::two(&database.url).await).await;
            })+
        }
        mod mariadb {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[cfg_attr(not(service_mariadb), ignore = "no MariaDB: ./scripts/services start")]
            async fn $case() {
                let database = super::OwnDatabase::migrated(super::Server::MariaDb).await;
                super::$case(super::two(&database.url).await).await;
            })+
        }
    };
}

on_shared_databases!(
    fifty_of_sixty_deductions_find_a_point,
    a_key_that_comes_twenty_times_changes_the_balance_once,
    of_two_administrators_who_trash_each_other_one_stays,
    of_two_administrators_who_lock_each_other_out_one_stays,
    of_two_administrators_who_leave_one_stays,
);

/// How many answers have this status and this text.
fn count(answers: &[Answer], status: u16, text: &str) -> usize {
    answers.iter().filter(|answer| answer.status == status && answer.body.contains(text)).count()
}

/// Whether the ledger explains every balance.
async fn books_are_right(app: &TestApp) -> bool {
    let sums = app
        .deps
        .store
        .repositories()
        .points()
        .sums(vestibule_domain::accounts::AccountId(0), 100)
        .await
        .unwrap();
    !sums.is_empty() && sums.iter().all(vestibule_domain::points::LedgerSum::is_right)
}

async fn fifty_of_sixty_deductions_find_a_point(nodes: [TestApp; 2]) {
    let token = points::signed_in(&nodes[0], points::EMAIL).await;
    assert_eq!(points::add(&nodes[0], &token, "50").await.status, 200);
    let answers = join_all((0..60).map(|n| points::deduct(&nodes[n % 2], &token, "1"))).await;
    let done = count(&answers, 200, "1 points deducted from Ada successfully");
    assert_eq!([done, count(&answers, 401, "Insufficient points")], [50, 10], "{answers:?}");
    for node in &nodes {
        assert_eq!(points::balance(node, &token).await, 0);
    }
    assert!(books_are_right(&nodes[0]).await);
}

async fn a_key_that_comes_twenty_times_changes_the_balance_once(nodes: [TestApp; 2]) {
    let token = points::signed_in(&nodes[0], points::EMAIL).await;
    assert_eq!(points::add(&nodes[0], &token, "50").await.status, 200);
    let deduct = |n: usize| {
        let fields = [("points", "3"), ("access_token", token.as_str())];
        let request = points::form(&nodes[n % 2], "PUT", points::DEDUCT, &fields);
        nodes[n % 2].send(request.header("idempotency-key", "once"))
    };
    let answers = join_all((0..20).map(deduct)).await;
    let done = count(&answers, 200, "3 points deducted from Ada successfully");
    let under_way = count(&answers, 409, "A request with this Idempotency-Key is under way");
    assert!(done >= 1 && done + under_way == 20, "{answers:?}");
    for (n, node) in nodes.iter().enumerate() {
        assert_eq!(deduct(n).await.status, 200);
        assert_eq!(points::balance(node, &token).await, 47);
    }
    assert!(books_are_right(&nodes[1]).await);
}

/// An administrator with his id, his address and the token of his newest login.
struct Admin {
    id: String,
    email: String,
    token: String,
}

impl Admin {
    async fn sign_up(app: &TestApp, name: &str) -> Self {
        let email = format!("{name}@example.com");
        let user = json!({"email": email, "username": name, "password": PASSWORD});
        assert_eq!(app.post("/api/v1/auth/admin/signup", &user).await.status, 201);
        let mut admin = Self { id: String::new(), email, token: String::new() };
        admin.log_in(app).await;
        let actor = app.services.verify_access.execute(&admin.token).await.unwrap();
        assert!(Administrator::with_role(&actor).is_ok());
        admin.id = actor.uuid.0.to_string();
        admin
    }

    async fn log_in(&mut self, app: &TestApp) {
        let body = json!({"email": self.email, "password": PASSWORD});
        self.token = app.post("/api/v1/auth/login", &body).await.text("access_token");
    }

    async fn call(&self, app: &TestApp, method: &str, path: impl Display, body: Option<Value>) -> Answer {
        let request = app.request(method, &path.to_string()).bearer_auth(&self.token);
        let request = match body {
            Some(body) => request.header("content-type", "application/json").body(body.to_string()),
            None => request,
        };
        app.send(request).await
    }

    /// Whether he may still be an administrator somewhere.
    async fn stays(&self, app: &TestApp) -> bool {
        let email = EmailAddress::parse(&self.email).unwrap();
        let account = app.deps.store.repositories().accounts().by_email(&email).await.unwrap();
        account.is_some_and(|account| account.may_sign_in() && account.details.role == Role::Admin)
    }
}

async fn both(nodes: &[TestApp; 2]) -> [Admin; 2] {
    [Admin::sign_up(&nodes[0], "ada").await, Admin::sign_up(&nodes[1], "eva").await]
}

/// Which of both stays. Fails unless it is one.
async fn one_who_stays(nodes: &[TestApp; 2], admins: &[Admin; 2], answers: &[Answer; 2], done: u16) -> usize {
    let stay = [admins[0].stays(&nodes[0]).await, admins[1].stays(&nodes[0]).await];
    assert!(stay[0] != stay[1], "{stay:?}: {answers:?}");
    let statuses = [answers[0].status, answers[1].status];
    let refused = statuses.iter().filter(|status| [400, 401, 403].contains(*status)).count();
    assert!(statuses.contains(&done) && refused == 1, "{answers:?}");
    usize::from(stay[1])
}

async fn of_two_administrators_who_trash_each_other_one_stays(nodes: [TestApp; 2]) {
    let mut admins = both(&nodes).await;
    for _ in 0..5 {
        let path = |n: usize| format!("/api/v1/auth/users/{}?reason=envy", admins[n].id);
        let (first, second) = futures::join!(
            admins[0].call(&nodes[0], "DELETE", path(1), None),
            admins[1].call(&nodes[1], "DELETE", path(0), None),
        );
        let winner = one_who_stays(&nodes, &admins, &[first, second], 204).await;
        let restore = format!("/api/v1/trash/restore/{}", admins[1 - winner].id);
        assert_eq!(admins[winner].call(&nodes[winner], "PUT", restore, None).await.status, 200);
        admins[1 - winner].log_in(&nodes[1 - winner]).await;
    }
}

async fn of_two_administrators_who_lock_each_other_out_one_stays(nodes: [TestApp; 2]) {
    let mut admins = both(&nodes).await;
    for _ in 0..5 {
        let path = |n: usize| format!("/user/{}", admins[n].id);
        let (first, second) = futures::join!(
            admins[0].call(&nodes[0], "PATCH", path(1), Some(json!({"status": false}))),
            admins[1].call(&nodes[1], "PATCH", path(0), Some(json!({"status": false}))),
        );
        let winner = one_who_stays(&nodes, &admins, &[first, second], 200).await;
        let back = Some(json!({"status": true}));
        assert_eq!(admins[winner].call(&nodes[winner], "PATCH", path(1 - winner), back).await.status, 200);
        admins[1 - winner].log_in(&nodes[1 - winner]).await;
    }
}

async fn of_two_administrators_who_leave_one_stays(nodes: [TestApp; 2]) {
    let admins = both(&nodes).await;
    let path = |n: usize| format!("/user/{}", admins[n].id);
    let (first, second) = futures::join!(
        admins[0].call(&nodes[0], "DELETE", path(0), None),
        admins[1].call(&nodes[1], "DELETE", path(1), None),
    );
    one_who_stays(&nodes, &admins, &[first, second], 200).await;
}

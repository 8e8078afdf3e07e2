//! A change at one node holds at the other from the next request on.

use serde_json::json;
use vestibule::bootstrap::Application;
use vestibule_application::Actor;
use vestibule_application::accounts::{
    Administrator, ChangeRoleInput, CreateAdminInput, DeactivateAccountInput,
};
use vestibule_application::sessions::LogOutInput;
use vestibule_domain::accounts::{EmailAddress, Role};

use super::installation::{Installation, Places};
use super::mail::{mailed_token, shared_folder};
use super::members::{PASSWORD, log_in, member, somebody};
use super::node::Node;

/// Who may write movies sees that this one is not there; others are refused before.
const BEHIND_A_TOKEN: &str = "/api/v1/theater/movies/404404/";

async fn status(node: &Node, token: &str) -> u16 {
    node.send_as(token, "DELETE", BEHIND_A_TOKEN).await.status
}

/// Two nodes, and a third in this process that makes the changes.
struct TwoNodes {
    installation: Installation,
    a: Node,
    b: Node,
    operator: Application,
}

impl TwoNodes {
    async fn start() -> Self {
        let installation = Installation::new(&Places::shared()).await;
        let (a, b) = (installation.node().await, installation.node().await);
        let operator = installation.operator().await;
        Self { installation, a, b, operator }
    }

    /// The access token of a moderator, whose session both nodes have seen.
    async fn moderator(&self) -> (String, String, Actor) {
        let email = member([&self.a, &self.b], &shared_folder()).await;
        let mut repositories = self.operator.adapters.deps.store.repositories();
        let address = EmailAddress::parse(&email).unwrap();
        let account = repositories.accounts().by_email(&address).await.unwrap().unwrap();
        let change =
            ChangeRoleInput { administrator: self.admin().await, account: account.id, role: Role::Moderator };
        self.operator.services.change_role.execute(change).await.unwrap();
        let token = log_in(&self.a, &email, PASSWORD).await.text("access_token");
        for node in [&self.a, &self.b, &self.a, &self.b] {
            assert_eq!(status(node, &token).await, 404);
        }
        let actor = self.operator.services.verify_access.execute(&token).await.unwrap();
        (email, token, actor)
    }

    async fn admin(&self) -> Administrator {
        let email = somebody();
        let password = vestibule::surfaces::theater::PASSWORD.check(PASSWORD).unwrap();
        let input = CreateAdminInput {
            administrator: Administrator::operator(),
            email: EmailAddress::parse(&email).unwrap(),
            username: None,
            password,
        };
        self.operator.services.create_admin.execute(input).await.unwrap();
        let token = log_in(&self.b, &email, PASSWORD).await.text("access_token");
        let actor = self.operator.services.verify_access.execute(&token).await.unwrap();
        Administrator::with_role(&actor).unwrap()
    }

    async fn end(self) {
        self.operator.adapters.close().await;
        self.a.stop().await;
        self.b.stop().await;
        self.installation.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(
    not(all(service_postgres, service_redis, service_smtp)),
    ignore = "no services: ./scripts/services start"
)]
async fn a_logout_holds_at_every_node() {
    let nodes = TwoNodes::start().await;
    let (_, token, actor) = nodes.moderator().await;
    let end = LogOutInput { session: actor.session };
    nodes.operator.services.log_out.execute(end).await.unwrap();
    assert_eq!([status(&nodes.b, &token).await, status(&nodes.a, &token).await], [401, 401]);
    nodes.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(
    not(all(service_postgres, service_redis, service_smtp)),
    ignore = "no services: ./scripts/services start"
)]
async fn a_new_role_holds_at_every_node() {
    let nodes = TwoNodes::start().await;
    let (_, token, actor) = nodes.moderator().await;
    let admin = nodes.admin().await;
    for (role, expected) in [(Role::User, 403), (Role::Admin, 404), (Role::User, 403)] {
        let change = ChangeRoleInput { administrator: admin, account: actor.account, role };
        nodes.operator.services.change_role.execute(change).await.unwrap();
        assert_eq!([status(&nodes.b, &token).await, status(&nodes.a, &token).await], [expected; 2]);
    }
    nodes.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(
    not(all(service_postgres, service_redis, service_smtp)),
    ignore = "no services: ./scripts/services start"
)]
async fn a_deactivation_holds_at_every_node() {
    let nodes = TwoNodes::start().await;
    let (email, token, actor) = nodes.moderator().await;
    let end = DeactivateAccountInput { administrator: nodes.admin().await, account: actor.account };
    nodes.operator.services.deactivate_account.execute(end).await.unwrap();
    assert_eq!([status(&nodes.b, &token).await, status(&nodes.a, &token).await], [401, 401]);
    assert_eq!(log_in(&nodes.b, &email, PASSWORD).await.status, 403);
    nodes.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(
    not(all(service_postgres, service_redis, service_smtp)),
    ignore = "no services: ./scripts/services start"
)]
async fn what_an_operator_s_command_does_holds_at_every_node() {
    let nodes = TwoNodes::start().await;
    let (email, token, _) = nodes.moderator().await;
    for (role, expected) in [("user", 403), ("moderator", 404)] {
        nodes.installation.command(&["users", "set-role", &email, role]);
        assert_eq!([status(&nodes.b, &token).await, status(&nodes.a, &token).await], [expected; 2]);
    }
    nodes.installation.command(&["users", "end-sessions", &email]);
    assert_eq!([status(&nodes.b, &token).await, status(&nodes.a, &token).await], [401, 401]);

    let token = log_in(&nodes.a, &email, PASSWORD).await.text("access_token");
    assert_eq!([status(&nodes.b, &token).await, status(&nodes.a, &token).await], [404, 404]);
    nodes.installation.command(&["users", "trash", &email, "--reason", "asked for it"]);
    assert_eq!([status(&nodes.b, &token).await, status(&nodes.a, &token).await], [401, 401]);

    nodes.installation.command(&["users", "restore", &email]);
    nodes.installation.command(&["users", "send-reset", &email]);
    let mailed = mailed_token(&shared_folder(), &email, "reset-password").await;
    let new = json!({"email": email, "token": mailed, "password": "Difference#1822"});
    assert_eq!(nodes.a.post("/api/v1/accounts/reset-password/complete/", &new).await.status, 200);
    nodes.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(
    not(all(service_postgres, service_redis, service_smtp)),
    ignore = "no services: ./scripts/services start"
)]
async fn a_new_password_holds_at_every_node() {
    let nodes = TwoNodes::start().await;
    let (email, token, _) = nodes.moderator().await;
    let request = json!({"email": email});
    nodes.a.post("/api/v1/accounts/password-reset/request/", &request).await;
    let mailed = mailed_token(&shared_folder(), &email, "reset-password").await;
    let new = json!({"email": email, "token": mailed, "password": "Difference#1822"});
    assert_eq!(nodes.a.post("/api/v1/accounts/reset-password/complete/", &new).await.status, 200);
    assert_eq!([status(&nodes.b, &token).await, status(&nodes.a, &token).await], [401, 401]);
    assert_eq!(log_in(&nodes.b, &email, PASSWORD).await.status, 401);
    assert_eq!(log_in(&nodes.b, &email, "Difference#1822").await.status, 201);
    nodes.end().await;
}

//! What people do, at whichever node.

use std::path::Path;

use serde_json::json;
use vestibule_domain::ports::IdGenerator as _;
use vestibule_infrastructure::system::SystemIds;
use vestibule_tests::Answer;

use super::mail::mailed_token;
use super::node::Node;

pub(crate) const PASSWORD: &str = "Analytical#1843";

/// A name that nothing else on the shared services has.
pub(crate) fn unique() -> String {
    SystemIds.random().simple().to_string()
}

/// An address that no other test writes to.
pub(crate) fn somebody() -> String {
    format!("{}@example.com", unique())
}

pub(crate) async fn register(node: &Node, email: &str) -> Answer {
    node.post("/api/v1/accounts/register/", &json!({"email": email, "password": PASSWORD})).await
}

pub(crate) async fn log_in(node: &Node, email: &str, password: &str) -> Answer {
    node.post("/api/v1/accounts/login/", &json!({"email": email, "password": password})).await
}

/// Registers at one node, activates at the other.
pub(crate) async fn member(at: [&Node; 2], mail: &Path) -> String {
    let email = somebody();
    assert_eq!(register(at[0], &email).await.status, 201);
    let token = mailed_token(mail, &email, "activate").await;
    let activation = json!({"email": email, "token": token});
    assert_eq!(at[1].post("/api/v1/accounts/activate/", &activation).await.status, 200);
    email
}

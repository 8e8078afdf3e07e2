//! Admin contract 2.7.

use super::person::{NOW, admin, member, unlimited, user_path};

const FORBIDDEN: &str = r#"{"detail":"You don't have access to perform this action"}"#;
const UNKNOWN: &str = r#"{"detail":"User not found"}"#;

#[tokio::test]
async fn owners_and_administrators_see_an_account() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    let expected = format!(
        r#"{{"id":"{}","email":"ada@example.com","role":"regular","username":"ada","created_at":"{NOW}","updated_at":null,"is_deleted":false,"updated_by":null}}"#,
        ada.id
    );
    ada.get(&app, &user_path(&ada.id)).await.is(200, &expected);
    root.get(&app, &user_path(&ada.id)).await.is(200, &expected);
    root.get(&app, &user_path(&ada.id.to_uppercase())).await.is(200, &expected);
}

#[tokio::test]
async fn others_learn_nothing() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    let unknown = "0a1b2c3d-0000-4000-8000-000000000001";
    for id in [root.id.as_str(), unknown, "1", &ada.id.to_uppercase()] {
        ada.get(&app, &user_path(id)).await.is(403, FORBIDDEN);
    }
    for id in [unknown, "1", "%20", "00000000-0000-0000-0000-000000000000"] {
        root.get(&app, &user_path(id)).await.is(404, UNKNOWN);
    }
    let eva = member(&app, "eva").await;
    root.trash(&app, &eva.id).await.is(204, "");
    root.get(&app, &user_path(&eva.id)).await.is(404, UNKNOWN);
}

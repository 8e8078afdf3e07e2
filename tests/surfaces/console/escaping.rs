//! Markup in what strangers fill.

use serde_json::json;

use super::clerk::{SCRIPT, staffed};
use crate::admin::person::{PASSWORD, email, log_in_from};
use crate::visitor::escaped;

const EVIL: &str = "<script>alert(1)</script>";
const QUOTED: &str = "\"><img src=x onerror=alert(1)>'";

#[tokio::test]
async fn names_devices_reasons_and_searches_are_text_wherever_they_are_shown() {
    let (app, clerk, _) = staffed().await;
    for (number, name) in [EVIL, QUOTED].into_iter().enumerate() {
        let address = email(&format!("evil{number}"));
        let body = json!({"email": address, "username": name, "password": PASSWORD});
        let signed_up = app.post("/api/v1/auth/signup", &body).await;
        assert_eq!(signed_up.status, 201, "{signed_up:?}");
        log_in_from(&app, &format!("evil{number}"), name).await;
        let found = clerk.page(&app, &format!("/console/users?q={address}")).await;
        let id = found.split("/console/users/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let path = format!("/console/users/{id}");
        let page = clerk.page(&app, &path).await;
        assert!(page.contains("alert(1)"), "the device is shown: {page}");
        clerk.submit(&app, &format!("{path}/trash"), &[("reason", name)]).await;

        let searched = escaped(name);
        let mark = clerk.mark(&app).await;
        let chosen = [("form", mark.as_str()), ("account", id.as_str()), ("reason", name)];
        let confirmed = [chosen[0], chosen[1], ("confirmed", "yes")];
        let pages = [
            page,
            clerk.post(&app, "/console/users/trash", &chosen).await.body,
            clerk.post(&app, "/console/users/trash", &confirmed).await.body,
            clerk.page(&app, &format!("/console/users?state=trash&sort=name&after={searched}")).await,
            clerk.page(&app, &format!("/console/users?q={searched}&by=part&after={searched}")).await,
            found,
            clerk.page(&app, "/console/users").await,
            clerk.page(&app, &format!("/console/users?q={searched}")).await,
            clerk.page(&app, &path).await,
            clerk.page(&app, "/console/trash").await,
            clerk.get(&app, &format!("/console/audit?account={searched}&since={searched}")).await.body,
            clerk.submit(&app, &format!("{path}/purge"), &[("name", name), ("password", name)]).await.body,
            clerk.sign_in(&app, name, "wrong").await.body,
        ];
        for page in pages {
            let page = page.replace(SCRIPT, "");
            assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
        }
    }
}

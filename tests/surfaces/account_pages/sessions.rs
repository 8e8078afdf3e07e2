//! The sessions of an account.

use std::time::Duration;

use super::owner::{Owner, leads_to_sign_in, with_ada};
use crate::admin::person::{log_in_from, member, user_path};

/// The ids of the sessions that the page lists.
async fn listed(app: &vestibule_tests::TestApp, owner: &Owner) -> Vec<String> {
    ids(&owner.page(app, "/account").await)
}

/// The ids of the sessions on a page.
fn ids(page: &str) -> Vec<String> {
    let rows = page.split("action=\"/account/sessions/").skip(1);
    let ids = rows.map(|row| row.split(['/', '"']).next().unwrap().to_owned());
    ids.filter(|id| id != "end").collect()
}

#[tokio::test]
async fn one_session_is_ended_and_the_others_stay() {
    let (app, owner, ada) = with_ada().await;
    let other = Owner::signed_in(&app, "ada").await;
    let page = owner.page(&app, "/account").await;
    for words in ["(this session)", "<td>account</td>", "<td>admin</td>", "127.0.0.1"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let of_other = listed(&app, &other).await;
    assert_eq!(of_other.len(), 3);
    let elsewhere = page.split("<td>admin</td>").nth(1).unwrap().split("/account/sessions/").nth(1).unwrap();
    let elsewhere = elsewhere.split('/').next().unwrap();
    let path = format!("/account/sessions/{elsewhere}/end");
    let answer = owner.submit(&app, &path, &[]).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/account?done=session-ended"));
    assert_eq!(ada.get(&app, &user_path(&ada.id)).await.status, 401);
    assert_eq!(other.get(&app, "/account").await.status, 200);
    let again = owner.submit(&app, &path, &[]).await;
    assert_eq!(again.status, 404, "{again:?}");
    assert!(again.body.contains("The session has ended already."), "{again:?}");
}

#[tokio::test]
async fn the_list_tells_when_each_session_was_last_seen() {
    let (app, owner, _) = with_ada().await;
    app.clock.advance(Duration::from_mins(5));
    owner.page(&app, "/account").await;
    app.services.keep_sightings.execute().await.unwrap();
    let page = owner.page(&app, "/account").await;
    assert!(page.contains("<th scope=\"col\">Last seen</th>"), "{page}");
    let (mut seen, mut begun) = (0, 0);
    for row in page.split("<tr>").filter(|row| row.contains("/account/sessions/")) {
        seen += row.matches("<time datetime=\"2026-01-02T03:09:00Z\">2026-01-02 03:09 UTC</time>").count();
        begun += row.matches("<time datetime=\"2026-01-02T03:04:05.678901Z\">").count();
    }
    assert_eq!((seen, begun), (1, 3), "the other one was seen at its sign-in: {page}");
    let answer = owner.send(&app, app.request("GET", "/account").header("accept-language", "fr")).await;
    assert!(answer.body.contains("<th scope=\"col\">Vu</th>"), "{answer:?}");
}

#[tokio::test]
async fn another_accounts_session_is_none() {
    let (app, owner, ada) = with_ada().await;
    member(&app, "eva").await;
    let eva = Owner::signed_in(&app, "eva").await;
    for id in listed(&app, &owner).await.iter().map(String::as_str).chain(["x", "%00"]) {
        let answer = eva.submit(&app, &format!("/account/sessions/{id}/end"), &[]).await;
        assert_eq!(answer.status, 404, "{answer:?}");
    }
    assert_eq!(owner.get(&app, "/account").await.status, 200);
    assert_eq!(ada.get(&app, &user_path(&ada.id)).await.status, 200);
}

#[tokio::test]
async fn all_others_end_and_that_of_the_page_stays() {
    let (app, owner, ada) = with_ada().await;
    let other = Owner::signed_in(&app, "ada").await;
    let answer = owner.submit(&app, "/account/sessions/end", &[]).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/account?done=sessions-ended"));
    leads_to_sign_in(&other.get(&app, "/account").await);
    assert_eq!(ada.get(&app, &user_path(&ada.id)).await.status, 401);
    let page = owner.page(&app, "/account?done=sessions-ended").await;
    assert!(page.contains("All other sessions have ended."), "{page}");
    assert!(!page.contains("End all other sessions"), "{page}");
    assert_eq!(listed(&app, &owner).await.len(), 1);
}

#[tokio::test]
async fn who_ends_the_session_of_the_page_is_signed_out() {
    let (app, owner, _) = with_ada().await;
    let page = owner.page(&app, "/account").await;
    let own = page.split("(this session)").nth(1).unwrap().split("/account/sessions/").nth(1).unwrap();
    let own = own.split('/').next().unwrap();
    let answer = owner.submit(&app, &format!("/account/sessions/{own}/end"), &[]).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/account/login?done=signed-out"));
    assert!(owner.cookie.borrow().is_empty());
}

#[tokio::test]
async fn of_two_tabs_the_second_says_that_the_session_is_over() {
    let (app, owner, _) = with_ada().await;
    let mark = owner.mark(&app).await;
    // A second tab has the same session and the same mark.
    assert_eq!(owner.mark(&app).await, mark);
    let before = owner.cookie.borrow().clone();
    assert_eq!(owner.post(&app, "/account/logout", &[("form", &mark)]).await.status, 303);
    *owner.cookie.borrow_mut() = before;
    leads_to_sign_in(&owner.post(&app, "/account/sessions/end", &[("form", &mark)]).await);
    // The form of the tab that was open before is refused after another sign-in, and does nothing.
    let owner = Owner::signed_in(&app, "ada").await;
    let stale = owner.post(&app, "/account/sessions/end", &[("form", &mark)]).await;
    assert_eq!(stale.status, 403, "{stale:?}");
}

/// As heavy as it can be: many sessions, of devices with the longest names.
#[tokio::test]
async fn of_many_sessions_the_page_shows_some_and_leads_to_the_others() {
    let (app, owner, ada) = with_ada().await;
    for _ in 0..95 {
        log_in_from(&app, "ada", &"Mozilla/5.0 <device> & more ".repeat(40)).await;
    }
    let mut path = "/account".to_owned();
    let (mut seen, mut sizes) = (Vec::new(), Vec::new());
    loop {
        let page = owner.page(&app, &path).await;
        assert!(page.contains("End all other sessions"), "{path}");
        assert_eq!(page.contains("(this session)"), path == "/account", "{path}");
        sizes.push(page.len());
        seen.extend(ids(&page));
        let Some(next) = page.split("<a rel=\"next\" href=\"").nth(1) else { break };
        path = next.split('#').next().unwrap().to_owned();
    }
    assert_eq!((seen.len(), sizes.len()), (97, 3));
    assert!(sizes.iter().all(|size| *size < 60_000), "{sizes:?}");
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 97);
    assert_eq!(ada.get(&app, &user_path(&ada.id)).await.status, 200);
    for path in ["/account?page=9", "/account?page=18446744073709551615", "/account?page=x"] {
        assert!(owner.page(&app, path).await.contains("Sessions"), "{path}");
    }
}

//! Sessions that end by time, and the password that is asked for once more.

use std::time::Duration;

use super::clerk::{Clerk, leads_to_sign_in, staffed};
use crate::admin::person::PASSWORD;

const MINUTE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn a_session_that_is_used_goes_on_for_twelve_hours_and_no_longer() {
    let (app, clerk, _) = staffed().await;
    let first = clerk.cookie.borrow().clone();
    let mark = clerk.mark(&app).await;
    // 25 minutes each, until twelve hours are over.
    for _ in 0..28 {
        app.clock.advance(25 * MINUTE);
        assert_eq!(clerk.get(&app, "/console").await.status, 200);
    }
    assert_ne!(*clerk.cookie.borrow(), first);
    assert_eq!(clerk.mark(&app).await, mark, "a form that is open for long is good");
    app.clock.advance(20 * MINUTE);
    leads_to_sign_in(&clerk.get(&app, "/console").await);
    assert_eq!(Clerk::signed_in(&app, "root").await.get(&app, "/console").await.status, 200);
}

#[tokio::test]
async fn a_session_that_nobody_uses_for_half_an_hour_is_over() {
    let (app, clerk, _) = staffed().await;
    app.clock.advance(30 * MINUTE - Duration::from_secs(1));
    assert_eq!(clerk.get(&app, "/console").await.status, 200);
    app.clock.advance(31 * MINUTE);
    leads_to_sign_in(&clerk.get(&app, "/console").await);
}

#[tokio::test]
async fn a_token_is_renewed_once_a_minute() {
    let (app, clerk, _) = staffed().await;
    app.clock.advance(Duration::from_secs(59));
    assert!(!clerk.get(&app, "/console").await.headers.contains_key("set-cookie"));
    app.clock.advance(Duration::from_secs(1));
    assert!(clerk.get(&app, "/console").await.headers.contains_key("set-cookie"));
    assert!(!clerk.get(&app, "/console").await.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn ten_minutes_after_the_sign_in_a_removal_for_good_takes_the_password() {
    let (app, clerk, ada) = staffed().await;
    let path = format!("/console/users/{ada}");
    clerk.submit(&app, &format!("{path}/trash"), &[]).await;
    assert!(!clerk.page(&app, &path).await.contains("type=\"password\""));
    app.clock.advance(10 * MINUTE);
    assert!(clerk.page(&app, &path).await.contains("type=\"password\""));
    let purge = format!("{path}/purge");
    let cases: [(&[(&str, &str)], &str); 3] = [
        (&[("name", "ada")], "Give your password."),
        (&[("name", "ada"), ("password", "Engine1844")], "The password is wrong."),
        (&[("name", "eva"), ("password", PASSWORD)], "This is not the name."),
    ];
    for (values, words) in cases {
        let answer = clerk.submit(&app, &purge, values).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        assert!(answer.body.contains(words) && answer.body.contains("-fault\">"), "{answer:?}");
        assert!(!answer.body.contains("Engine184"), "{answer:?}");
    }
    let before = clerk.cookie.borrow().clone();
    let answer = clerk.submit(&app, &purge, &[("name", "ada"), ("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/console/trash?done=purged"));
    assert!(
        clerk.page(&app, "/console/trash?done=purged").await.contains("The account is removed for good.")
    );
    assert_eq!(clerk.get(&app, &path).await.status, 404);
    // The password has opened another session in the place of the old one.
    let after = clerk.cookie.replace(before);
    leads_to_sign_in(&clerk.get(&app, "/console").await);
    *clerk.cookie.borrow_mut() = after;
    assert_eq!(clerk.get(&app, "/console").await.status, 200);
}

#[tokio::test]
async fn ten_minutes_after_the_sign_in_another_role_takes_the_password() {
    let (app, clerk, ada) = staffed().await;
    let page = format!("/console/users/{ada}");
    let path = format!("{page}/role");
    assert!(!clerk.page(&app, &page).await.contains("type=\"password\""));
    app.clock.advance(10 * MINUTE);
    assert!(
        clerk.page(&app, &page).await.contains("id=\"role-password\" name=\"password\" type=\"password\"")
    );
    let cases: [(&[(&str, &str)], &str); 2] = [
        (&[("role", "ADMIN")], "Give your password."),
        (&[("role", "ADMIN"), ("password", "Engine1844")], "The password is wrong."),
    ];
    for (values, words) in cases {
        let answer = clerk.submit(&app, &path, values).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        let fault = format!("id=\"role-password-fault\">{words}");
        assert!(answer.body.contains(&fault) && answer.body.contains("href=\"#change-role\""), "{answer:?}");
        assert!(
            answer.body.contains("<option value=\"ADMIN\" selected>"),
            "what was chosen stays: {answer:?}"
        );
        assert!(!answer.body.contains("Engine184"), "{answer:?}");
        assert!(clerk.page(&app, &page).await.contains("<dt>Role</dt><dd>user</dd>"));
    }
    let before = clerk.cookie.borrow().clone();
    let answer = clerk.submit(&app, &path, &[("role", "MODERATOR"), ("password", PASSWORD)]).await;
    assert_eq!(answer.header("location"), format!("{page}?done=role-changed"), "{answer:?}");
    assert!(clerk.page(&app, &page).await.contains("<dt>Role</dt><dd>moderator</dd>"));
    let after = clerk.cookie.replace(before);
    leads_to_sign_in(&clerk.get(&app, "/console").await);
    // Within ten minutes of that the next one takes none.
    *clerk.cookie.borrow_mut() = after;
    assert_eq!(clerk.submit(&app, &path, &[("role", "USER")]).await.status, 303);
}

#[tokio::test]
async fn what_fails_after_the_password_leaves_the_browser_its_session() {
    let (app, clerk, ada) = staffed().await;
    app.clock.advance(10 * MINUTE);
    let users = clerk.page(&app, "/console/users?q=root").await;
    let root = users.split("/console/users/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let before = clerk.cookie.borrow().clone();
    let last = [("role", "USER"), ("password", PASSWORD)];
    let answer = clerk.submit(&app, &format!("/console/users/{root}/role"), &last).await;
    assert_eq!(answer.status, 409, "{answer:?}");
    assert_ne!(*clerk.cookie.borrow(), before);
    assert_eq!(clerk.get(&app, "/console").await.status, 200);
    let purge = format!("/console/users/{ada}/purge");
    app.clock.advance(10 * MINUTE);
    let answer = clerk.submit(&app, &purge, &[("name", "ada"), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, 409, "it is not in the trash: {answer:?}");
    assert_eq!(clerk.get(&app, "/console").await.status, 200);
    let page = clerk.page(&app, &format!("/console/users/{root}")).await;
    assert_eq!(page.matches("<td>console</td>\n<td><time").count(), 1, "one session is open: {page}");
}

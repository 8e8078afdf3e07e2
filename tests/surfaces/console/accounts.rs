//! The page of an account, and what is done there.

use vestibule_application::accounts::{Administrator, NamedAccount};
use vestibule_domain::contacts::{ContactFacts, NewContact, PhoneNumber, Text};
use vestibule_domain::points::{Points, PointsChange, PointsKind};

use super::clerk::staffed;
use crate::admin::person::{PASSWORD, log_in, log_in_from};

#[tokio::test]
async fn the_page_shows_what_is_known_of_the_account() {
    let (app, clerk, ada) = staffed().await;
    let page = clerk.page(&app, &format!("/console/users/{ada}")).await;
    for part in [
        "<h1>ada</h1>",
        "<dt>E-mail address</dt><dd>ada@example.com</dd>",
        "<dt>Role</dt><dd>user</dd>",
        "<dt>State</dt><dd>active</dd>",
        "<time datetime=\"2026-01-02T03:04:05.678901Z\">2026-01-02 03:04 UTC</time>",
        "<th scope=\"row\">account_registered</th>",
        "<td>admin</td>",
        "<td>127.0.0.1</td>",
    ] {
        assert!(page.contains(part), "no {part} in {page}");
    }
    assert!(!page.contains("Balance"), "no points: {page}");
}

#[tokio::test]
async fn of_many_sessions_the_page_shows_some_and_leads_to_the_others() {
    let (app, clerk, ada) = staffed().await;
    for _ in 0..80 {
        log_in_from(&app, "ada", &"Mozilla/5.0 <device> & more ".repeat(40)).await;
    }
    let path = format!("/console/users/{ada}");
    let ends = format!("action=\"{path}/sessions/");
    let (mut shown, mut next) = (Vec::new(), Some(path.clone()));
    while let Some(part) = next {
        let page = clerk.page(&app, &part).await;
        assert!(page.len() < 60_000, "{part}: {}", page.len());
        // One form of them ends all.
        shown.push(page.matches(&ends).count() - 1);
        let link = page.split(&format!("href=\"{path}?sessions=")).nth(1);
        next = link.map(|rest| format!("{path}?sessions={}", rest.split('#').next().unwrap()));
    }
    assert_eq!(shown, [40, 40, 1]);
}

#[tokio::test]
async fn the_address_book_is_shown_twenty_contacts_at_once_and_as_text() {
    let (app, clerk, ada) = staffed().await;
    let path = format!("/console/users/{ada}");
    assert!(!clerk.page(&app, &path).await.contains("id=\"contacts\""));
    let named = NamedAccount::parse("ada@example.com").unwrap();
    let owner =
        app.services.inspect_account.execute(Administrator::operator(), &named).await.unwrap().account.id;
    for number in 1..=21 {
        let facts = ContactFacts {
            fullname: Text::parse(format!("<b>Friend {number}</b>")).unwrap(),
            email: Some(Text::parse(format!("friend{number}@example.net")).unwrap()),
            phone_number: Some(PhoneNumber::new(380_500_000_000 + number).unwrap()),
            birthday: None,
            additional: None,
        };
        let contact = NewContact { owner, facts, avatar: None };
        app.deps.store.repositories().contacts().insert(&contact).await.unwrap();
    }
    let page = clerk.page(&app, &path).await;
    let first = "<bdi>&#60;b&#62;Friend 1&#60;/b&#62;</bdi></th>\
                 <td><bdi>friend1@example.net</bdi></td><td>380500000001</td>";
    assert!(page.contains(first), "{page}");
    assert!(page.contains("Friend 20&#60;") && !page.contains("Friend 21"), "{page}");
    let next = page.split(&format!("href=\"{path}?contacts=")).nth(1).unwrap().split('"').next().unwrap();
    let (last, _) = next.split_once('#').unwrap();
    let page = clerk.page(&app, &format!("{path}?contacts={last}")).await;
    assert!(page.contains("friend21@example.net") && !page.contains("friend20@"), "{page}");
    assert!(!page.contains("?contacts="), "there is an end: {page}");
    // Nobody else's.
    let root = NamedAccount::parse("root@example.com").unwrap();
    let root = app.services.inspect_account.execute(Administrator::operator(), &root).await.unwrap();
    let page = clerk.page(&app, &format!("/console/users/{}", root.account.uuid.0)).await;
    assert!(!page.contains("friend1@"), "{page}");
}

#[tokio::test]
async fn a_role_is_changed_and_the_last_administrator_keeps_it() {
    let (app, clerk, ada) = staffed().await;
    let path = format!("/console/users/{ada}");
    let answer = clerk.submit(&app, &format!("{path}/role"), &[("role", "MODERATOR")]).await;
    assert_eq!((answer.status, answer.header("location")), (303, &*format!("{path}?done=role-changed")));
    let page = clerk.page(&app, &format!("{path}?done=role-changed")).await;
    assert!(page.contains("<p role=\"status\" class=\"done\">The role is changed.</p>"), "{page}");
    assert!(page.contains("<option value=\"MODERATOR\" selected>moderator</option>"), "{page}");
    let answer = clerk.submit(&app, &format!("{path}/role"), &[("role", "MODERATOR")]).await;
    assert_eq!(answer.header("location"), format!("{path}?done=role-kept"));
    let page = clerk.page(&app, &format!("{path}?done=role-kept")).await;
    assert!(page.contains("The account has this role already: nothing was changed."), "{page}");
    assert_eq!(clerk.submit(&app, &format!("{path}/role"), &[("role", "KING")]).await.status, 400);

    let users = clerk.page(&app, "/console/users?q=root").await;
    let root = users.split("/console/users/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let refused = clerk.submit(&app, &format!("/console/users/{root}/role"), &[("role", "USER")]).await;
    assert_eq!(refused.status, 409, "{refused:?}");
    assert!(refused.body.contains("the last administrator"), "{refused:?}");
    let trash = clerk.submit(&app, &format!("/console/users/{root}/trash"), &[]).await;
    assert_eq!(trash.status, 409, "{trash:?}");
}

#[tokio::test]
async fn an_account_goes_to_the_trash_and_comes_back() {
    let (app, clerk, ada) = staffed().await;
    let path = format!("/console/users/{ada}");
    let answer = clerk.submit(&app, &format!("{path}/trash"), &[("reason", "asked for it")]).await;
    assert_eq!(answer.header("location"), format!("{path}?done=trashed"));
    assert_eq!(log_in(&app, "ada").await.status, 401);
    let page = clerk.page(&app, &path).await;
    assert!(page.contains("in the trash") && page.contains("/restore\"") && !page.contains("/role\""));
    let trash = clerk.page(&app, "/console/trash").await;
    for part in
        [&*format!("/console/users/{ada}\"><bdi>ada</bdi></a>"), "<td>30</td>", "<td>asked for it</td>"]
    {
        assert!(trash.contains(part), "no {part} in {trash}");
    }
    assert!(clerk.page(&app, "/console").await.contains("Trash</a></dt><dd>1</dd>"));
    assert_eq!(clerk.submit(&app, &format!("{path}/trash"), &[]).await.status, 409);

    let answer = clerk.submit(&app, &format!("{path}/restore"), &[]).await;
    assert_eq!(answer.header("location"), format!("{path}?done=restored"));
    assert_eq!(log_in(&app, "ada").await.status, 200);
    assert!(clerk.page(&app, "/console/trash").await.contains("The trash is empty."));
    assert_eq!(clerk.submit(&app, &format!("{path}/restore"), &[]).await.status, 409);
}

#[tokio::test]
async fn an_account_is_removed_for_good_once_its_name_is_typed() {
    let (app, clerk, ada) = staffed().await;
    let path = format!("/console/users/{ada}");
    // Outside the trash it stays.
    let early = clerk.submit(&app, &format!("{path}/purge"), &[("name", "ada")]).await;
    assert_eq!(early.status, 409, "{early:?}");
    clerk.submit(&app, &format!("{path}/trash"), &[]).await;
    for name in ["", "eva", "Ada", "ada@example.com"] {
        let answer = clerk.submit(&app, &format!("{path}/purge"), &[("name", name)]).await;
        assert_eq!(answer.status, 422, "{name}");
        assert!(answer.body.contains("aria-describedby=\"name-fault\""), "{answer:?}");
    }
    let answer = clerk.submit(&app, &format!("{path}/purge"), &[("name", " ada ")]).await;
    assert_eq!(answer.header("location"), "/console/trash?done=purged");
    assert_eq!(clerk.get(&app, &path).await.status, 404);
    // What was done to it stays in the trail.
    let trail = clerk.page(&app, &format!("/console/audit?account={ada}")).await;
    assert!(trail.contains("<th scope=\"row\">account_removed</th>"), "{trail}");
    assert!(trail.contains("<td>console</td>"), "{trail}");
}

#[tokio::test]
async fn a_reset_is_mailed_to_the_owner() {
    let (app, clerk, ada) = staffed().await;
    let before = app.mails_to("ada@example.com").await;
    let path = format!("/console/users/{ada}");
    let answer = clerk.submit(&app, &format!("{path}/reset"), &[]).await;
    assert_eq!(answer.header("location"), format!("{path}?done=reset-sent"));
    assert_eq!(app.mails_to("ada@example.com").await, before + 1);
    assert_eq!(log_in(&app, "ada").await.status, 200, "the password stays");
    clerk.submit(&app, &format!("{path}/trash"), &[]).await;
    assert_eq!(clerk.submit(&app, &format!("{path}/reset"), &[]).await.status, 404);
}

#[tokio::test]
async fn points_are_shown_where_there_are_any() {
    let (app, clerk, ada) = staffed().await;
    let named = NamedAccount::parse(&ada).unwrap();
    let found = app.services.inspect_account.execute(Administrator::operator(), &named).await.unwrap();
    let change = PointsChange {
        account: found.account.id,
        kind: PointsKind::Add,
        points: Points::new(7).unwrap(),
        reason: Some("<b>welcome".to_owned()),
        actor: None,
        idempotency_key: None,
        at: app.deps.clock.now(),
    };
    app.deps.store.repositories().points().apply(&change).await.unwrap();
    let page = clerk.page(&app, &format!("/console/users/{ada}")).await;
    for part in
        ["Balance: <strong>7</strong>", "<th scope=\"row\">added</th><td>7</td>", "&#60;b&#62;welcome"]
    {
        assert!(page.contains(part), "no {part} in {page}");
    }
}

#[tokio::test]
async fn a_reason_of_any_length_is_kept_in_its_beginning() {
    let (app, clerk, ada) = staffed().await;
    let path = format!("/console/users/{ada}/trash");
    let answer = clerk.submit(&app, &path, &[("reason", &"é".repeat(5000))]).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    let trash = clerk.page(&app, "/console/trash").await;
    assert!(trash.contains(&format!("<td>{}</td>", "é".repeat(1000))), "{trash}");
}

#[tokio::test]
async fn a_name_that_nobody_sees_is_shown_by_its_address_and_one_that_turns_the_line_by_itself() {
    let (app, clerk, _) = staffed().await;
    for (name, seen) in [("\u{200b}\u{2060}", "hidden@example.com"), ("\u{202e}nimda", "\u{202e}nimda")] {
        let body = serde_json::json!({"email": "hidden@example.com", "username": name, "password": PASSWORD});
        let signed_up = app.post("/api/v1/auth/signup", &body).await;
        assert_eq!(signed_up.status, 201, "{signed_up:?}");
        let found = clerk.page(&app, "/console/users?q=hidden").await;
        let id = found.split("/console/users/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let path = format!("/console/users/{id}");
        assert!(found.contains(&format!("{id}\"><bdi>{seen}</bdi></a>")), "{found}");
        assert!(found.contains("<td><bdi>hidden@example.com</bdi></td>"), "{found}");
        clerk.submit(&app, &format!("{path}/trash"), &[]).await;
        let trash = clerk.page(&app, "/console/trash").await;
        assert!(trash.contains(&format!("{id}\"><bdi>{seen}</bdi></a>")), "{trash}");
        let page = clerk.page(&app, &path).await;
        assert!(page.contains(&format!("<strong><bdi>{seen}</bdi></strong>")), "{page}");
        // What turns the line cannot be typed.
        let typed = seen.replace('\u{202e}', "");
        let answer = clerk.submit(&app, &format!("{path}/purge"), &[("name", &typed)]).await;
        assert_eq!(answer.header("location"), "/console/trash?done=purged", "{answer:?}");
    }
}

//! Movies: the list, and the edit of one.

use futures::join;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use vestibule_domain::accounts::Role;
use vestibule_tests::{Answer, TestApp};

use super::clerk::{COOKIE, Clerk, SCRIPT, staffed, with_console};
use super::guarded::{form, is_guarded, moderator, takes_no_foreign_form};
use super::roles::set_role;
use crate::admin::person::admin;
use crate::visitor::escaped;

const EVIL: &str = "\"><script>alert(1)</script></textarea><img src=x onerror=alert(1)>'";

/// Adds a movie at the surface that publishes movies.
async fn created(app: &TestApp, name: &str) -> i64 {
    let body = json!({
        "name": name,
        "date": "1927-01-10",
        "score": 89,
        "overview": "A city\nof towers.",
        "status": "Released",
        "budget": 1_300_000,
        "revenue": 1_350_322.5,
        "country": "de",
        "genres": ["science fiction"],
        "actors": ["Brigitte Helm"],
        "languages": ["german"],
    });
    let answer = app.post("/api/v1/theater/movies/", &body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()["id"].as_i64().unwrap()
}

/// What the form of the movie says, with the mark of the page and some values typed anew.
fn typed<'v>(seen: &'v str, anew: &[(&'v str, &'v str)]) -> Vec<(&'v str, &'v str)> {
    let mut values = vec![
        ("seen", seen),
        ("name", "Metropolis"),
        ("date", "1927-01-10"),
        ("score", "89"),
        ("overview", "A city\r\nof towers."),
        ("status", "Released"),
        ("budget", "1300000"),
        ("revenue", "1350322.5"),
    ];
    for (name, value) in anew {
        values.retain(|(other, _)| other != name);
        values.push((*name, *value));
    }
    values
}

fn seen(page: &str) -> String {
    let field = page.split("name=\"seen\" value=\"").nth(1).expect("a mark");
    field.split('"').next().unwrap().to_owned()
}

async fn film(app: &TestApp, id: i64) -> serde_json::Value {
    app.get(&format!("/api/v1/theater/movies/{id}/")).await.json()
}

#[tokio::test]
async fn the_list_goes_on_after_the_last_movie_of_a_page_newest_first() {
    let (app, clerk, _) = staffed().await;
    assert!(clerk.page(&app, "/console/catalogue").await.contains("There are no movies here."));
    for number in 0..26 {
        created(&app, &format!("Film {number:02}")).await;
    }
    let first = clerk.page(&app, "/console/catalogue").await;
    assert_eq!(first.matches("<th scope=\"row\">").count(), 25, "{first}");
    assert!(first.contains("Film 25") && !first.contains("Film 00") && !first.contains("rel=\"first\""));
    let next = first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = clerk.page(&app, next).await;
    assert_eq!(second.matches("<th scope=\"row\">").count(), 1, "{second}");
    assert!(second.contains("Film 00") && second.contains("rel=\"first\""), "{second}");
    assert!(!second.contains("rel=\"next\""), "{second}");
    for before in ["x", "", "0", "-1", "99999999999999999999999"] {
        clerk.page(&app, &format!("/console/catalogue?before={before}")).await;
    }
}

#[tokio::test]
async fn a_movie_is_edited_in_what_was_typed_and_in_nothing_else() {
    let (app, clerk, _) = staffed().await;
    let id = created(&app, "Metropolis").await;
    let path = format!("/console/catalogue/{id}");
    let before = film(&app, id).await;
    let page = clerk.page(&app, &path).await;
    for part in [
        "<h1>Metropolis</h1>",
        "Science Fiction",
        "Brigitte Helm",
        "<bdi>DE</bdi>",
        "name=\"score\" value=\"89\"",
        "name=\"date\" value=\"1927-01-10\"",
        "<option value=\"Released\" selected>released</option>",
        ">\nA city\nof towers.</textarea>",
    ] {
        assert!(page.contains(part), "no {part} in {page}");
    }
    // A form that nobody touched changes nothing.
    let mark = seen(&page);
    let answer = clerk.submit(&app, &path, &typed(&mark, &[])).await;
    assert_eq!(answer.header("location"), format!("{path}?done=movie-changed"), "{answer:?}");
    assert_eq!(film(&app, id).await, before);

    let anew = [("score", "92,5"), ("overview", "Two.\r\nLines."), ("status", "Post Production")];
    let answer = clerk.submit(&app, &path, &typed(&mark, &anew)).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    let mut expected = before;
    expected["score"] = json!(92.5);
    expected["overview"] = json!("Two.\nLines.");
    expected["status"] = json!("Post Production");
    assert_eq!(film(&app, id).await, expected);
    let page = clerk.page(&app, &format!("{path}?done=movie-changed")).await;
    assert!(page.contains("The movie is changed.") && page.contains("value=\"92.5\""), "{page}");
    assert_ne!(seen(&page), mark);
}

#[tokio::test]
async fn what_breaks_a_rule_is_told_beside_its_field_and_stays_typed() {
    let (app, clerk, _) = staffed().await;
    let id = created(&app, "Metropolis").await;
    created(&app, "Other").await;
    let path = format!("/console/catalogue/{id}");
    let before = film(&app, id).await;
    let mark = seen(&clerk.page(&app, &path).await);
    let long = "x".repeat(256);
    for (name, value) in [
        ("name", long.as_str()),
        ("name", "Other"),
        ("date", "2028-01-01"),
        ("date", "yesterday"),
        ("score", "100.5"),
        ("score", "NaN"),
        ("status", "RELEASED"),
        ("budget", "-1"),
        ("budget", "10000000000000"),
        ("revenue", "inf"),
        ("revenue", "much"),
    ] {
        let answer = clerk.submit(&app, &path, &typed(&mark, &[(name, value)])).await;
        assert_eq!(answer.status, 422, "{name}={value}: {answer:?}");
        assert!(answer.body.contains(&format!("id=\"{name}-fault\"")), "{name}={value}: {answer:?}");
        let is_kept = name == "status" || answer.body.contains(&format!("value=\"{value}\""));
        assert!(is_kept, "{name}={value}: {answer:?}");
        assert_eq!(seen(&answer.body), mark);
    }
    assert_eq!(film(&app, id).await, before);
}

/// Whether an answer says that somebody else was quicker.
#[track_caller]
fn is_too_late(answer: &Answer) {
    assert_eq!(answer.status, 409, "{answer:?}");
    assert!(answer.body.contains("Somebody changed the movie since you opened this form."), "{answer:?}");
}

#[tokio::test]
async fn of_two_administrators_who_edit_a_movie_the_second_is_told_and_loses_nothing() {
    let (app, root, _) = staffed().await;
    admin(&app, "eva").await;
    let eva = Clerk::signed_in(&app, "eva").await;
    let id = created(&app, "Metropolis").await;
    let path = format!("/console/catalogue/{id}");
    let (one, other) = (seen(&root.page(&app, &path).await), seen(&eva.page(&app, &path).await));
    assert_eq!(root.submit(&app, &path, &typed(&one, &[("score", "90")])).await.status, 303);
    let anew = [("overview", "A long text that took an hour.")];
    let answer = eva.submit(&app, &path, &typed(&other, &anew)).await;
    is_too_late(&answer);
    assert!(answer.body.contains("A long text that took an hour.</textarea>"), "{answer:?}");
    assert!(answer.body.contains("Open the movie as it is now</a>"), "{answer:?}");
    // Once more is no way around it.
    is_too_late(&eva.submit(&app, &path, &typed(&seen(&answer.body), &anew)).await);
    let now = film(&app, id).await;
    assert_eq!((&now["score"], &now["overview"]), (&json!(90.0), &json!("A city\nof towers.")));

    let fresh = seen(&eva.page(&app, &path).await);
    let anew = [("score", "90"), ("overview", "Short.")];
    assert_eq!(eva.submit(&app, &path, &typed(&fresh, &anew)).await.status, 303);
    // A change at another surface is one, too; and a mark that is none is of no page.
    let fresh = seen(&root.page(&app, &path).await);
    let change = app.request("PATCH", &format!("/api/v1/theater/movies/{id}/"));
    let change = change.header("content-type", "application/json").body(json!({"score": 1.5}).to_string());
    assert_eq!(app.send(change).await.status, 200);
    for mark in [fresh.as_str(), "", "x", &*"0".repeat(64)] {
        is_too_late(&root.submit(&app, &path, &typed(mark, &[("score", "2")])).await);
    }
}

#[tokio::test]
async fn of_two_edits_at_once_one_is_refused() {
    for builder in [with_console(), TestApp::on_sqlite().with("console.enabled", "true")] {
        let app = builder.with("rate_limit.enabled", "false").start().await;
        admin(&app, "root").await;
        let root = Clerk::signed_in(&app, "root").await;
        let id = created(&app, "Metropolis").await;
        let path = format!("/console/catalogue/{id}");
        for round in 0..5 {
            let page = root.page(&app, &path).await;
            let mark = seen(&page);
            let scores = [format!("{round}.25"), format!("{round}.75")];
            let one = typed(&mark, &[("score", scores[0].as_str())]);
            let other = typed(&mark, &[("score", scores[1].as_str())]);
            let (one, other) = join!(root.submit(&app, &path, &one), root.submit(&app, &path, &other));
            let mut statuses = [one.status, other.status];
            statuses.sort_unstable();
            assert_eq!(statuses, [303, 409], "{one:?} {other:?}");
            let kept = if one.status == 303 { &scores[0] } else { &scores[1] };
            assert_eq!(film(&app, id).await["score"].to_string(), *kept);
        }
    }
}

#[tokio::test]
async fn markup_in_movies_is_text_wherever_it_is_shown() {
    let (app, clerk, _) = staffed().await;
    let body = json!({
        "name": EVIL, "date": "1927-01-10", "score": 89, "overview": format!("\n{EVIL}"),
        "status": "Released", "budget": 1, "revenue": 1, "country": "de",
        "genres": [EVIL], "actors": [EVIL], "languages": [EVIL],
    });
    let answer = app.post("/api/v1/theater/movies/", &body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let path = format!("/console/catalogue/{}", answer.json()["id"]);
    let page = clerk.page(&app, &path).await;
    let faulty = [("seen", seen(&page)), ("name", EVIL.to_owned()), ("overview", EVIL.to_owned())];
    let mut values: Vec<_> = faulty.iter().map(|(name, value)| (*name, value.as_str())).collect();
    values.extend(["date", "score", "status", "budget", "revenue"].map(|name| (name, EVIL)));
    let refused = clerk.submit(&app, &path, &values).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    for page in [page, refused.body, clerk.page(&app, "/console/catalogue").await] {
        assert!(page.contains("alert(1)"), "{page}");
        let page = page.replace(SCRIPT, "");
        assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("'>"), "{page}");
        assert_eq!(page.matches("</textarea>").count(), page.matches("<textarea").count(), "{page}");
    }
    // A movie of which no name is seen is found by its number.
    let id = created(&app, "\u{200b}").await;
    let list = clerk.page(&app, "/console/catalogue").await;
    assert!(list.contains(&format!("/console/catalogue/{id}\"><bdi>#{id}</bdi></a>")), "{list}");
}

#[tokio::test]
async fn movies_are_for_administrators_and_their_pages_alone() {
    let (app, root, _) = staffed().await;
    let mia = moderator(&app).await;
    let id = created(&app, "Metropolis").await;
    let path = format!("/console/catalogue/{id}");
    for path in ["/console/catalogue", "/console/catalogue/7", path.as_str()] {
        is_guarded(&app, &mia, path).await;
    }
    let before = film(&app, id).await;
    let mark = seen(&root.page(&app, &path).await);
    let values = typed(&mark, &[("score", "1")]);
    takes_no_foreign_form(&app, &root, &mia, &path, form(&values)).await;
    assert_eq!(film(&app, id).await, before);
    for id in ["0", "-1", "x", "7", "99999999999999999999999", "%00"] {
        let path = format!("/console/catalogue/{id}");
        for answer in [root.get(&app, &path).await, root.submit(&app, &path, &values).await] {
            assert_eq!(answer.status, 404, "{id}: {answer:?}");
            assert!(answer.body.contains("There is no such movie."), "{id}: {answer:?}");
        }
    }
}

/// The use case asks for no role under its lock.
#[tokio::test]
async fn a_change_that_comes_slowly_is_judged_by_the_role_of_when_it_is_there() {
    let (app, root, _) = staffed().await;
    admin(&app, "eva").await;
    let eva = Clerk::signed_in(&app, "eva").await;
    let id = created(&app, "Metropolis").await;
    let path = format!("/console/catalogue/{id}");
    let (mark, seen) = (eva.mark(&app).await, seen(&eva.page(&app, &path).await));
    let pairs = [("form", &*mark)].into_iter().chain(typed(&seen, &[("score", "1")]));
    let pairs: Vec<_> = pairs.map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    let body = pairs.join("&");
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {}\r\ncookie: {COOKIE}={}\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        app.address(),
        eva.cookie.borrow(),
        body.len(),
    );
    let mut slow = TcpStream::connect(app.address()).await.unwrap();
    slow.write_all(head.as_bytes()).await.unwrap();
    // What is done before a body is there is done by then.
    for _ in 0..20 {
        root.page(&app, "/console/users").await;
    }
    set_role(&app, "eva", Role::User).await;
    slow.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 403 "), "{answer}");
    assert!(answer.contains("This account may not use the console."), "{answer}");
    assert_eq!(film(&app, id).await["score"], json!(89.0));
}

#[tokio::test]
async fn the_pages_are_kept_by_nobody_and_weigh_little() {
    let (app, clerk, _) = staffed().await;
    let id = created(&app, "Metropolis").await;
    for path in ["/console/catalogue", "/console/catalogue/upload", &*format!("/console/catalogue/{id}")] {
        let answer = clerk.get(&app, path).await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"), "{path}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
        assert!(answer.body.len() < 60_000, "{path}: {} bytes", answer.body.len());
        for word in ["<script", "style=\"", "<style", "<meta http-equiv", "http://", "https://"] {
            assert!(!answer.body.replace(SCRIPT, "").contains(word), "{path} has {word}");
        }
        assert_eq!(answer.body.matches("<h1>").count(), 1, "{path}");
        assert!(answer.body.contains("href=\"/console/catalogue\" aria-current=\"page\""), "{path}");
        let french = app.request("GET", path).header("accept-language", "fr");
        let french = clerk.send(&app, french).await;
        assert!(french.body.contains("<html lang=\"fr\">"), "{path}");
        assert!(french.body.contains(">Corbeille</a>"), "{path}");
    }
}

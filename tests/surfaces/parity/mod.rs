//! One story through all five surfaces, which see one set of accounts, and which ends alike on every store.

mod person;
mod snapshot;

use serde_json::json;
use vestibule_application::accounts::{Administrator, ChangeRoleInput};
use vestibule_domain::accounts::Role;
use vestibule_tests::{TestApp, TestAppBuilder, on_every_store};

use crate::contacts::person as contacts;
use crate::mobile::person as mobile;
use crate::points::person as points;
use crate::theater::person as theater;
use person::{ALL, NOWHERE, Person, call, enters, is_good, session};

/// An account that is registered at one surface signs in at every other one that knows what identifies it, and what is
/// done to it at one holds at all.
async fn every_surface_sees_one_set_of_accounts(app: TestAppBuilder) {
    let ended = story(app).await;
    assert_eq!(ended, story(TestApp::on_memory()).await);
}

on_every_store!(every_surface_sees_one_set_of_accounts);

async fn story(app: TestAppBuilder) -> Vec<String> {
    let closed = ["catalogue_writes", "user_directory"];
    let app = closed
        .iter()
        .fold(app.with("rate_limit.enabled", "false"), |app, door| {
            app.with(&format!("doors.{door}"), "false")
        })
        .start()
        .await;
    let (mut people, root) = registered(&app).await;
    everybody_gets_a_name_and_an_address(&app, &mut people, &root).await;
    a_logout_ends_one_session_everywhere(&app, &people[0]).await;
    a_new_password_holds_everywhere(&app, &mut people).await;
    a_role_holds_everywhere(&app, &people[1], &root).await;
    the_trash_holds_everywhere(&app, &people[0], &root).await;
    a_lockout_holds_everywhere(&app, &people[3], &root).await;
    balances_contacts_and_movies_are_their_own(&app, &people, &root).await;
    whoever_leaves_is_gone_everywhere(&app, &people[4]).await;
    snapshot::of(&app).await
}

/// One person of each surface, and an administrator.
async fn registered(app: &TestApp) -> (Vec<Person>, Person) {
    theater::member(app, "ada@example.com").await;
    contacts::member(app, "bob@example.com").await;
    let eve = json!({"email": "eve@example.com", "username": "eve", "password": "Engine1843"});
    assert_eq!(app.post("/api/v1/auth/signup", &eve).await.status, 201);
    assert_eq!(points::create(app, "pia@example.com").await.status, 200);
    mobile::signed_in(app, "max", "01700000001").await;
    let root = json!({"email": "root@example.com", "username": "root", "password": "Engine1843"});
    assert_eq!(app.post("/api/v1/auth/admin/signup", &root).await.status, 201);

    let mut people = vec![
        Person::new(Some("ada@example.com"), None, theater::PASSWORD),
        Person::new(Some("bob@example.com"), None, contacts::PASSWORD),
        Person::new(Some("eve@example.com"), Some("eve"), "Engine1843"),
        Person::new(Some("pia@example.com"), None, points::PASSWORD),
        Person::new(None, Some("max"), mobile::PASSWORD),
    ];
    let mut root = Person::new(Some("root@example.com"), Some("root"), "Engine1843");
    for person in people.iter_mut().chain([&mut root]) {
        let known_by_email = person.email.is_some();
        let known_by_name = person.name.is_some();
        let expected = ALL.map(|surface| if surface == "mobile" { known_by_name } else { known_by_email });
        assert_eq!(enters(app, person).await, expected, "{person:?}");
        person.find(app).await;
    }
    (people, root)
}

/// Whatever of both an account lacks is given to it at the surface that has it.
async fn everybody_gets_a_name_and_an_address(app: &TestApp, people: &mut [Person], root: &Person) {
    let token = session(app, "admin", root).await;
    for (person, name) in people.iter_mut().zip(["ada", "bob", "eve", "pia", "max"]) {
        if person.name.is_none() {
            let path = format!("/api/v1/auth/users/{}", person.id);
            let edited = call(app, "PUT", &path, &token, Some(json!({"username": name}))).await;
            assert_eq!(edited.status, 200, "{edited:?}");
            person.name = Some(name.to_owned());
        }
        if person.email.is_none() {
            let own = session(app, "mobile", person).await;
            let email = format!("{name}@example.com");
            let path = format!("/user/{}", person.id);
            assert_eq!(call(app, "PATCH", &path, &own, Some(json!({"email": email}))).await.status, 200);
            person.email = Some(email);
        }
        assert_eq!(enters(app, person).await, [true; 5], "{person:?}");
    }
}

async fn a_logout_ends_one_session_everywhere(app: &TestApp, person: &Person) {
    let mut tokens = Vec::new();
    for surface in ALL {
        tokens.push(session(app, surface, person).await);
    }
    for token in &tokens {
        assert_eq!(is_good(app, person, token).await, [true; 5]);
    }
    assert_eq!(call(app, "POST", "/user/logout/", &tokens[1], None).await.status, 200);
    for (number, token) in tokens.iter().enumerate() {
        assert_eq!(is_good(app, person, token).await, [number != 1; 5], "{number}");
    }
}

/// At mobile with the old one, at points without it, at theater and contacts by mail.
async fn a_new_password_holds_everywhere(app: &TestApp, people: &mut [Person]) {
    for (way, new) in ["Notes#1842a", "Notes#1842b", "Notes#1842c", "Notes1842d"].into_iter().enumerate() {
        let person = &mut people[0];
        let (kept, ended) = (session(app, "admin", person).await, session(app, "theater", person).await);
        let email = person.email.clone().unwrap();
        // The notices of earlier changes are out before a token is mailed.
        app.mails_to(&email).await;
        let (changed, survives) = match way {
            0 => {
                let body = json!({"old_password": person.password, "new_password": new});
                let path = format!("/user/change-password/{}", person.id);
                (call(app, "POST", &path, &kept, Some(body)).await, true)
            }
            1 => (points::change_password(app, &kept, new).await, true),
            2 => {
                theater::request_reset(app, &email).await;
                let mailed = app.mailed_code(&email).await;
                (theater::complete_reset(app, &email, &mailed, new).await, false)
            }
            _ => {
                contacts::request_reset(app, &email).await;
                let mailed = app.mailed_code(&email).await;
                (contacts::complete_reset(app, &mailed, new).await, false)
            }
        };
        assert_eq!(changed.status, 200, "{changed:?}");
        assert_eq!(is_good(app, person, &ended).await, NOWHERE, "{way}");
        assert_eq!(is_good(app, person, &kept).await, [survives; 5], "{way}");
        assert_eq!(enters(app, person).await, NOWHERE, "{way}");
        new.clone_into(&mut person.password);
        assert_eq!(enters(app, person).await, [true; 5], "{way}");
    }
}

/// Roles are given by operators.
async fn a_role_holds_everywhere(app: &TestApp, person: &Person, root: &Person) {
    let token = session(app, "contacts", person).await;
    let asks = async || {
        let movie = call(app, "DELETE", "/api/v1/theater/movies/999/", &token, None).await.status;
        let users = call(app, "GET", "/api/v1/auth/users", &token, None).await.status;
        let list = call(app, "GET", "/user", &token, None).await.status;
        let other = [("points", "0"), ("user_id", root.id.as_str()), ("access_token", token.as_str())];
        [movie, users, list, points::call(app, "PUT", points::DEDUCT, &other).await.status]
    };
    for (role, expected) in [
        (Role::Moderator, [404, 403, 403, 403]),
        (Role::Admin, [404, 200, 200, 200]),
        (Role::User, [403, 403, 403, 403]),
    ] {
        let input =
            ChangeRoleInput { administrator: Administrator::operator(), account: person.account, role };
        app.services.change_role.execute(input).await.unwrap();
        assert_eq!(asks().await, expected, "{role:?}");
    }
}

async fn the_trash_holds_everywhere(app: &TestApp, person: &Person, root: &Person) {
    let (root, token) = (session(app, "points", root).await, session(app, "mobile", person).await);
    let path = format!("/api/v1/auth/users/{}?reason=lost", person.id);
    assert_eq!(call(app, "DELETE", &path, &root, None).await.status, 204);
    assert_eq!(is_good(app, person, &token).await, NOWHERE);
    assert_eq!(enters(app, person).await, NOWHERE);
    assert_eq!(call(app, "GET", &format!("/user/{}", person.id), &root, None).await.status, 404);
    let path = format!("/api/v1/trash/restore/{}", person.id);
    assert_eq!(call(app, "PUT", &path, &root, None).await.status, 200);
    assert_eq!(is_good(app, person, &token).await, NOWHERE);
    assert_eq!(enters(app, person).await, [true; 5]);
}

async fn a_lockout_holds_everywhere(app: &TestApp, person: &Person, root: &Person) {
    let (root, token) = (session(app, "theater", root).await, session(app, "points", person).await);
    let path = format!("/user/{}", person.id);
    for (status, expected) in [(false, NOWHERE), (true, [true; 5])] {
        let changed = call(app, "PATCH", &path, &root, Some(json!({"status": status}))).await;
        assert_eq!(changed.status, 200, "{changed:?}");
        assert_eq!(is_good(app, person, &token).await, NOWHERE);
        assert_eq!(enters(app, person).await, expected);
    }
}

async fn balances_contacts_and_movies_are_their_own(app: &TestApp, people: &[Person], root: &Person) {
    let mut tokens = Vec::new();
    for (person, surface) in people.iter().zip(["theater", "contacts", "admin", "points", "mobile"]) {
        tokens.push(session(app, surface, person).await);
    }
    assert_eq!(points::add(app, &tokens[0], "7").await.status, 200);
    assert_eq!(points::deduct(app, &tokens[0], "2").await.status, 200);
    let root_token = session(app, "contacts", root).await;
    let fields =
        [("points", "30"), ("user_id", people[3].id.as_str()), ("access_token", root_token.as_str())];
    assert_eq!(points::call(app, "PUT", points::ADD, &fields).await.status, 200);
    contacts::add(app, &tokens[1], &contacts::contact("Grace Hopper")).await;
    contacts::add(app, &tokens[4], &contacts::contact("Grace Hopper")).await;
    let film = json!({
        "name": "Metropolis", "date": "1927-01-10", "score": 89, "overview": "A city of towers.",
        "status": "Released", "budget": 1, "revenue": 2, "country": "DE", "genres": ["Drama"],
        "actors": ["Brigitte Helm"], "languages": ["German"],
    });
    let path = "/api/v1/theater/movies/";
    assert_eq!(call(app, "POST", path, &tokens[0], Some(film.clone())).await.status, 403);
    assert_eq!(call(app, "POST", path, &root_token, Some(film)).await.status, 201);

    for (token, (balance, book)) in tokens.iter().zip([(5, 0), (0, 1), (0, 0), (30, 0), (0, 1)]) {
        assert_eq!(points::balance(app, token).await, balance);
        let contacts = call(app, "GET", "/api/contacts/", token, None).await.json();
        assert_eq!(contacts.as_array().unwrap().len(), book);
        assert_eq!(call(app, "GET", path, token, None).await.json()["total_items"], 1);
    }
}

/// At mobile, where one's own account is removed for good. The address and the name are free everywhere.
async fn whoever_leaves_is_gone_everywhere(app: &TestApp, person: &Person) {
    let token = session(app, "contacts", person).await;
    assert_eq!(call(app, "DELETE", &format!("/user/{}", person.id), &token, None).await.status, 200);
    assert_eq!(is_good(app, person, &token).await, NOWHERE);
    assert_eq!(enters(app, person).await, NOWHERE);
    let again = json!({"email": person.email, "username": person.name, "password": "Engine1843"});
    assert_eq!(app.post("/api/v1/auth/signup", &again).await.status, 201);
    let token = session(app, "admin", &Person { password: "Engine1843".to_owned(), ..person.clone() }).await;
    let book = call(app, "GET", "/api/contacts/", &token, None).await;
    assert_eq!((book.status, book.body.as_str()), (200, "[]"));
}

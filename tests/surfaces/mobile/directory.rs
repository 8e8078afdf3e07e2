//! Mobile contract 2.6 and 2.7, decisions 4 and 10.

use uuid::Uuid;
use vestibule_domain::accounts::{AccountDetails, AccountUuid, PasswordHash, Role, Username};
use vestibule_tests::{FixedClock, TestApp};

use super::person::{
    MOBILE, NAME, NO_USER, UNAUTHORIZED, administrator, call, hardened, register, says, signed_in, success,
    unlimited, user,
};

#[tokio::test]
async fn through_the_open_door_whoever_is_signed_in_lists_and_reads_all() {
    let app = unlimited().start().await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    let answer = register(&app, "Zoë", "01700000002").await;
    let zoe = answer.json()["data"]["uuid"].as_str().unwrap().to_owned();
    let (first, second) =
        (user(MOBILE, true, NAME, &ada.uuid), user("01700000002", false, "Zo\\u00eb", &zoe));
    let listed = call(&app, "GET", "/user", &ada.access, None).await;
    listed.is(200, &format!("{{\"data\":[{first},{second}],\"message\":\"Success!\",\"status\":200}}\n"));
    assert_eq!(listed.header("content-type"), "application/json");
    let shown = call(&app, "GET", &format!("/user/{zoe}"), &ada.access, None).await;
    shown.is(200, &success(&second));
}

#[tokio::test]
async fn through_the_closed_door_administrators_list_and_everybody_reads_himself() {
    let app = hardened().start().await;
    let root = administrator(&app).await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    let own = format!("/user/{}", ada.uuid);
    for path in ["/user", "/user?page=0", "/user?q=a"] {
        call(&app, "GET", path, &ada.access, None).await.is(403, UNAUTHORIZED);
    }
    call(&app, "GET", &format!("/user/{}", root.uuid), &ada.access, None).await.is(403, UNAUTHORIZED);
    call(&app, "GET", "/user/x", &ada.access, None).await.is(404, NO_USER);
    for token in [&ada.access, &root.access] {
        let shown = call(&app, "GET", &own, token, None).await;
        shown.is(200, &success(&user(MOBILE, true, NAME, &ada.uuid)));
    }
    assert_eq!(
        call(&app, "GET", "/user", &root.access, None).await.json()["data"].as_array().unwrap().len(),
        2
    );
}

#[tokio::test]
async fn an_id_is_known_in_one_form() {
    let app = unlimited().start().await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    let bare = ada.uuid.replace('-', "");
    let (first, rest) = ada.uuid.split_at(1);
    // Actix decodes this to `%31…`. A second decoding would give the id.
    let [high, low] = format!("{:X}", first.as_bytes()[0]).into_bytes()[..] else { panic!() };
    let twice_encoded = format!("%%{high:X}%{low:X}{rest}");
    for id in [
        ada.uuid.to_uppercase().as_str(),
        &bare,
        &twice_encoded,
        "login",
        "a/b",
        "%20",
        "00000000-0000-4000-8000-000000000000",
    ] {
        call(&app, "GET", &format!("/user/{id}"), &ada.access, None).await.is(404, NO_USER);
    }
}

/// Twenty-five users beside Ada.
async fn crowd() -> (TestApp, String) {
    let app = unlimited().start().await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    for number in 10..35 {
        register(&app, &format!("User_{number}"), &format!("017000000{number}")).await;
    }
    (app, ada.access)
}

#[tokio::test]
async fn with_a_parameter_there_are_pages() {
    let (app, token) = crowd().await;
    let page = async |query: &str| call(&app, "GET", &format!("/user?{query}"), &token, None).await.json();
    for (query, count, number, per_page, total) in [
        ("page=1", 20, 1, 20, 26),
        ("page=2", 6, 2, 20, 26),
        ("page=3", 0, 3, 20, 26),
        ("per_page=100", 26, 1, 100, 26),
        ("page=2&per_page=5", 5, 2, 5, 26),
        ("q=uSER_1", 10, 1, 20, 10),
        ("q=_1&page=2&per_page=7", 3, 2, 7, 10),
        ("q=%25", 0, 1, 20, 0),
        ("q=", 20, 1, 20, 26),
    ] {
        let answer = page(query).await;
        let keys: Vec<_> = answer.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["data", "message", "page", "per_page", "status", "total"], "{query}");
        let data = answer["data"].as_array().unwrap();
        let numbers = ["page", "per_page", "total"].map(|key| answer[key].as_u64().unwrap());
        assert_eq!((data.len(), numbers), (count, [number, per_page, total]), "{query}");
    }
    assert_eq!(page("page=2&per_page=1").await["data"][0]["username"], "User_10");
}

#[tokio::test]
async fn faulty_parameters_are_400() {
    let (app, token) = crowd().await;
    let all_but_page = ["per_page=0", "per_page=101", "per_page=x", "per_page=", "per_page=-1"];
    let page = ["page=0", "page=x", "page=", "page=1.5", "page=-1", "page=%2B1", "page=99999999999999999999"];
    for (field, queries) in [("page", &page[..]), ("per_page", &all_but_page[..]), ("q", &["q=%00"][..])] {
        for query in queries {
            let answer = call(&app, "GET", &format!("/user?{query}"), &token, None).await;
            says(&answer, 400, &format!("{field} is not valid"));
        }
    }
}

fn numbered(number: u128) -> AccountDetails {
    AccountDetails {
        uuid: AccountUuid(Uuid::from_u128(number + 1)),
        email: None,
        username: Some(Username::parse(&format!("user{number}")).unwrap()),
        display_name: None,
        mobile: None,
        phone_number: None,
        hashed_password: PasswordHash::unset(),
        role: Role::User,
        is_active: true,
        email_verified_at: None,
        activated_at: None,
        points: 0,
        surface: None,
        created_at: FixedClock::START,
        updated_at: FixedClock::START,
        updated_by: None,
        deleted_at: None,
    }
}

#[tokio::test]
async fn without_a_parameter_all_are_streamed_in_the_order_of_their_registration() {
    let app = unlimited().start().await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    // More than the parts that are read at once hold.
    for number in 0..1_001 {
        app.deps.store.repositories().accounts().insert(&numbered(number)).await.unwrap();
    }
    let answer = call(&app, "GET", "/user", &ada.access, None).await;
    assert_eq!(answer.header("transfer-encoding"), "chunked");
    assert!(answer.body.ends_with("],\"message\":\"Success!\",\"status\":200}\n"));
    let names: Vec<String> = answer.json()["data"]
        .as_array()
        .unwrap()
        .iter()
        .skip(1)
        .map(|user| user["username"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names, (0..1_001).map(|number| format!("user{number}")).collect::<Vec<_>>());
}

//! Points contract 2.9 and 2.10, decisions 2 and 7.

use vestibule_tests::{Answer, TestApp};

use super::person::{
    ADD, DEDUCT, EMAIL, add, administrator, balance, call, deduct, id, signed_in, unlimited,
};

fn is_done(answer: &Answer, message: &str) {
    answer.is(200, &format!(r#"{{"message":"{message}"}}"#));
}

#[tokio::test]
async fn points_are_added_and_deducted_and_told_in_the_plural() {
    let app = TestApp::start().await;
    let token = signed_in(&app, EMAIL).await;
    is_done(&add(&app, &token, "1").await, "1 points added to Ada successfully");
    is_done(&add(&app, &token, "41").await, "41 points added to Ada successfully");
    is_done(&deduct(&app, &token, "2").await, "2 points deducted from Ada successfully");
    is_done(&deduct(&app, &token, "40").await, "40 points deducted from Ada successfully");
    assert_eq!(balance(&app, &token).await, 0);
    is_done(&deduct(&app, &token, "0").await, "0 points deducted from Ada successfully");
}

#[tokio::test]
async fn no_number_is_zero() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    for path in [ADD, DEDUCT] {
        let done = if path == ADD { "added to" } else { "deducted from" };
        for fields in [&[("access_token", token.as_str())][..], &[("points", ""), ("access_token", &token)]] {
            is_done(&call(&app, "PUT", path, fields).await, &format!("0 points {done} Ada successfully"));
        }
    }
}

#[tokio::test]
async fn numbers_are_read_as_published() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    for (text, number) in [("5.0", 5), (" 7 ", 7), ("+3", 3), ("007", 7), ("-0", 0), ("1_000", 1000)] {
        is_done(&add(&app, &token, text).await, &format!("{number} points added to Ada successfully"));
    }
    for text in
        ["5.5", "1e3", "1e400", "1,5", "NaN", "inf", "true", "0x10", "１２", "1.0000000000000001", "x"]
    {
        let expected = format!(
            r#"{{"detail":[{{"type":"int_parsing","loc":["body","points"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"{text}"}}]}}"#
        );
        add(&app, &token, text).await.is(422, &expected);
    }
    let huge = "9".repeat(4301);
    let expected = format!(
        r#"{{"detail":[{{"type":"int_parsing_size","loc":["body","points"],"msg":"Unable to parse input string as an integer, exceeded maximum size","input":"{huge}"}}]}}"#
    );
    add(&app, &token, &huge).await.is(422, &expected);
}

#[tokio::test]
async fn a_balance_is_never_negative() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    add(&app, &token, "10").await;
    deduct(&app, &token, "11").await.is_detail(401, "Insufficient points");
    assert_eq!(balance(&app, &token).await, 10);
}

#[tokio::test]
async fn what_no_balance_can_hold_is_out_of_range() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    for path in [ADD, DEDUCT] {
        for points in ["9223372036854775808", "99999999999999999999999999999999999999999999"] {
            let fields = [("points", points), ("access_token", token.as_str())];
            call(&app, "PUT", path, &fields).await.is_detail(400, "Points out of range");
        }
    }
    let most = "9223372036854775807";
    is_done(&add(&app, &token, most).await, &format!("{most} points added to Ada successfully"));
    add(&app, &token, "1").await.is_detail(400, "Points out of range");
    is_done(&deduct(&app, &token, most).await, &format!("{most} points deducted from Ada successfully"));
}

#[tokio::test]
async fn what_is_wrong_is_told_fields_first_then_a_missing_token_then_the_number_then_the_token() {
    let app = unlimited().await;
    for path in [ADD, DEDUCT] {
        assert_eq!(call(&app, "PUT", path, &[("points", "x")]).await.status, 422);
        assert_eq!(call(&app, "PUT", path, &[("points", "x"), ("access_token", "x")]).await.status, 422);
        call(&app, "PUT", path, &[]).await.is_detail(401, "Invalid access token");
        call(&app, "PUT", path, &[("points", "-1")]).await.is_detail(401, "Invalid access token");
        let negative = [("points", "-1"), ("access_token", "x")];
        call(&app, "PUT", path, &negative).await.is_detail(403, "Points cannot be negative");
        let far = [("points", "-99999999999999999999999999999999999999999"), ("access_token", "x")];
        call(&app, "PUT", path, &far).await.is_detail(403, "Points cannot be negative");
        let great = [("points", "9223372036854775808"), ("access_token", "x"), ("user_id", "x")];
        call(&app, "PUT", path, &great).await.is_detail(401, "Invalid access token");
    }
}

#[tokio::test]
async fn an_administrator_names_another_and_a_user_himself() {
    let app = unlimited().await;
    let ada = signed_in(&app, EMAIL).await;
    let eve = signed_in(&app, "eve@example.com").await;
    let admin = administrator(&app).await;
    let of = |token: &'static str| token;
    let (adas, nobodys) = (id(&app, EMAIL).await, "00000000-0000-4000-8000-00000000ffff");
    for path in [ADD, DEDUCT] {
        let done = if path == ADD { "added to" } else { "deducted from" };
        let named = |token: &str, id: &str| {
            super::person::form(
                &app,
                "PUT",
                path,
                &[("points", "3"), ("user_id", id), ("access_token", token)],
            )
        };
        for token in [&admin, &ada] {
            let answer = app.send(named(token, &adas)).await;
            is_done(&answer, &format!("3 points {done} Ada successfully"));
        }
        app.send(named(&eve, &adas)).await.is_detail(403, "Forbidden");
        for unknown in [nobodys, of("nonsense"), "1"] {
            app.send(named(&admin, unknown)).await.is_detail(404, "User not found");
        }
        app.send(named("x", nobodys)).await.is_detail(401, "Invalid access token");
    }
    assert_eq!(balance(&app, &ada).await, 0);
}

#[tokio::test]
async fn many_at_once_lose_nothing() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    let adding = futures::future::join_all((0..60).map(|_| add(&app, &token, "1")));
    assert!(adding.await.iter().all(|answer| answer.status == 200));
    let deducting = futures::future::join_all((0..70).map(|_| deduct(&app, &token, "1")));
    let done = deducting.await.iter().filter(|answer| answer.status == 200).count();
    assert_eq!((done, balance(&app, &token).await), (60, 0));
}

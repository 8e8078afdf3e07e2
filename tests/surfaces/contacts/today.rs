//! Whose today it is: the day of `surfaces.contacts.time_zone` (contacts contract, decision 3).

use serde_json::json;
use time::OffsetDateTime;
use time::macros::datetime;
use vestibule_tests::{TestApp, TestAppBuilder, on_every_store};

use super::person::{EMAIL, PASSWORD, add, call, contact, log_in, member};

on_every_store!(
    the_day_is_that_of_utc_by_default,
    a_day_begins_earlier_ahead_of_utc,
    a_day_begins_later_behind_utc,
    a_day_begins_an_hour_earlier_in_summer,
    a_day_whose_midnight_daylight_saving_time_skips_begins_all_the_same,
    the_day_after_new_year_and_in_a_leap_year_is_that_of_the_zone,
);

/// Who has birthday at each of these moments, by the month and the day.
async fn assert_today(app: TestAppBuilder, zone: Option<&str>, moments: &[(OffsetDateTime, &str)]) {
    let mut app = app.with("rate_limit.enabled", "false");
    if let Some(zone) = zone {
        app = app.with("surfaces.contacts.time_zone", zone);
    }
    let app = app.start().await;
    member(&app, EMAIL).await;
    for (number, (moment, day)) in moments.iter().enumerate() {
        app.clock.set(*moment);
        let token = log_in(&app, EMAIL, PASSWORD).await.text("access_token");
        if number == 0 {
            for day in ["01-01", "02-28", "02-29", "03-01", "03-28", "03-29", "04-23", "04-24", "12-31"] {
                let mut body = contact(day);
                body["birthday"] = json!(format!("1988-{day}"));
                add(&app, &token, &body).await;
            }
        }
        assert_eq!(today(&app, &token).await, [*day], "{moment} in {zone:?}");
    }
}

async fn today(app: &TestApp, token: &str) -> Vec<String> {
    let answer = call(app, "GET", "/api/contacts/bd?days_range=0", token, None).await.json();
    answer.as_array().unwrap().iter().map(|it| it["fullname"].as_str().unwrap().to_owned()).collect()
}

async fn the_day_is_that_of_utc_by_default(app: TestAppBuilder) {
    let moments = [
        (datetime!(2026-12-31 23:59:59.999_999 UTC), "12-31"),
        (datetime!(2027-01-01 00:00 UTC), "01-01"),
        (datetime!(2027-01-01 23:59:59 UTC), "01-01"),
    ];
    assert_today(app, None, &moments).await;
}

async fn a_day_begins_earlier_ahead_of_utc(app: TestAppBuilder) {
    // 14 hours ahead, the most there is.
    let moments = [
        (datetime!(2026-12-31 09:59:59.999_999 UTC), "12-31"),
        (datetime!(2026-12-31 10:00 UTC), "01-01"),
        (datetime!(2027-01-01 09:59:59 UTC), "01-01"),
    ];
    assert_today(app, Some("Pacific/Kiritimati"), &moments).await;
}

async fn a_day_begins_later_behind_utc(app: TestAppBuilder) {
    // 11 hours behind.
    let moments = [
        (datetime!(2027-01-01 10:59:59.999_999 UTC), "12-31"),
        (datetime!(2027-01-01 11:00 UTC), "01-01"),
        (datetime!(2027-01-02 10:59:59 UTC), "01-01"),
    ];
    assert_today(app, Some("Pacific/Pago_Pago"), &moments).await;
}

async fn a_day_begins_an_hour_earlier_in_summer(app: TestAppBuilder) {
    // The clocks go forward on 29 March at 03:00, from UTC+2 to UTC+3.
    let moments = [
        (datetime!(2026-03-28 21:59:59 UTC), "03-28"),
        (datetime!(2026-03-28 22:00 UTC), "03-29"),
        (datetime!(2026-03-29 20:59:59 UTC), "03-29"),
        (datetime!(2026-04-22 21:00 UTC), "04-23"),
        (datetime!(2026-04-23 20:59:59 UTC), "04-23"),
        (datetime!(2026-04-23 21:00 UTC), "04-24"),
    ];
    assert_today(app, Some("Europe/Kyiv"), &moments).await;
}

async fn a_day_whose_midnight_daylight_saving_time_skips_begins_all_the_same(app: TestAppBuilder) {
    // In Cairo the clocks go from 00:00 to 01:00 on 24 April.
    let moments = [
        (datetime!(2026-04-23 21:59:59 UTC), "04-23"),
        (datetime!(2026-04-23 22:00 UTC), "04-24"),
        (datetime!(2026-04-24 20:59:59 UTC), "04-24"),
    ];
    assert_today(app, Some("Africa/Cairo"), &moments).await;
}

async fn the_day_after_new_year_and_in_a_leap_year_is_that_of_the_zone(app: TestAppBuilder) {
    // 8 hours behind.
    let moments = [
        (datetime!(2027-01-01 07:59:59 UTC), "12-31"),
        (datetime!(2028-02-29 07:59:59 UTC), "02-28"),
        (datetime!(2028-02-29 08:00 UTC), "02-29"),
        (datetime!(2028-03-01 07:59:59 UTC), "02-29"),
        (datetime!(2028-03-01 08:00 UTC), "03-01"),
    ];
    assert_today(app, Some("America/Los_Angeles"), &moments).await;
}

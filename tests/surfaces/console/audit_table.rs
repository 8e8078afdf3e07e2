//! The trail as a table.

use std::time::Duration;

use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::Role;
use vestibule_domain::audit::{AuditAction, AuditActor, AuditEvent, AuditEventId, RecordedAction};
use vestibule_tests::TestApp;

use super::clerk::{Clerk, staffed};
use super::guarded::{is_guarded, moderator};
use super::roles::set_role;
use crate::admin::person::admin;

const HEADER: &str = "id,at,action,times,account,actor_kind,actor,surface,client,request,details";

fn id(number: u64) -> Uuid {
    Uuid::from_u128(u128::from(number))
}

async fn append(app: &TestApp, number: u64, at: OffsetDateTime, surface: &str, details: &str) {
    append_of(app, AuditAction::UnactivatedAccountsRemoved.into(), number, at, surface, details).await;
}

async fn append_of(
    app: &TestApp,
    action: RecordedAction,
    number: u64,
    at: OffsetDateTime,
    surface: &str,
    details: &str,
) {
    let event = AuditEvent {
        id: AuditEventId(id(number)),
        at,
        actor: AuditActor::System,
        account: None,
        action,
        surface: surface.to_owned(),
        client: None,
        request: None,
        details: Some(details.to_owned()),
        times: 1,
    };
    app.deps.store.repositories().audit().append(&event).await.unwrap();
}

#[tokio::test]
async fn the_table_has_the_events_that_the_page_filters() {
    let (app, clerk, ada) = staffed().await;
    let role = format!("/console/users/{ada}/role");
    clerk.submit(&app, &role, &[("role", "MODERATOR")]).await;
    app.clock.advance(Duration::from_secs(1));
    clerk.submit(&app, &role, &[("role", "USER")]).await;
    let query = "?account=ada&action=role_changed&since=2026-01-02";
    let page = clerk.page(&app, &format!("/console/audit{query}")).await;
    let link = page.split("href=\"/console/audit.csv").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(link.replace("&#38;", "&"), query.replace('-', "%2D"));
    assert!(page.contains("As a CSV file; events at the most: 100000</a>"), "{page}");
    let answer = clerk.get(&app, &format!("/console/audit.csv{query}")).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/csv; charset=utf-8"));
    let disposition = answer.header("content-disposition");
    assert_eq!(disposition, "attachment; filename=\"audit-2026-01-02.csv\"");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    let lines: Vec<_> = answer.body.lines().collect();
    assert_eq!((lines.len(), lines[0]), (3, HEADER), "{answer:?}");
    // The newest first.
    assert!(lines[1].contains("\"\"new_role\"\":\"\"USER\"\""), "{answer:?}");
    assert!(lines[2].contains("\"\"new_role\"\":\"\"MODERATOR\"\""), "{answer:?}");
    assert!(lines[1].contains(&ada) && lines[1].contains(",account,"), "{answer:?}");

    let all = clerk.get(&app, "/console/audit.csv").await.body;
    assert!(all.contains("account_registered") && all.lines().count() > 3, "{all}");
    let none = clerk.get(&app, "/console/audit.csv?since=2026-01-03").await.body;
    assert_eq!(none, format!("{HEADER}\n"));
    let none = clerk.page(&app, "/console/audit?since=2026-01-03").await;
    assert!(!none.contains("audit.csv"), "{none}");
}

#[tokio::test]
async fn what_a_newer_server_has_done_is_listed_by_its_name() {
    let (app, clerk, _) = staffed().await;
    let action = RecordedAction::Unknown("farewell_<b>said".to_owned());
    append_of(&app, action, 1, app.deps.clock.now(), "worker", "{}").await;
    let page = clerk.page(&app, "/console/audit").await;
    assert!(page.contains("<th scope=\"row\">farewell_&#60;b&#62;said</th>"), "{page}");
    let table = clerk.get(&app, "/console/audit.csv").await.body;
    assert!(table.contains(",farewell_<b>said,1,"), "{table}");
}

#[tokio::test]
async fn a_filter_that_names_nothing_leads_to_the_page_that_says_so() {
    let (app, clerk, _) = staffed().await;
    for query in ["?account=nobody&action=&since=", "?account=&action=&since=yesterday"] {
        let answer = clerk.get(&app, &format!("/console/audit.csv{query}")).await;
        assert_eq!((answer.status, answer.header("location")), (303, &*format!("/console/audit{query}")));
    }
    let evil = clerk.get(&app, "/console/audit.csv?account=%0d%0ax-evil:1&since=//evil.example").await;
    assert!(evil.header("location").starts_with("/console/audit?account="), "{evil:?}");
    assert!(!evil.headers.contains_key("x-evil"), "{evil:?}");
}

#[tokio::test]
async fn a_long_trail_comes_whole_and_in_order() {
    let (app, clerk, _) = staffed().await;
    let now = app.deps.clock.now();
    for number in 0..1_203 {
        append(&app, number, now + Duration::from_millis(number / 7), "worker", "{}").await;
    }
    let table = clerk.get(&app, "/console/audit.csv?action=unactivated_accounts_removed").await.body;
    let ids: Vec<_> = table.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    let expected: Vec<_> = (0..1_203).rev().map(|number| id(number).to_string()).collect();
    assert_eq!(ids, expected);
    let head = clerk.send(&app, app.request("HEAD", "/console/audit.csv")).await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-type"), "text/csv; charset=utf-8");
}

#[tokio::test]
async fn a_table_that_is_on_its_way_ends_when_its_reader_is_no_administrator_any_more() {
    let (app, _, _) = staffed().await;
    admin(&app, "eva").await;
    let eva = Clerk::signed_in(&app, "eva").await;
    // Many times what a connection holds back for a client that does not read.
    let (now, details) = (app.deps.clock.now(), "x".repeat(1_000));
    for number in 0..40_000 {
        append(&app, number, now, "worker", &details).await;
    }
    let request = app.request("GET", "/console/audit.csv?action=unactivated_accounts_removed");
    let mut answer = eva.with_cookie(request).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    set_role(&app, "eva", Role::Moderator).await;
    let (mut read, mut breaks_off) = (0, false);
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) => read += chunk.len(),
            Ok(None) => break,
            Err(_cut_off) => {
                breaks_off = true;
                break;
            }
        }
    }
    assert!(breaks_off && read < 39_000_000, "{read} bytes");
}

#[tokio::test]
async fn no_cell_is_a_formula() {
    let (app, clerk, _) = staffed().await;
    let now = app.deps.clock.now();
    for (number, text) in (0..).zip(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]) {
        append(&app, number, now, text, text).await;
    }
    let table = clerk.get(&app, "/console/audit.csv?action=unactivated_accounts_removed").await.body;
    for cell in [",'=1+1,", ",'+1,", ",'-1,", ",'@SUM(A1),", "'\t=1", "\"'\r=1\""] {
        assert!(table.contains(cell), "no {cell:?} in {table:?}");
    }
    for cell in [",=", ",+", ",-", ",@", ",\t", ",\r", "\"=", "\"\t", "\"\r"] {
        assert!(!table.contains(cell), "{cell:?} in {table:?}");
    }
}

#[tokio::test]
async fn the_table_is_for_administrators_alone() {
    let (app, _, _) = staffed().await;
    let mia = moderator(&app).await;
    for path in ["/console/audit.csv", "/console/audit.csv?account=ada"] {
        is_guarded(&app, &mia, path).await;
    }
}

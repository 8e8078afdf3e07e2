//! One's data.

use std::io::{Cursor, Read as _};
use std::time::Duration;

use serde_json::Value;
use vestibule_application::accounts::{Administrator, InspectedAccount, NamedAccount, OwnerOrAdministrator};
use vestibule_domain::media::ObjectKey;
use vestibule_tests::TestApp;

use super::owner::{Owner, leads_to_sign_in, with_ada};
use crate::admin::person::{PASSWORD, Person, admin, member};
use crate::visitor::FormOf as _;

/// The headers of the download, and the files in it.
async fn download(app: &TestApp, owner: &Owner) -> (reqwest::header::HeaderMap, Vec<(String, Vec<u8>)>) {
    let mark = owner.mark(app).await;
    let request = app.request("POST", "/account/data").header("sec-fetch-site", "same-origin");
    let answer = owner.with_cookie(request.form_of(&[("form", &mark)])).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let headers = answer.headers().clone();
    let bytes = answer.bytes().await.unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut read = |place| {
        let mut file = zip.by_index(place).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().to_string(), bytes)
    };
    (headers, (0..2).map(&mut read).collect())
}

#[tokio::test]
async fn an_owner_gets_all_that_is_kept_of_him_and_nothing_of_others() {
    let (app, owner, ada) = with_ada().await;
    let eva = member(&app, "eva").await;
    let (headers, files) = download(&app, &owner).await;
    assert_eq!(headers["content-type"], "application/zip");
    assert_eq!(headers["content-disposition"], "attachment; filename=\"account.zip\"");
    assert_eq!(headers["cache-control"], "no-store");
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["contacts.vcf", "account.json"]);
    let document = String::from_utf8(files[1].1.clone()).unwrap();
    for word in ["eva", eva.id.as_str(), "$2b$", "password_hash"] {
        assert!(!document.contains(word), "{word}: {document}");
    }
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!(document["account"]["email"], "ada@example.com");
    assert_eq!(document["sessions"].as_array().unwrap().len(), 2);
    let events = document["audit"].as_array().unwrap();
    let archived = events.iter().find(|event| event["action"] == "account_archived").unwrap();
    assert_eq!((&archived["actor"], &archived["surface"]), (&ada.id.as_str().into(), &"account".into()));
}

#[tokio::test]
async fn ten_minutes_after_the_sign_in_it_takes_the_password() {
    let (app, owner, _) = with_ada().await;
    assert!(!owner.page(&app, "/account/data").await.contains("type=\"password\""));
    app.clock.advance(Duration::from_mins(10));
    assert!(owner.page(&app, "/account/data").await.contains("type=\"password\""));
    for (values, words) in
        [(&[][..], "Give your password."), (&[("password", "Engine1844")][..], "The password is wrong.")]
    {
        let answer = owner.submit(&app, "/account/data", values).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        assert!(answer.body.contains(words) && !answer.body.contains("Engine184"), "{answer:?}");
    }
    let before = owner.cookie.borrow().clone();
    let answer = owner.submit(&app, "/account/data", &[("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/account/data?done=proved"));
    let page = owner.page(&app, "/account/data?done=proved").await;
    assert!(page.contains("You can go on now.") && !page.contains("type=\"password\""), "{page}");
    download(&app, &owner).await;
    // The password has opened another session in the place of the old one.
    owner.cookie.replace(before);
    leads_to_sign_in(&owner.get(&app, "/account").await);
}

#[tokio::test]
async fn an_owner_gets_it_five_times_an_hour() {
    let app = TestApp::on_memory().with("account_pages.enabled", "true").start().await;
    member(&app, "ada").await;
    let owner = Owner::signed_in(&app, "ada").await;
    for _ in 0..5 {
        download(&app, &owner).await;
    }
    let answer = owner.submit(&app, "/account/data", &[]).await;
    assert_eq!(answer.status, 429, "{answer:?}");
    assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
}

#[tokio::test]
async fn what_staff_did_is_told_and_not_who() {
    let (app, _, ada) = with_ada().await;
    let root = admin(&app, "root").await;
    assert_eq!(root.trash(&app, &ada.id).await.status, 204);
    let restored = root.call(&app, "PUT", &format!("/api/v1/trash/restore/{}", ada.id), None).await;
    assert_eq!(restored.status, 200, "{restored:?}");
    let owner = Owner::signed_in(&app, "ada").await;
    let (_, files) = download(&app, &owner).await;
    let document = String::from_utf8(files[1].1.clone()).unwrap();
    for word in ["root", root.id.as_str()] {
        assert!(!document.contains(word), "{word}: {document}");
    }
    let document: Value = serde_json::from_str(&document).unwrap();
    let events = document["audit"].as_array().unwrap();
    for action in ["account_trashed", "account_restored"] {
        let event = events.iter().find(|event| event["action"] == action).unwrap();
        assert_eq!((&event["actor_kind"], &event["actor"]), (&"staff".into(), &Value::Null), "{event}");
        assert_eq!((&event["client"], &event["request"]), (&Value::Null, &Value::Null), "{event}");
        assert_eq!((&event["surface"], &event["account"]), (&"admin".into(), &ada.id.as_str().into()));
    }
    let own = events.iter().find(|event| event["action"] == "logged_in").unwrap();
    assert_eq!((&own["actor_kind"], &own["actor"]), (&"account".into(), &ada.id.as_str().into()), "{own}");
    assert!(own["client"].is_string() && own["request"].is_string(), "{own}");
}

#[tokio::test]
async fn what_could_not_be_written_does_not_count() {
    let media = tempfile::tempdir().unwrap();
    let url = format!("file://{}", media.path().display());
    let builder = TestApp::on_memory().with("account_pages.enabled", "true").with("media.url", &url);
    let app = builder.start().await;
    let ada = member(&app, "ada").await;
    let picture = ObjectKey::parse("profiles/0123456789abcdef0123456789abcdef.png").unwrap();
    let account = found(&app, &ada).await;
    app.deps.store.repositories().profiles().set_picture(account.account.id, picture).await.unwrap();
    let owner = Owner::signed_in(&app, "ada").await;
    // No folder of pictures can be read that is a file.
    let folder = media.path().join("profiles");
    let _ = std::fs::remove_dir(&folder);
    std::fs::write(&folder, "").unwrap();
    for _ in 0..6 {
        let answer = owner.submit(&app, "/account/data", &[]).await;
        assert_eq!(answer.status, 500, "{answer:?}");
        assert!(answer.body.contains("Please try again later."), "{answer:?}");
    }
    std::fs::remove_file(&folder).unwrap();
    for _ in 0..5 {
        download(&app, &owner).await;
    }
    assert_eq!(owner.submit(&app, "/account/data", &[]).await.status, 429);
}

#[tokio::test]
async fn who_finds_eight_archives_under_way_is_told_to_try_again() {
    let (app, owner, ada) = with_ada().await;
    let account = found(&app, &ada).await.account;
    let mut made = Vec::new();
    for _ in 0..8 {
        let operator = OwnerOrAdministrator::operator(account.uuid);
        made.push(app.services.archive_account.execute(operator, account.id).await.unwrap());
    }
    let answer = owner.submit(&app, "/account/data", &[]).await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, "10"), "{answer:?}");
    assert!(answer.body.contains("<h1>Please try again in a moment</h1>"), "{answer:?}");
    made.pop();
    download(&app, &owner).await;
}

async fn found(app: &TestApp, person: &Person) -> InspectedAccount {
    let named = NamedAccount::parse(&person.id).unwrap();
    app.services.inspect_account.execute(Administrator::operator(), &named).await.unwrap()
}

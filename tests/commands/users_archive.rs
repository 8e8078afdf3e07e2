//! `vestibule users archive`.

use std::io::Read as _;
use std::path::Path;

use serde_json::{Value, json};
use vestibule_domain::accounts::{AccountDetails, AccountId, AccountUuid, PasswordHash, Role};
use vestibule_domain::audit::{AuditAction, AuditActor, AuditEvent, AuditEventId};
use vestibule_domain::points::{Points, PointsChange, PointsKind};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::Store as _;

use crate::operator::{Operator, THEN, account, uuid};

const HASH: &str = "$2b$04$......................3gpCxFJg.wAmUUGYsE2aLLfPY1cP2ZO";
const PROFILE: &str = "profiles/0123456789abcdef0123456789abcdef.png";
const CONTACT: &str = "contacts/0123456789abcdef0123456789abcdef.jpg";

/// With Ada, who has a picture, points and two contacts, of which one has a picture that is lost.
async fn with_ada() -> Operator {
    let operator = Operator::with(&[account(1, "bob")]).await;
    let row = json!({
        "email": "ada@example.com", "username": "Ada", "password_hash": HASH, "points": 12, "avatar": PROFILE,
        "contacts": [
            {"fullname": "Zo\u{eb}", "birthday": "1604-02-29"},
            {"fullname": "Eve", "avatar": "https://example.com/eve.jpg", "avatar_object": CONTACT},
        ],
    });
    let file = operator.folder().join("ada.jsonl");
    std::fs::write(&file, row.to_string()).unwrap();
    assert_eq!(operator.users(&["import", file.to_str().unwrap()]).code, 0);
    let picture = operator.folder().join("data/test/media").join(PROFILE);
    std::fs::create_dir_all(picture.parent().unwrap()).unwrap();
    std::fs::write(picture, b"a picture").unwrap();
    operator.signed_in(2, 7).await;
    operator
}

/// The names of the files of an archive, and one of them.
fn files(archive: &Path) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(archive).unwrap()).unwrap();
    let mut read = |place| {
        let mut file = zip.by_index(place).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().to_string(), bytes)
    };
    (0..3).map(&mut read).collect()
}

#[tokio::test]
async fn an_archive_has_all_that_an_account_has_but_the_hash_of_its_password() {
    let operator = with_ada().await;
    let out = operator.folder().join("ada.zip");
    let path = out.to_str().unwrap();
    let ran = operator.users(&["archive", "ada", "--out", path, "--json"]);
    let told = ran.json();
    assert_eq!((&told["done"], &told["contacts"]), (&json!("archived"), &json!(2)), "{told}");
    assert_eq!((&told["pictures"], &told["missing_pictures"]), (&json!(1), &json!(1)), "{told}");
    assert!(ran.err.contains("1 picture is missing"), "{ran:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let files = files(&out);
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["contacts.vcf", &format!("pictures/{PROFILE}"), "account.json"]);
    assert_eq!(files[1].1, b"a picture");
    let cards = String::from_utf8(files[0].1.clone()).unwrap();
    assert!(cards.contains("FN:Zo\u{eb}\r\nBDAY:--0229\r\n") && cards.contains("FN:Eve\r\n"), "{cards}");
    let document = String::from_utf8(files[2].1.clone()).unwrap();
    assert!(!document.contains("$2b$"), "{document}");
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!(document["account"]["email"], "ada@example.com");
    assert_eq!(document["account"]["contacts"][1]["avatar_object"], CONTACT);
    assert_eq!(document["points"][0]["points"], 12);
    assert_eq!(document["sessions"][0]["surface"], "theater");
    assert_eq!(document["audit"][0]["action"], "account_archived");
    assert_eq!(document["missing_pictures"], json!([CONTACT]));
}

#[tokio::test]
async fn an_archive_names_nobody_but_its_owner() {
    let root = AccountDetails { role: Role::Admin, ..account(1, "root") };
    let operator = Operator::with(&[root, account(2, "bob")]).await;
    let event = AuditEvent {
        id: AuditEventId(uuid(70)),
        at: THEN,
        actor: AuditActor::Account(AccountUuid(uuid(1))),
        account: Some(AccountUuid(uuid(2))),
        action: AuditAction::RoleChanged.into(),
        surface: "console".to_owned(),
        client: Some("198.51.100.7".to_owned()),
        request: Some(uuid(71)),
        details: Some("{\"new_role\":\"USER\"}".to_owned()),
        times: 1,
    };
    operator.store.repositories().audit().append(&event).await.unwrap();
    let change = PointsChange {
        account: AccountId(2),
        kind: PointsKind::Add,
        points: Points::new(7).unwrap(),
        reason: Some("a prize".to_owned()),
        actor: Some(AccountId(1)),
        idempotency_key: Some(SecretDigest::of("a key of root")),
        at: THEN,
    };
    operator.store.repositories().points().apply(&change).await.unwrap();
    let out = operator.folder().join("bob.zip");
    assert_eq!(operator.users(&["archive", "bob", "--out", out.to_str().unwrap()]).code, 0);
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&out).unwrap()).unwrap();
    let mut document = String::new();
    zip.by_name("account.json").unwrap().read_to_string(&mut document).unwrap();
    let (root, request) = (uuid(1).to_string(), uuid(71).simple().to_string());
    let key = SecretDigest::of("a key of root").to_hex();
    for word in ["root", root.as_str(), "198.51.100.7", request.as_str(), key.as_str()] {
        assert!(!document.contains(word), "{word}: {document}");
    }
    let document: Value = serde_json::from_str(&document).unwrap();
    let entry = &document["points"][0];
    assert_eq!((&entry["actor_kind"], &entry["actor"]), (&json!("staff"), &Value::Null), "{entry}");
    assert_eq!((&entry["points"], &entry["reason"]), (&json!(7), &json!("a prize")), "{entry}");
    let events = document["audit"].as_array().unwrap();
    let event = events.iter().find(|event| event["action"] == "role_changed").unwrap();
    assert_eq!((&event["actor_kind"], &event["surface"]), (&json!("staff"), &json!("console")), "{event}");
    assert_eq!(event["details"], json!({"new_role": "USER"}));
}

#[tokio::test]
async fn an_archive_overwrites_nothing_and_leaves_nothing_half_done() {
    let operator = with_ada().await;
    let out = operator.folder().join("ada.zip");
    std::fs::write(&out, b"mine").unwrap();
    let path = out.to_str().unwrap();
    assert!(operator.refused(&["archive", "ada", "--out", path]).contains("there is such a file already"));
    assert_eq!(std::fs::read(&out).unwrap(), b"mine");
    let nobody = operator.folder().join("nobody.zip");
    let refused = operator.refused(&["archive", "nobody", "--out", nobody.to_str().unwrap()]);
    assert!(refused.contains("there is no such account"), "{refused}");
    let before = std::fs::read_dir(operator.folder()).unwrap().count();
    let nowhere = operator.folder().join("nowhere/ada.zip");
    assert!(operator.refused(&["archive", "ada", "--out", nowhere.to_str().unwrap()]).contains("nowhere"));
    assert_eq!(std::fs::read_dir(operator.folder()).unwrap().count(), before);
}

#[tokio::test]
async fn an_account_in_the_trash_has_an_archive_too() {
    let bob = AccountDetails { hashed_password: PasswordHash::new(HASH), ..account(2, "bob") };
    let operator = Operator::with(&[account(1, "ada"), bob]).await;
    assert_eq!(operator.users(&["trash", "bob", "--reason", ""]).code, 0);
    let out = operator.folder().join("bob.zip");
    let ran = operator.users(&["archive", "bob", "--out", out.to_str().unwrap()]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "Archived bob (id 2): 0 contacts, 0 pictures.\n"),
        "{ran:?}"
    );
    assert_eq!(operator.trail()[0].0, "account_archived");
    assert_eq!(operator.trail()[0].3, uuid(2).to_string());
}

//! `vestibule users import`.

use std::path::PathBuf;

use serde_json::{Value, json};
use vestibule_domain::accounts::{AccountDetails, AccountId, PasswordHash, Username};
use vestibule_domain::store::Store as _;

use crate::operator::{Operator, account};
use crate::originals::{folder, row};

/// Somebody's bcrypt hash of cost 4.
const HASH: &str = "$2b$04$......................3gpCxFJg.wAmUUGYsE2aLLfPY1cP2ZO";

fn file(operator: &Operator, lines: &[Value]) -> PathBuf {
    let path = operator.folder().join("users.jsonl");
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    std::fs::write(&path, lines.join("\n")).unwrap();
    path
}

fn import(operator: &Operator, lines: &[Value], options: &[&str]) -> crate::operator::Ran {
    let path = file(operator, lines);
    operator.users(&[&["import", path.to_str().unwrap()], options].concat())
}

async fn count(operator: &Operator) -> usize {
    let (accounts, _) = operator.store.repositories().transfer().after(AccountId(0), 1_000).await.unwrap();
    accounts.len()
}

fn line<'a>(text: &'a str, begin: &str) -> &'a str {
    text.lines().find(|line| line.starts_with(begin)).unwrap_or_else(|| panic!("{begin}: {text}"))
}

#[tokio::test]
async fn accounts_of_a_file_are_added_and_a_second_run_adds_nothing() {
    let operator = Operator::with(&[]).await;
    let rows = [
        json!({"email": "Ada@Example.com", "password_hash": HASH, "points": 5, "role": "admin"}),
        json!({"username": "bob", "mobile": "+33 6 12 34 56 78", "is_active": false}),
    ];
    let ran = import(&operator, &rows, &["--from", "vestibule"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(line(&ran.out, "added"), "added          2");
    assert_eq!(
        line(&ran.out, "no password"),
        "no password    1: nobody can log in to these accounts until their passwords are reset"
    );
    let again = import(&operator, &rows, &[]);
    assert_eq!((again.code, line(&again.out, "added")), (0, "added          0"), "{again:?}");
    assert_eq!(line(&again.out, "already here"), "already here   2");
    assert_eq!(count(&operator).await, 2);
    let ada = operator.store.repositories().accounts().by_id(AccountId(1)).await.unwrap().unwrap();
    assert_eq!(ada.details.email.unwrap().as_str(), "ada@example.com");
    assert_eq!(ada.details.hashed_password, PasswordHash::new(HASH));
    let event = ("accounts_imported".to_owned(), "operator".to_owned(), "command".to_owned(), String::new());
    assert_eq!(operator.trail(), [event]);
}

#[tokio::test]
async fn bad_rows_are_named_by_line_and_nothing_is_imported_unless_they_are_left_out() {
    let operator = Operator::with(&[]).await;
    let rows = [
        json!({"email": "ada@example.com", "username": "Ada"}),
        json!({"email": "ADA@example.com"}),
        json!({"display_name": "Nobody"}),
        json!({"email": "no address"}),
        json!({"email": "eve@example.com", "points": -1}),
        json!({"email": "bob@example.com", "created_at": "yesterday"}),
        json!({"email": "max@example.com", "surface": "cinema"}),
        json!([1]),
        json!({"username": "ADA"}),
        json!({"email": "zoe@example.com", "password_hash": "$2b$20$......................3gpCxFJg.wAmUUGYsE2aLLfPY1cP2ZO"}),
    ];
    let ran = import(&operator, &rows, &[]);
    assert_eq!(ran.code, 1, "{ran:?}");
    for told in [
        "line 2: line 1 has the same email",
        "line 3: there is no email, username or mobile to log in with",
        "line 4: email: ",
        "line 5: points: they cannot be negative",
        "line 6: created_at: this is not a time as RFC 3339 has it, such as 2024-05-31T12:00:00Z",
        "line 7: surface: it is one of theater, contacts, admin, points, mobile",
        "line 8: this is not a JSON object",
        "line 9: line 1 has the same username",
        "line 10: password_hash: a bcrypt cost of 20 is not accepted",
    ] {
        line(&ran.err, told);
    }
    assert!(
        ran.err.contains("9 of 10 rows are bad; nothing was imported. Without them: --skip-bad"),
        "{ran:?}"
    );
    assert_eq!(count(&operator).await, 0);
    let ran = import(&operator, &rows, &["--skip-bad"]);
    assert_eq!((ran.code, line(&ran.out, "added")), (0, "added          1"), "{ran:?}");
    assert_eq!(line(&ran.out, "bad"), "bad            9");
}

#[tokio::test]
async fn a_row_that_an_account_has_in_part_is_named_with_that_account() {
    let operator = Operator::with(&[account(1, "ada")]).await;
    let rows =
        [json!({"email": "ada@example.com", "username": "other"}), json!({"email": "ada@example.com"})];
    let ran = import(&operator, &rows, &["--skip-bad"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    line(&ran.err, "line 1: the account 1 has this email already");
    assert_eq!(line(&ran.out, "already here"), "already here   1");
}

/// Clients know accounts by their UUIDs, so nobody is given that of another one, and none is left out in silence.
#[tokio::test]
async fn a_row_with_the_uuid_of_another_account_is_named_and_takes_nothing_from_it() {
    let [one, two] = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"];
    let operator = Operator::with(&[]).await;
    assert_eq!(import(&operator, &[json!({"email": "ada@example.com", "uuid": one})], &[]).code, 0);
    let rows = [
        json!({"email": "bob@example.com", "uuid": one}),
        json!({"email": "eve@example.com", "uuid": two}),
        json!({"email": "zoe@example.com", "uuid": two}),
    ];
    let ran = import(&operator, &rows, &["--skip-bad"]);
    assert_eq!((ran.code, line(&ran.out, "added")), (0, "added          1"), "{ran:?}");
    line(&ran.err, "line 1: the account 1 has this uuid already");
    line(&ran.err, "line 3: line 2 has the same uuid");
    let (accounts, _) = operator.store.repositories().transfer().after(AccountId(0), 10).await.unwrap();
    let kept: Vec<_> = accounts.iter().map(|account| account.details.uuid.0.to_string()).collect();
    assert_eq!(kept, [one, two]);
}

#[tokio::test]
async fn a_dry_run_says_the_same_and_writes_nothing() {
    let operator = Operator::with(&[]).await;
    let ran = import(&operator, &[json!({"email": "ada@example.com"})], &["--dry-run"]);
    assert_eq!((ran.code, line(&ran.out, "to add")), (0, "to add         1"), "{ran:?}");
    assert_eq!(count(&operator).await, 0);
    assert_eq!(operator.trail(), []);
}

#[tokio::test]
async fn a_row_that_is_refused_as_a_duplicate_is_counted_as_bad_and_as_nothing_else() {
    // MD5 of "secret".
    let md5 = "5ebe2294ecd0e0f08eab7690d2a6ee69";
    let with_hash = |email: &str| json!({"email": email, "password_hash": md5, "hash_format": "hex-md5"});
    let rows = [
        json!({"email": "d1@example.com"}),
        json!({"email": "D1@example.com"}),
        json!({"email": "d2@example.com", "username": "op"}),
        with_hash("w1@example.com"),
        with_hash("W1@example.com"),
        json!({"email": "op@example.com"}),
        json!({"email": "OP@example.com"}),
    ];
    let operator = Operator::with(&[account(1, "op")]).await;
    let dry = import(&operator, &rows, &["--skip-bad", "--dry-run"]);
    let real = import(&operator, &rows, &["--skip-bad"]);
    line(&real.err, "1 hashes are weak and are wrapped in bcrypt");
    for (ran, added) in [(dry, "to add         2"), (real, "added          2")] {
        assert_eq!(ran.code, 0, "{ran:?}");
        let counts = ["already here", "bad", "wrapped", "no password"]
            .map(|name| line(&ran.out, name)[15..].to_owned());
        assert_eq!(counts[..2], ["1", "4"], "{ran:?}");
        assert!(counts[2].starts_with("1: ") && counts[3].starts_with("1: "), "{ran:?}");
        line(&ran.out, added);
    }
}

#[tokio::test]
async fn unknown_fields_are_named_once_each() {
    let operator = Operator::with(&[]).await;
    let row =
        |email: &str| json!({"email": email, "shoe_size": 7, "contacts": [{"fullname": "Bob", "pet": 1}]});
    let ran = import(&operator, &[row("a@example.com"), row("b@example.com")], &[]);
    let unknown: Vec<_> = ran.out.lines().filter(|line| line.starts_with("unknown field")).collect();
    assert_eq!(unknown, ["unknown field  contacts.pet", "unknown field  shoe_size"], "{ran:?}");
}

#[tokio::test]
async fn a_weak_hash_is_wrapped_and_an_absurd_one_refused() {
    let operator = Operator::with(&[]).await;
    // MD5 of "secret".
    let md5 = "5ebe2294ecd0e0f08eab7690d2a6ee69";
    let django = "pbkdf2_sha256$1000000000$abcdefghijkl$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    let rows = [
        json!({"email": "ada@example.com", "password_hash": md5, "hash_format": "hex-md5"}),
        json!({"email": "bob@example.com", "password_hash": django}),
    ];
    let ran = import(&operator, &rows, &["--skip-bad"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        line(&ran.out, "wrapped"),
        "wrapped        1: their hashes were weak, and are stored under bcrypt"
    );
    line(&ran.err, "1 hashes are weak and are wrapped in bcrypt, which takes about");
    line(&ran.err, "line 2: password_hash: ");
    let ada = operator.store.repositories().accounts().by_id(AccountId(1)).await.unwrap().unwrap();
    let stored = ada.details.hashed_password.as_str();
    assert!(stored.starts_with("{foreign}") && stored.contains("bcrypt") && !stored.contains(md5));
}

#[tokio::test]
async fn a_text_that_is_ready_to_be_stored_is_judged_like_any_other_hash() {
    let operator = Operator::with(&[]).await;
    // SHA-256 of "secret".
    let weak = "{foreign}hex-sha256;digest,sha256,1!K7gNU3sdo-OL0wNhqoVWhr3g6s1xYv72ol_pe_Unols";
    // Whatever is typed, this would end in the SHA-256 of nothing.
    let anything = "{foreign}hex-sha256;take,0,0;digest,sha256,1!47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
    let slow = format!(
        "{{foreign}}grub-pbkdf2-sha512{}!{}",
        ";pbkdf2,sha512,4000000,64,'salt".repeat(4),
        "A".repeat(86)
    );
    let keyed = "{foreign}md5-salt-key;around,,@NOBODYS_KEY;digest,md5,1!vKYkWyqKzqWGtQC7fg9txQ";
    let rows = [
        json!({"email": "ada@example.com", "password_hash": weak}),
        json!({"email": "bob@example.com", "password_hash": anything}),
        json!({"email": "eve@example.com", "password_hash": slow, "hash_format": "vestibule"}),
        json!({"email": "zoe@example.com", "password_hash": keyed}),
    ];
    let ran = import(&operator, &rows, &["--skip-bad"]);
    assert_eq!((ran.code, line(&ran.out, "bad")), (0, "bad            3"), "{ran:?}");
    line(&ran.out, "wrapped        1");
    line(&ran.err, "line 2: password_hash: the stored text is not that of a foreign hash");
    line(&ran.err, "line 3: password_hash: the stored text is not that of a foreign hash");
    line(&ran.err, "line 4: password_hash: the import key NOBODYS_KEY is needed and not set");
    assert!(ran.err.contains("the variable VESTIBULE_IMPORT__NOBODYS_KEY gives it to the import"), "{ran:?}");
    let ada = operator.store.repositories().accounts().by_id(AccountId(1)).await.unwrap().unwrap();
    let stored = ada.details.hashed_password.as_str();
    assert!(stored.contains(";code,base64;bcrypt,") && !stored.contains("K7gNU3sdo"), "{stored}");
}

#[tokio::test]
async fn a_hash_of_the_empty_password_is_told_by_line_and_leaves_its_account_without_a_password() {
    let operator = Operator::with(&[]).await;
    // MD5 of nothing, and SHA-1 of nothing and a salt.
    let rows = [
        json!({"email": "ada@example.com", "password_hash": "d41d8cd98f00b204e9800998ecf8427e", "hash_format": "hex-md5"}),
        json!({"email": "bob@example.com", "password_hash": "5ebe2294ecd0e0f08eab7690d2a6ee69", "hash_format": "hex-md5"}),
        json!({"email": "eve@example.com", "password_hash": "{SSHA}gf6L/odXbD7LIkJvjleEc4KRes9hYmNk"}),
    ];
    let ran = import(&operator, &rows, &[]);
    assert_eq!((ran.code, line(&ran.out, "added")), (0, "added          3"), "{ran:?}");
    for told in [1, 3] {
        let told = format!("line {told}: password_hash: it is of the empty password");
        line(&ran.err, &told);
    }
    assert!(!ran.err.contains("line 2:"), "{ran:?}");
    line(&ran.out, "no password    2: ");
    line(&ran.out, "wrapped        1: ");
    let ada = operator.store.repositories().accounts().by_id(AccountId(1)).await.unwrap().unwrap();
    assert!(!ada.details.hashed_password.is_set());
}

#[tokio::test]
async fn an_export_is_private_and_imports_again_to_the_same_bytes() {
    let ada = AccountDetails { hashed_password: PasswordHash::new(HASH), ..account(1, "ada") };
    let operator = Operator::with(&[ada]).await;
    let rows = [
        json!({
            "uuid": "6b1d8a5e-55f2-4d0a-9f0e-0f7a4e6f0a11", "email": "zoe@example.com", "username": "Zoë",
            "mobile": "+33612345678", "display_name": "=1+1", "phone_number": "ext. 12", "password_hash": HASH,
            "role": "moderator", "is_active": true, "email_verified_at": "2024-05-31T12:00:00.123456Z",
            "activated_at": null, "created_at": "2020-01-01T00:00:00+02:00", "points": 12, "surface": "points", "gender": "woman",
            "avatar": "profiles/0123456789abcdef0123456789abcdef.png",
            "contacts": [
                {"fullname": "Bjo\u{308}rn", "email": "", "phone_number": 33, "birthday": "2000-02-29",
                 "additional": "x", "avatar": "https://example.com/a.png",
                 "avatar_object": "contacts/0123456789abcdef0123456789abcdef.jpg"},
                {"fullname": "Adam"},
            ],
        }),
        json!({"email": "gone@example.com", "deleted_at": "2026-01-01T00:00:00Z", "trash_reason": "spam"}),
        json!({"username": "locked", "is_active": false, "activated_at": "2020-01-01T00:00:00Z"}),
        // An address that points takes, and no other surface.
        json!({"email": ".a@b..com"}),
    ];
    assert_eq!(import(&operator, &rows, &[]).code, 0);
    let first = operator.folder().join("first.jsonl");
    let path = first.to_str().unwrap();
    let ran = operator.users(&["export", "--out", path]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&first).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(operator.users(&["export", "--out", path]).code, 1, "nothing is overwritten");
    let exported = std::fs::read_to_string(&first).unwrap();
    assert_eq!(exported.lines().count(), 5);

    let other = Operator::with(&[]).await;
    let ran = other.users(&["import", path]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = other.users(&["export"]);
    assert!(ran.code == 0 && ran.out == exported, "{exported}\n{ran:?}");
}

#[tokio::test]
async fn a_table_has_no_hashes_and_no_formulas() {
    let operator = Operator::with(&[account(1, "ada")]).await;
    let row = json!({"email": "bob@example.com", "display_name": "=1+1", "mobile": "+33612345678", "surface": "mobile"});
    assert_eq!(import(&operator, &[row], &[]).code, 0);
    let ran = operator.users(&["export", "--format", "csv"]);
    assert_eq!((ran.code, ran.out.lines().count()), (0, 3), "{ran:?}");
    assert!(ran.out.contains(",'+33612345678,'=1+1,") && !ran.out.contains("$2b$"), "{ran:?}");
    let surfaces: Vec<_> = ran.out.lines().map(|line| line.rsplit(',').next().unwrap()).collect();
    assert_eq!(surfaces, ["surface", "", "mobile"], "{ran:?}");
    assert_eq!(operator.trail()[0].0, "accounts_exported");
}

#[tokio::test]
async fn an_account_comes_without_a_name_that_it_can_spare() {
    let operator = Operator::with(&[account(1, "ada")]).await;
    let spare = ["username", "mobile"];
    let rows = [
        json!({"email": "bob@example.com", "username": "Bob"}),
        json!({"email": "bo@example.com", "username": "bob", "mobile": "+33612345678", "spare": spare}),
        json!({"email": "eve@example.com", "username": "a\nb", "spare": spare}),
        // It would have no name left.
        json!({"username": "BOB", "spare": spare}),
        json!({"mobile": "12", "spare": spare}),
        json!({"email": "zoe@example.com", "spare": ["uuid"]}),
    ];
    let ran = import(&operator, &rows, &["--skip-bad"]);
    assert_eq!((ran.code, line(&ran.out, "added")), (0, "added          3"), "{ran:?}");
    line(&ran.err, "line 2 is imported without its username: line 1 has the same username");
    line(&ran.err, "line 3 is imported without its username: a user name has no control characters");
    line(&ran.err, "line 4: line 1 has the same username");
    line(&ran.err, "line 5: mobile: ");
    line(&ran.err, "line 6: spare: it is a list of email, username and mobile");
    line(&ran.out, "left behind    2: username of an account that is imported without it");
    let again = import(&operator, &rows[..3], &[]);
    assert_eq!((again.code, line(&again.out, "already here")), (0, "already here   3"), "{again:?}");

    let taken =
        [json!({"email": "new@example.com", "username": "BOB", "mobile": "+33687654321", "spare": spare})];
    let ran = import(&operator, &taken, &[]);
    assert_eq!((ran.code, line(&ran.out, "added")), (0, "added          1"), "{ran:?}");
    line(&ran.err, "line 1 is imported without its username: the account 2 has this username already");
    let (accounts, _) = operator.store.repositories().transfer().after(AccountId(2), 10).await.unwrap();
    let kept: Vec<bool> = accounts.iter().map(|account| account.details.mobile.is_some()).collect();
    assert_eq!(kept, [true, false, true]);
    assert!(accounts.iter().all(|account| account.details.username.is_none()));
}

#[tokio::test]
async fn a_row_whose_names_belong_to_two_others_is_not_taken_for_either() {
    let named = AccountDetails { username: Some(Username::parse("bob").unwrap()), ..account(1, "somebody") };
    let operator = Operator::with(&[named, AccountDetails { username: None, ..account(2, "bob") }]).await;
    let rows = [json!({"email": "bob@example.com", "username": "bob", "spare": ["email"]})];
    let refused = import(&operator, &rows, &[]);
    assert_eq!(refused.code, 1, "{refused:?}");
    line(&refused.err, "line 1: the account 2 has this email already");
}

#[tokio::test]
async fn an_address_that_is_left_behind_leaves_no_proof_of_itself() {
    let operator = Operator::with(&[]).await;
    let proven = "2024-05-06T07:08:09Z";
    let rows =
        [json!({"email": "no address", "email_verified_at": proven, "username": "ada", "spare": ["email"]})];
    let ran = import(&operator, &rows, &[]);
    assert_eq!((ran.code, line(&ran.out, "added")), (0, "added          1"), "{ran:?}");
    let (accounts, _) = operator.store.repositories().transfer().after(AccountId(0), 10).await.unwrap();
    assert_eq!((&accounts[0].details.email, accounts[0].details.email_verified_at), (&None, None));
}

#[tokio::test]
async fn the_url_of_another_database_may_come_from_a_variable() {
    let operator = Operator::with(&[]).await;
    std::fs::copy(folder("points").join("points.sqlite"), operator.folder().join("p.sqlite")).unwrap();
    let by_variable = ["import", "--from-database-env", "OLD", "--from", "points", "--skip-bad"];
    let import = |variables: &[(&str, &str)]| operator.users_with(variables, &by_variable);
    for (variables, told) in [
        (&[][..], "the variable OLD does not hold a URL"),
        (&[("OLD", "")], "the variable OLD is empty"),
        (&[("OLD", "postgres://ada:hunter2@127.0.0.1:1/db")], "the database"),
    ] {
        let ran = import(variables);
        assert!(ran.code == 1 && ran.err.contains(told) && !ran.err.contains("hunter2"), "{ran:?}");
    }
    let ran = import(&[("OLD", "sqlite:p.sqlite")]);
    assert_eq!((ran.code, count(&operator).await as u64), (0, row("points").imported), "{ran:?}");
    // One place is enough.
    for more in [&["--from-database", "sqlite:p.sqlite"][..], &["users.csv"]] {
        assert_eq!(operator.users(&[&by_variable, more].concat()).code, 2, "{more:?}");
    }
    assert_eq!(operator.users(&["import", "--from", "points"]).code, 2);
}

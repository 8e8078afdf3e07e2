//! `vestibule contacts import` and `export`.

use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{Contact, ContactId};
use vestibule_domain::store::Store as _;

use crate::operator::{Operator, Ran, account, uuid};

const CARDS: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Example;Bob;;;\r\nFN:Bob Example\r\n\
    EMAIL;TYPE=HOME:bob@example.com\r\nitem1.EMAIL;TYPE=pref:bob@example.org\r\nTEL;TYPE=CELL:+33 6 12 34 56 78\r\n\
    BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/2Q==\r\nEND:VCARD\r\n\
    BEGIN:VCARD\r\nVERSION:3.0\r\nFN:=Zo\u{eb}\r\nBDAY:1990-05-06\r\nEND:VCARD\r\n";

/// With Ada and Bob, and a file.
async fn with_file(name: &str, text: impl AsRef<[u8]>) -> (Operator, String) {
    let operator = Operator::with(&[account(1, "ada"), account(2, "bob")]).await;
    let path = operator.folder().join(name);
    std::fs::write(&path, text).unwrap();
    (operator, path.to_str().unwrap().to_owned())
}

fn line<'a>(text: &'a str, begin: &str) -> &'a str {
    text.lines().find(|line| line.starts_with(begin)).unwrap_or_else(|| panic!("{begin}: {text}"))
}

async fn book(operator: &Operator, account: i64) -> Vec<Contact> {
    operator.store.repositories().contacts().after(AccountId(account), ContactId(0), 99).await.unwrap()
}

async fn names(operator: &Operator, account: i64) -> Vec<String> {
    book(operator, account).await.into_iter().map(|contact| contact.facts.fullname.into()).collect()
}

fn added(ran: &Ran) -> (i32, &str, &str) {
    (ran.code, line(&ran.out, "added"), line(&ran.out, "already here"))
}

#[tokio::test]
async fn cards_are_added_to_the_address_book_of_one_account_and_a_second_run_adds_nothing() {
    let (operator, file) = with_file("book.vcf", CARDS).await;
    let ran = operator.contacts(&["import", "bob@example.com", &file]);
    assert_eq!(added(&ran), (0, "added          2", "already here   0"), "{ran:?}");
    assert_eq!(line(&ran.out, "left behind"), "left behind    1: PHOTO");
    assert_eq!(line(&ran.out, "read as"), "read as        vCards, UTF-8");
    let again = operator.contacts(&["import", "2", &file]);
    assert_eq!(added(&again), (0, "added          0", "already here   2"), "{again:?}");
    assert_eq!(names(&operator, 1).await, Vec::<String>::new());
    let [bob, zoe] = &book(&operator, 2).await[..] else { panic!("not two contacts") };
    assert_eq!(bob.facts.email.as_ref().unwrap().as_str(), "bob@example.org");
    assert_eq!(bob.facts.phone_number.unwrap().get(), 33_612_345_678);
    assert_eq!(bob.facts.birthday.unwrap().to_string(), "1604-02-29");
    assert_eq!(bob.facts.additional.as_ref().unwrap().as_str(), "E-mail: bob@example.com");
    assert_eq!(zoe.facts.fullname.as_str(), "=Zo\u{eb}");
    operator.did("contacts_imported", 2);
}

#[tokio::test]
async fn bad_entries_are_named_and_nothing_is_imported_unless_they_are_left_out() {
    let text = format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\nEND:VCARD\r\n{CARDS}BEGIN:VCARD\r\n",
        "x".repeat(151)
    );
    let (operator, file) = with_file("book.vcf", text).await;
    let ran = operator.contacts(&["import", "ada", &file]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
    line(&ran.err, "card 1 (line 1): fullname: a text has at most 150 characters");
    line(&ran.err, "card 4 (line 20): END:VCARD is missing");
    assert!(
        ran.err.contains("2 of 4 entries are bad; nothing was imported. Without them: --skip-bad"),
        "{ran:?}"
    );
    assert_eq!(names(&operator, 1).await, Vec::<String>::new());
    let ran = operator.contacts(&["import", "ada", &file, "--skip-bad"]);
    assert_eq!(added(&ran), (0, "added          2", "already here   0"), "{ran:?}");
    assert_eq!(line(&ran.out, "bad"), "bad            2");
}

#[tokio::test]
async fn a_dry_run_says_the_same_and_writes_nothing() {
    let (operator, file) = with_file("book.vcf", CARDS).await;
    let ran = operator.contacts(&["import", "ada", &file, "--dry-run"]);
    assert_eq!((ran.code, line(&ran.out, "to add")), (0, "to add         2"), "{ran:?}");
    assert_eq!(names(&operator, 1).await, Vec::<String>::new());
    assert_eq!(operator.trail(), []);
}

#[tokio::test]
async fn a_table_of_outlook_in_its_own_encoding_is_read() {
    let text = b"First Name,Last Name,E-mail Address,Mobile Phone,Birthday,Notes\r\n\
                 Zo\xeb,Example,zoe@example.com,06 12 34 56 78,25/4/1990,\r\n";
    let (operator, file) = with_file("contacts.csv", text).await;
    let ran = operator.contacts(&["import", "ada", &file]);
    assert!(ran.code == 1 && ran.err.contains("--dates dmy or --dates mdy"), "{ran:?}");
    let ran = operator.contacts(&["import", "ada", &file, "--dates", "dmy"]);
    assert_eq!(added(&ran), (0, "added          1", "already here   0"), "{ran:?}");
    assert_eq!(
        line(&ran.out, "read as"),
        "read as        table of another program, comma, slashed dates day first, windows-1252"
    );
    assert_eq!(names(&operator, 1).await, ["Zo\u{eb} Example"]);
}

#[tokio::test]
async fn what_is_refused_is_said_in_a_sentence() {
    let (operator, file) = with_file("movies.csv", "names,date_x\nHeat,1995-12-15\n").await;
    for (arguments, told) in [
        (["import", "ada", &file], "this is neither a file of vCards nor a table"),
        (["import", "eve", &file], "there is no such account"),
        (["import", "ada", "nowhere.vcf"], "nowhere.vcf"),
    ] {
        let ran = operator.contacts(&arguments);
        assert!(ran.code == 1 && ran.out.is_empty() && ran.err.contains(told), "{told}: {ran:?}");
        assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    }
    assert_eq!(operator.users(&["trash", "bob", "--reason", ""]).code, 0);
    let ran = operator.contacts(&["import", "bob", &file]);
    assert!(ran.code == 1 && ran.err.contains("bob (id 2) is in the trash"), "{ran:?}");
    assert_eq!(operator.contacts(&["import", "ada"]).code, 2);
}

#[tokio::test]
async fn an_export_is_private_and_imported_as_the_same_address_book() {
    let (operator, file) = with_file("book.vcf", CARDS).await;
    assert_eq!(operator.contacts(&["import", "ada", &file]).code, 0);
    let before: Vec<_> = book(&operator, 1).await.into_iter().map(|contact| contact.facts).collect();
    for form in ["vcard", "csv"] {
        let out = operator.folder().join(form);
        let path = out.to_str().unwrap();
        let ran = operator.contacts(&["export", "ada", "--as", form, "--out", path]);
        assert_eq!(
            (ran.code, ran.out.as_str(), ran.err.as_str()),
            (0, "", "2 contacts were written.\n"),
            "{ran:?}"
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(operator.contacts(&["export", "ada", "--out", path]).code, 1, "nothing is overwritten");
        let other = Operator::with(&[account(1, "ada")]).await;
        let ran = other.contacts(&["import", "ada", path]);
        assert_eq!(added(&ran), (0, "added          2", "already here   0"), "{ran:?}");
        let after: Vec<_> = book(&other, 1).await.into_iter().map(|contact| contact.facts).collect();
        assert_eq!(after, before, "{form}");
    }
    let event = ["contacts_exported", "operator", "command", &uuid(1).to_string()].map(str::to_owned);
    assert_eq!(operator.trail()[0], event.into());
}

#[tokio::test]
async fn no_cell_of_a_table_is_a_formula() {
    let (operator, file) = with_file("book.vcf", CARDS).await;
    assert_eq!(operator.contacts(&["import", "ada", &file]).code, 0);
    let ran = operator.contacts(&["export", "ada", "--as", "csv"]);
    let table: Vec<_> = ran.out.lines().collect();
    assert_eq!(table[0], "fullname,email,phone_number,birthday,additional,avatar,avatar_object");
    assert!(table[2].starts_with("\"[\"\"=Zo\u{eb}\"\"]\",,,1990-05-06,"), "{ran:?}");
}

//! `vestibule mail test`.

use vestibule::commands::mail::send_test;
use vestibule_settings::{Settings, Source};
use vestibule_tests::backends::mailer::{mails_to, recipient};

fn settings(variables: &[(&str, &str)]) -> Settings {
    let source = variables.iter().fold(Source::default(), |source, (name, value)| source.with(name, *value));
    vestibule::surfaces::settings(&source).unwrap_or_else(|problems| panic!("{problems}"))
}

fn by(transport: &str, url: &str) -> Settings {
    settings(&[("VESTIBULE__MAIL__TRANSPORT", transport), ("VESTIBULE__MAIL__URL", url)])
}

async fn fails(address: &str, settings: &Settings) -> String {
    format!("{:#}", send_test(address, settings).await.unwrap_err())
}

#[tokio::test]
async fn a_test_mail_goes_where_mail_goes_and_its_id_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("file://{}", folder.path().display());
    let told = send_test("ada@example.com", &by("file", &url)).await.unwrap();
    let mails = mails_to(folder.path(), "ada@example.com");
    assert_eq!((mails.len(), mails[0].subject.as_str()), (1, "A test message"));
    assert!(told.contains("ada@example.com") && told.contains(&url), "{told}");
    let file = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    assert!(told.contains(file.file_stem().unwrap().to_str().unwrap()), "{told}");
}

#[tokio::test]
async fn a_test_mail_is_in_the_language_of_mail() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(&[
        ("VESTIBULE__MAIL__TRANSPORT", "file"),
        ("VESTIBULE__MAIL__URL", &format!("file://{}", folder.path().display())),
        ("VESTIBULE__MAIL__DEFAULT_LANGUAGE", "fr"),
    ]);
    send_test("ada@example.com", &settings).await.unwrap();
    let mails = mails_to(folder.path(), "ada@example.com");
    assert_eq!(mails[0].subject, "Message d’essai");
}

#[tokio::test]
async fn a_test_mail_is_worded_by_the_template_of_the_operator() {
    let (folder, templates) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let write = |name, text| std::fs::write(templates.path().join(name), text).unwrap();
    write("test.en.txt", "Subject: {{ product }} greets\n\nTo {{ email }}.");
    write("test.en.html", "<p>To <b>{{ email }}</b></p>");
    let url = format!("file://{}", folder.path().display());
    let place = templates.path().to_str().unwrap();
    let settings = settings(&[
        ("VESTIBULE__MAIL__TRANSPORT", "file"),
        ("VESTIBULE__MAIL__URL", &url),
        ("VESTIBULE__MAIL__TEMPLATES", place),
        ("VESTIBULE__BRAND__NAME", "Acme"),
    ]);
    send_test("ada@example.com", &settings).await.unwrap();
    let mails = mails_to(folder.path(), "ada@example.com");
    let [mail] = &mails[..] else { panic!("{mails:?}") };
    assert_eq!((mail.subject.as_str(), mail.text.trim_end()), ("Acme greets", "To ada@example.com."));
    assert_eq!(mail.html.trim_end(), "<p>To <b>ada@example.com</b></p>");
    write("test.en.html", "{{ oops");
    let told = fails("ada@example.com", &settings).await;
    assert!(told.starts_with("mail.templates: ") && told.contains("test.en.html cannot be used"), "{told}");
    assert_eq!(mails_to(folder.path(), "ada@example.com").len(), 1, "nothing was sent");
}

#[tokio::test]
#[cfg_attr(not(service_smtp), ignore = "no SMTP: ./scripts/services start")]
async fn a_test_mail_reaches_a_server() {
    let ada = recipient();
    let told = send_test(&ada, &by("smtp", &vestibule_tests::service("smtp"))).await.unwrap();
    assert!(told.contains("addresses with letters outside ASCII"), "{told}");
    let folder = vestibule_tests::service("smtp_folder");
    assert_eq!(mails_to(std::path::Path::new(&folder), &ada).len(), 1);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_without_its_password() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let told = fails("ada@example.com", &by("smtp", &format!("smtp://me:hunter2@127.0.0.1:{port}"))).await;
    assert!(told.starts_with(&format!("no mail by smtp://me:***@127.0.0.1:{port}: ")), "{told}");
    assert!(!told.contains("hunter2"), "{told}");
}

#[tokio::test]
async fn captured_mail_and_an_address_that_is_none_are_refused() {
    let told = fails("ada@example.com", &settings(&[])).await;
    assert!(told.starts_with("nothing leaves with mail.transport = \"capture\""), "{told}");
    let told = fails("ada@example.com\r\nBcc: eve@example.com", &settings(&[])).await;
    assert!(told.starts_with("ADDRESS: "), "{told}");
}

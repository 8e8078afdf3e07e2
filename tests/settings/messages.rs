//! How mail and SMS leave.

use std::path::PathBuf;

use vestibule_settings::{MailTransport, SmsTransport, Source};

use crate::given::{ACCESS, problem, problems, production, settings, variables};

/// Mail by these means, in development.
fn mail(transport: &str, url: &str) -> Source {
    variables(&[("VESTIBULE__MAIL__TRANSPORT", transport), ("VESTIBULE__MAIL__URL", url)])
}

fn webhook(url: &str) -> Source {
    variables(&[
        ("VESTIBULE__SMS__TRANSPORT", "webhook"),
        ("VESTIBULE__SMS__URL", url),
        ("VESTIBULE__SMS__SECRET", ACCESS),
    ])
}

#[test]
fn mail_into_a_folder_needs_the_folder() {
    let problem = problem(&variables(&[("VESTIBULE__MAIL__TRANSPORT", "file")]));
    assert_eq!("mail.url: is missing; mail.transport = \"file\" needs it", problem);
    for (url, folder) in [("file://data/mail", "data/mail"), ("file:///var/spool/mail", "/var/spool/mail")] {
        assert_eq!(Some(PathBuf::from(folder)), settings(&mail("file", url)).mail.folder());
    }
}

#[test]
fn mail_into_a_folder_is_for_production_too() {
    let source = production()
        .with("VESTIBULE__MAIL__TRANSPORT", "file")
        .with("VESTIBULE__MAIL__URL", "file:///var/spool/mail");
    assert_eq!(MailTransport::File, settings(&source).mail.transport);
}

#[test]
fn an_address_of_the_other_kind_is_refused() {
    let problem_of = |transport, url| problem(&mail(transport, url));
    assert!(problem_of("file", "smtps://mail.test").contains("must be a file:// folder"));
    assert!(problem_of("smtp", "file://data/mail").contains("must be an smtp:// or smtps:// address"));
}

#[test]
fn mail_leaves_in_the_clear_for_this_machine_only() {
    for url in ["smtp://mail:1025?tls=none", "smtp://10.0.0.1?tls=none", "smtp://localhost.test?tls=none"] {
        let problem = problem(&mail("smtp", url));
        assert!(problem.contains("must not have tls=none but for this machine"), "{problem}");
        let allowed = settings(&mail("smtp", url).with("VESTIBULE__MAIL__ALLOW_PLAIN", "true"));
        assert!(allowed.mail.allow_plain);
    }
    for url in [
        "smtp://mail.test",
        "smtps://mail.test",
        "smtp://mail.test?tls=required",
        "smtp://localhost?tls=none",
        "smtp://127.0.0.1:1025?tls=none",
        "smtp://[::1]?tls=none",
    ] {
        assert_eq!(problems(&mail("smtp", url)), [] as [String; 0], "{url}");
    }
}

#[test]
fn sms_are_captured_where_mail_is_and_else_there_are_none() {
    assert_eq!(SmsTransport::Capture, settings(&variables(&[])).sms.transport);
    assert_eq!(SmsTransport::Off, settings(&mail("smtp", "smtp://localhost")).sms.transport);
    assert_eq!(SmsTransport::Off, settings(&production()).sms.transport);
}

#[test]
fn sms_that_nobody_gets_are_refused_in_production() {
    let problem = problem(&production().with("VESTIBULE__SMS__TRANSPORT", "capture"));
    assert!(problem.contains("must not be \"capture\" in production"), "{problem}");
}

#[test]
fn captured_sms_are_not_for_strangers() {
    let source = mail("smtp", "smtp://localhost")
        .with("VESTIBULE__POSTURE", "hardened")
        .with("VESTIBULE__SERVER__HOST", "0.0.0.0");
    settings(&source);
    let problem = problem(&source.with("VESTIBULE__SMS__TRANSPORT", "capture"));
    assert!(problem.contains("sms.transport = \"capture\" ("), "{problem}");
    assert!(!problem.contains("mail.transport = \"capture\""), "{problem}");
}

#[test]
fn a_webhook_needs_an_address_and_a_secret() {
    let problems = problems(&variables(&[("VESTIBULE__SMS__TRANSPORT", "webhook")]));
    let expected =
        ["url", "secret"].map(|key| format!("sms.{key}: is missing; sms.transport = \"webhook\" needs it"));
    assert_eq!(problems, expected);
    assert_eq!(SmsTransport::Webhook, settings(&webhook("https://sms.test/send")).sms.transport);
}

#[test]
fn a_webhook_is_called_in_the_clear_on_this_machine_only() {
    for url in ["http://localhost:9/", "http://127.0.0.1:9/send", "http://[::1]/"] {
        settings(&webhook(url));
    }
    for url in
        ["http://sms.test/", "http://10.0.0.1/", "http://localhost.test/", "ftp://sms.test", "sms.test"]
    {
        let problem = problem(&webhook(url));
        assert!(problem.ends_with("must be an https:// address, or http:// on this machine"), "{problem}");
    }
}

#[test]
fn a_weak_secret_of_a_webhook_is_refused() {
    let problem = problem(&webhook("https://sms.test").with("VESTIBULE__SMS__SECRET", "hunter2"));
    assert!(problem.contains("is too short") && !problem.contains("hunter2"), "{problem}");
}

#[test]
fn no_secret_of_a_webhook_is_shown() {
    let settings = settings(&webhook("https://me:hunter2@sms.test/?key=hunter2"));
    for text in [settings.show(), format!("{settings:?}")] {
        assert!(!text.contains("hunter2") && !text.contains(ACCESS), "{text}");
    }
}

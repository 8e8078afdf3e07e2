//! `vestibule mail preview`, and templates that cannot be used.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use time::OffsetDateTime;
use vestibule::surfaces::SURFACES;
use vestibule_application::messages::SampleMessage;
use vestibule_domain::messages::Notice;

fn preview(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_node"));
    command.current_dir(folder.path()).args(["mail", "preview"]).args(arguments);
    command.envs(variables.iter().copied()).output().unwrap()
}

fn shown(arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let output = preview(arguments, variables);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_message_is_shown_in_the_language_of_mail_and_nothing_is_made() {
    let all = shown(&[], &[("VESTIBULE__BRAND__NAME", "Acme"), ("VESTIBULE__MAIL__DEFAULT_LANGUAGE", "fr")]);
    for (name, words) in [
        ("activate_account", "Subject: Activez votre compte"),
        ("reset_password", "Acme"),
        ("account_deleted", "Subject: Votre compte a été supprimé"),
        ("account_restored", "Le compte Acme de ada@example.com, qui était supprimé"),
        ("verification_sms", "Acme : votre code est 123456."),
    ] {
        let message = all.split(&format!("== {name} ==\n")).nth(1).unwrap_or_else(|| panic!("{name}: {all}"));
        assert!(message.split("\n== ").next().unwrap().contains(words), "{name}: {message}");
    }
    assert_eq!(all.matches("== ").count(), 9, "{all}");
}

#[test]
fn a_reset_is_shown_as_one_of_a_surface_that_mails_resets() {
    let notice = SampleMessage::ResetPassword.notice(OffsetDateTime::UNIX_EPOCH);
    let Notice::ResetPassword { surface, valid_minutes, .. } = notice else { panic!("{}", notice.name()) };
    let mailed = SURFACES.iter().filter_map(|surface| surface.reset).find(|reset| reset.surface == surface);
    let life = mailed.map(|reset| reset.token_life.as_secs());
    assert_eq!(life, Some(u64::from(valid_minutes) * 60), "{surface}");
    let text = shown(&["reset_password", "--language", "en"], &[]);
    assert!(text.contains(&format!("reset-password?surface={surface}&email=ada%40example.com&")), "{text}");
}

#[test]
fn one_message_is_shown_as_html() {
    let html = shown(&["reset_password", "--language", "en", "--html"], &[]);
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("Choose a new password"), "{html}");
    let refused = preview(&["verification_sms", "--html"], &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(String::from_utf8(refused.stderr).unwrap(), "Error: an SMS has no HTML part\n");
    assert_eq!(preview(&["unknown"], &[]).status.code(), Some(2));
}

/// What is said of a folder with these files.
fn said_of(files: &[(&str, &str)]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let place = folder.path().to_str().unwrap();
    let output = preview(&["test", "--language", "en"], &[("VESTIBULE__MAIL__TEMPLATES", place)]);
    let text = |bytes| String::from_utf8(bytes).unwrap().replace(&format!("{place}/"), "");
    (text(output.stdout), text(output.stderr))
}

#[test]
fn a_template_of_the_operator_is_shown() {
    let (shown, said) =
        said_of(&[("test.en.txt", "Subject: Hi\n\nTo {{ email }}."), ("test.en.html", "<p>Hi</p>")]);
    assert_eq!(said, "");
    assert_eq!(shown, "== test ==\nTo: ada@example.com\nSubject: Hi\n\nTo ada@example.com.\n");
}

#[test]
fn a_template_that_cannot_be_used_stops_the_start_and_is_named() {
    let text = ("test.en.txt", "Subject: Hi\n\nHi");
    let html = ("test.en.html", "<p>Hi</p>");
    let confirm_html = ("confirm_email.fr.html", "{{ link }}");
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[text], "test.en.html is missing: a mail has a text and an HTML part"),
        (&[html], "test.en.txt is missing: a mail has a text and an HTML part"),
        (
            &[("tset.en.txt", "")],
            "tset.en.txt is the template of no message: name it as one of activate_account,",
        ),
        (&[("test.de.txt", "")], "test.de.txt is the template of no message"),
        (
            &[("test.en.txt", "Hi"), html],
            "test.en.txt does not begin with a line \"Subject: …\" and an empty one",
        ),
        (
            &[("test.en.txt", "Subject: Hi\nHi"), html],
            "test.en.txt does not begin with a line \"Subject: …\"",
        ),
        (&[("test.en.txt", "Subject: \n\nHi"), html], "the subject of test.en.txt is not one line of text"),
        (&[text, ("test.en.html", "{{ oops")], "test.en.html cannot be used: syntax error"),
        (&[text, ("test.en.html", "{{ token }}")], "test.en.html cannot be used: undefined value"),
        (
            &[("confirm_email.fr.txt", "Subject: Hi\n\n{{ link }} {{ name }}"), confirm_html],
            "confirm_email.fr.txt cannot be used: undefined value",
        ),
        // Where it came from is not always known.
        (
            &[
                (
                    "activate_account.en.txt",
                    "Subject: Hi\n\n{{ link }}{% if requested_at is defined %}{{ client_address }}{% endif %}",
                ),
                ("activate_account.en.html", "{{ link }}"),
            ],
            "activate_account.en.txt cannot be used: undefined value (in activate_account.en.txt:3)",
        ),
        // The trash may be kept for ever, and staff does not bring itself back.
        (
            &[("account_deleted.en.txt", "Subject: Hi\n\n{{ until }}"), ("account_deleted.en.html", "Hi")],
            "account_deleted.en.txt cannot be used: undefined value (in account_deleted.en.txt:3)",
        ),
        (
            &[
                (
                    "account_deleted.fr.txt",
                    "Subject: Hi\n\n{% if until is defined %}{{ until }}{% endif %} {{ product }}",
                ),
                ("account_deleted.fr.html", "{% if until is defined %}{{ link }}{% endif %}"),
            ],
            "account_deleted.fr.html cannot be used: undefined value",
        ),
        (
            &[
                text,
                (
                    "test.en.html",
                    "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
                ),
            ],
            "test.en.html cannot be used: ",
        ),
        (&[("_base.html", "{% if %}"), text, html], "_base.html cannot be used: syntax error"),
        (
            &[("confirm_email.fr.txt", "Subject: Hi\n\nHi"), confirm_html],
            "confirm_email.fr.txt shows neither {{ link }} nor {{ token }}, without which the mail is of no use",
        ),
    ];
    for (files, expected) in cases {
        let (shown, said) = said_of(files);
        assert_eq!(shown, "", "{files:?}");
        assert!(said.starts_with("Error: mail.templates: ") && said.contains(expected), "{files:?}: {said}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let output = preview(&[], &[("VESTIBULE__MAIL__TEMPLATES", "/nowhere/at/all")]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("Error: mail.templates: /nowhere/at/all cannot be read: "), "{said}");
    assert!(!Path::new("/nowhere").exists());
}

#[test]
fn a_logo_that_is_none_stops_the_start_and_no_other_command() {
    let folder = tempfile::tempdir().unwrap();
    let logo = folder.path().join("logo.svg");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_node"));
        let command = command.current_dir(folder.path()).args(arguments).env("VESTIBULE__SERVER__PORT", "0");
        let output = command.env("VESTIBULE__BRAND__LOGO", &logo).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for (content, said) in [
        (None, " cannot be read: "),
        (Some("<html></html>".to_owned()), " is no SVG, PNG, JPEG or WebP"),
        (Some(format!("<svg>{}</svg>", " ".repeat(256 * 1024))), " is larger than 256 KiB"),
    ] {
        if let Some(content) = content {
            fs::write(&logo, content).unwrap();
        }
        let (code, told) = run(&["serve"]);
        assert_eq!(code, Some(1), "{told}");
        assert!(told.contains(&format!("brand.logo: the file {}{said}", logo.display())), "{told}");
        assert!(!folder.path().join("data/vestibule.db").exists(), "{told}");
    }
    assert_eq!(run(&["mail", "preview", "test"]).0, Some(0));
}

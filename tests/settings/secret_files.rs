//! Secrets that are files.

use std::path::Path;

use vestibule_settings::Source;

use crate::given::{ACCESS, REFRESH, problem, production, settings, variables};

const REFERENCE: &str = include_str!("../../docs/configuration.md");

/// Production whose access secret is in this file.
fn with_file(file: &Path) -> Source {
    variables(&[
        ("VESTIBULE_ENV", "production"),
        ("VESTIBULE__SERVER__PUBLIC_URL", "https://accounts.example.org"),
        ("VESTIBULE__MAIL__URL", "smtps://me:hunter2-mail@mail.example.org"),
        ("VESTIBULE__MAIL__FROM", "no-reply@example.org"),
        ("VESTIBULE__TOKENS__REFRESH_SECRET", REFRESH),
        ("VESTIBULE__TOKENS__ACCESS_SECRET_FILE", file.to_str().unwrap()),
    ])
}

/// The one problem with a file of this text.
fn problem_with(text: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("access");
    std::fs::write(&file, text).unwrap();
    problem(&with_file(&file))
}

#[test]
fn a_secret_is_the_text_of_a_file_without_the_line_break_at_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("access");
    for end in ["", "\n", "\r\n"] {
        std::fs::write(&file, format!("{ACCESS}{end}")).unwrap();
        let settings = settings(&with_file(&file));
        assert_eq!(settings.tokens.secrets().unwrap().access.reveal(), ACCESS);
        assert!(!settings.show().contains(ACCESS));
    }
}

#[test]
fn a_file_that_is_missing_is_named_by_its_variable() {
    let folder = tempfile::tempdir().unwrap();
    let problem = problem(&with_file(&folder.path().join("no-such")));
    let told = "tokens.access_secret (VESTIBULE__TOKENS__ACCESS_SECRET_FILE): names a file that cannot be read: No such";
    assert!(problem.starts_with(told), "{problem}");
}

#[test]
fn a_file_that_is_empty_is_refused() {
    for empty in [&b""[..], b"\n", b"\r\n\n"] {
        let problem = problem_with(empty);
        assert!(problem.ends_with("_FILE): names a file that is empty"), "{problem}");
    }
}

#[test]
fn what_is_wrong_with_the_secret_itself_names_the_variable_and_quotes_nothing() {
    let problem = problem_with(b"hunter2\n");
    assert!(problem.contains("(VESTIBULE__TOKENS__ACCESS_SECRET_FILE): is too short"), "{problem}");
    assert!(!problem.contains("hunter2"), "{problem}");
    assert!(problem_with(b"\xff\xfe").contains("cannot be read"));
}

#[test]
fn a_secret_and_its_file_are_not_given_both() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("access");
    std::fs::write(&file, ACCESS).unwrap();
    for secret in [ACCESS, ""] {
        let problem = problem(&with_file(&file).with("VESTIBULE__TOKENS__ACCESS_SECRET", secret));
        let told = "is given together with VESTIBULE__TOKENS__ACCESS_SECRET; give one of them";
        assert!(problem.ends_with(told), "{problem}");
    }
}

#[test]
fn an_empty_variable_names_no_file() {
    let source = production().with("VESTIBULE__TOKENS__ACCESS_SECRET_FILE", "");
    assert_eq!(settings(&source).tokens.secrets().unwrap().access.reveal(), ACCESS);
}

#[test]
fn an_empty_variable_is_refused_where_an_empty_text_is() {
    let problems = crate::given::problems(&variables(&[("VESTIBULE__CACHE__URL_FILE", "")]));
    assert!(problems.iter().any(|problem| problem.starts_with("cache.url")), "{problems:#?}");
    assert!(crate::given::problems(&variables(&[("VESTIBULE__MAIL__URL_FILE", "")])).is_empty());
}

#[test]
fn every_setting_that_the_reference_calls_secret_and_no_other_can_be_a_file() {
    for row in REFERENCE.lines().filter(|line| line.contains("| `VESTIBULE__")) {
        let cells: Vec<&str> = row.split(" | ").collect();
        let variable = cells[1].trim_matches('`');
        let given = format!("{variable}_FILE");
        let problems = crate::given::problems(&variables(&[(&given, "no-such-file")]));
        let is_read = problems.iter().any(|problem| problem.contains("names a file that cannot be read"));
        let is_secret = cells[2].contains("secret");
        assert_eq!(is_read, is_secret, "{variable}: {problems:#?}");
        assert!(
            is_secret || problems.iter().any(|problem| problem.contains("is not a setting")),
            "{variable}"
        );
    }
}

//! How problems are told.

use vestibule_settings::{Place, Source};

use crate::given::{problem, problems, variables};

#[test]
fn all_problems_are_named_together() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("local.toml"), "tokens = 3\n[server]\nport = true\n[cinema]\nx = 1\n")
        .unwrap();
    let source = variables(&[
        ("VESTIBULE__SERVER__WORKERS", "many"),
        ("VESTIBULE__LOG__LEVEL", "loud"),
        ("VESTIBULE__MAIL__TRANSPORT", "smtp"),
        ("VESTIBULE__TOKENS__REFRESH_SECRET", "hunter2"),
        ("VESTIBULE__PASWORD__QUEUE", "1"),
    ])
    .in_folder(folder.path());
    let problems = problems(&source);
    let keys: Vec<&str> = problems.iter().filter_map(|problem| problem.split([' ', ':']).next()).collect();
    assert_eq!(
        vec![
            "tokens",
            "server.port",
            "server.workers",
            "mail.url",
            "tokens.refresh_secret",
            "log.level",
            "cinema",
            "pasword"
        ],
        keys,
        "{problems:#?}"
    );
    assert!(!problems.concat().contains("hunter2"), "{problems:#?}");
}

#[test]
fn a_problem_says_where_the_value_came_from() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("local.toml");
    std::fs::write(&file, "[server]\nport = true\n").unwrap();
    let problems = vestibule::surfaces::settings(&Source::default().in_folder(folder.path())).unwrap_err();
    let place = Place::Key { key: "server.port".to_owned(), origin: Some(file.display().to_string()) };
    assert_eq!(Some(&place), problems.iter().next().map(vestibule_settings::Problem::place));
}

#[test]
fn a_misspelt_key_is_told_what_was_meant() {
    let hint = |variable| problem(&variables(&[(variable, "1")]));
    for (variable, meant) in [
        ("VESTIBULE__SERVER__PROT", "server.port"),
        ("VESTIBULE__SEVER", "server"),
        ("VESTIBULE__PORT", "database.port or server.port"),
        ("VESTIBULE__SURFACES__THEATRE__ACCESS", "surfaces.theater"),
        ("VESTIBULE__POSTRUE", "posture"),
    ] {
        let problem = hint(variable);
        assert!(problem.ends_with(&format!("is not a setting; did you mean {meant}?")), "{problem}");
    }
}

#[test]
fn a_key_that_is_like_no_other_is_told_what_there_is() {
    let problem = problem(&variables(&[("VESTIBULE__LOG__COLOUR", "1")]));
    assert_eq!("log.colour (VESTIBULE__LOG__COLOUR): is not a setting; known here: format, level", problem);
}

#[test]
fn an_unknown_surface_is_one_problem_that_names_all_its_origins() {
    let problem = problem(&variables(&[
        ("VESTIBULE__SURFACES__CINEMA__ENABLED", "true"),
        ("VESTIBULE__SURFACES__CINEMA__ACCESS", "1m"),
    ]));
    let mut known = vestibule::surfaces::SURFACES.map(|surface| surface.section.name);
    known.sort_unstable();
    let expected = format!(
        "surfaces.cinema (VESTIBULE__SURFACES__CINEMA__ACCESS, VESTIBULE__SURFACES__CINEMA__ENABLED): \
         is not a setting; known here: {}",
        known.join(", ")
    );
    assert_eq!(expected, problem);
}

#[test]
fn a_value_in_place_of_a_section_is_named_once_and_hides_nothing() {
    let problems = problems(&variables(&[("VESTIBULE__SERVER", "x"), ("VESTIBULE__LOG__LEVEL", "x")]));
    assert_eq!(2, problems.len(), "{problems:#?}");
    assert_eq!(
        "server (VESTIBULE__SERVER): is a section, not a value",
        problems.concat().split("log.").next().unwrap()
    );
}

#[test]
fn a_section_in_place_of_a_value_is_named() {
    let problem = problem(&variables(&[("VESTIBULE__SERVER__PORT__NUMBER", "1")]));
    assert!(problem.starts_with("server.port: must be a whole number"), "{problem}");
}

#[test]
fn no_variable_is_dropped_silently_when_two_are_in_each_others_way() {
    let problems = problems(&variables(&[
        ("VESTIBULE__SERVER", "x"),
        ("VESTIBULE__SERVER__PORT", "1"),
        ("VESTIBULE__LOG__LEVEL", "info"),
        ("VESTIBULE__LOG__LEVEL__HTTP", "1"),
    ]));
    assert_eq!(3, problems.len(), "{problems:#?}");
    assert!(problems.iter().any(|problem| problem.starts_with("log.level.http (")), "{problems:#?}");
}

#[test]
fn a_variable_with_one_underscore_too_few_is_named() {
    let problem = problem(&variables(&[("VESTIBULE_SERVER__PORT", "1")]));
    assert_eq!(
        "server.port (VESTIBULE_SERVER__PORT): is not read; did you mean VESTIBULE__SERVER__PORT?",
        problem
    );
}

#[test]
fn a_variable_that_could_be_no_key_is_named() {
    for variable in ["VESTIBULE__", "VESTIBULE__A.B", "VESTIBULE____PORT", "VESTIBULE__SERVER__"] {
        let problem = problem(&variables(&[(variable, "1")]));
        assert!(problem.contains(&format!("({variable}): is not a setting")), "{problem}");
    }
}

#[test]
fn variables_of_an_orchestrator_are_left_alone() {
    let source =
        variables(&[("VESTIBULE_PORT", "tcp://10.0.0.1:80"), ("VESTIBULE_SERVICE_HOST", "10.0.0.1")]);
    assert!(problems(&source).is_empty());
}

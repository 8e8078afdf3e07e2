//! Variables that look like ours.

use vestibule_settings::Settings;

use crate::given::{problem, settings, variables};

#[test]
fn a_variable_with_other_underscores_or_letter_case_is_named_with_the_one_that_is_read() {
    for (given, meant) in [
        ("VESTIBULE_SERVER_PORT", "VESTIBULE__SERVER__PORT"),
        ("VESTIBULE_SERVER__PORT", "VESTIBULE__SERVER__PORT"),
        ("VESTIBULE_MAIL_URL", "VESTIBULE__MAIL__URL"),
        ("VESTIBULE_DATABASE_MAX_CONNECTIONS", "VESTIBULE__DATABASE__MAX_CONNECTIONS"),
        ("VESTIBULE_SURFACES_THEATER_ACCESS", "VESTIBULE__SURFACES__THEATER__ACCESS"),
        ("vestibule__server__port", "VESTIBULE__SERVER__PORT"),
        ("Vestibule__Server__Port", "VESTIBULE__SERVER__PORT"),
        ("VESTIBULE_POSTURE", "VESTIBULE__POSTURE"),
        ("vestibule_env", "VESTIBULE_ENV"),
        ("VESTIBULE_NO__SUCH", "VESTIBULE__NO__SUCH"),
        ("VESTIBULE_SERVER_PROT", "VESTIBULE__SERVER__PORT"),
        ("VESTIBULE_SEREVR_PORT", "VESTIBULE__SERVER__PORT"),
        ("VESTIBULE_SERVER__PROT", "VESTIBULE__SERVER__PORT"),
        ("VESTIBULE_TOKEN_ACCESS_SECRET", "VESTIBULE__TOKENS__ACCESS_SECRET"),
        ("VESTIBULE_CONFIGDIR", "VESTIBULE_CONFIG_DIR"),
    ] {
        let problem = problem(&variables(&[(given, "1")]));
        assert!(problem.ends_with(&format!("({given}): is not read; did you mean {meant}?")), "{problem}");
    }
}

#[test]
fn the_migration_binary_names_them_too() {
    let source = variables(&[("VESTIBULE_DATABASE_URL", "sqlite::memory:")]);
    let problems = Settings::load_database_from(&source).unwrap_err().to_string();
    assert!(problems.contains("did you mean VESTIBULE__DATABASE__URL?"), "{problems}");
}

#[test]
fn what_kubernetes_sets_for_a_service_is_passed_over() {
    for service in ["VESTIBULE", "VESTIBULE_SERVER", "VESTIBULE_MAIL"] {
        let of_a_service = [
            ("SERVICE_HOST", "10.0.0.1"),
            ("SERVICE_PORT", "8000"),
            ("SERVICE_PORT_HTTP", "8000"),
            ("PORT", "tcp://10.0.0.1:8000"),
            ("PORT_8000_TCP", "tcp://10.0.0.1:8000"),
            ("PORT_8000_TCP_PROTO", "tcp"),
            ("PORT_8000_TCP_PORT", "8000"),
            ("PORT_8000_TCP_ADDR", "10.0.0.1"),
        ];
        for (rest, value) in of_a_service {
            settings(&variables(&[(&format!("{service}_{rest}"), value)]));
        }
    }
}

#[test]
fn keys_of_other_systems_are_passed_over() {
    // `crates/api/src/bootstrap/import_keys.rs` reads them. Some are called like parts of settings.
    for key in ["PEPPER", "SALT_KEY", "SECRET", "SERVER__PORT", "no-such", ""] {
        let settings = settings(&variables(&[(&format!("VESTIBULE_IMPORT__{key}"), "sample")]));
        assert!(settings.warnings().is_empty(), "{key}: {:?}", settings.warnings());
    }
    let warnings = settings(&variables(&[("VESTIBULE_IMPORT_PEPPER", "sample")])).warnings().join("\n");
    assert_eq!(warnings, "VESTIBULE_IMPORT_PEPPER is not read; settings begin with VESTIBULE__");
}

#[test]
fn variables_of_others_that_begin_like_ours_are_warned_of() {
    for name in ["VESTIBULE_VERSION", "VESTIBULE_PORT", "VESTIBULE_CONFIG"] {
        let warnings = settings(&variables(&[(name, "1")])).warnings().join("\n");
        assert_eq!(warnings, format!("{name} is not read; settings begin with VESTIBULE__"));
    }
    let scripts = variables(&[("VESTIBULE_TEST_REDIS", "redis://localhost")]);
    assert!(settings(&scripts).warnings().is_empty());
}

#[test]
fn a_setting_with_an_underscore_too_few_inside_is_named_with_the_one_that_is_meant() {
    for (given, meant) in [
        ("VESTIBULE__SERVER_PORT", "server.port"),
        ("VESTIBULE__SURFACES_CONTACTS_PASSWORD_MAX", "surfaces.contacts.password_max"),
        ("VESTIBULE__ENV", "the variable VESTIBULE_ENV"),
        ("VESTIBULE__CONFIG_DIR", "the variable VESTIBULE_CONFIG_DIR"),
    ] {
        let problem = problem(&variables(&[(given, "1")]));
        assert!(problem.ends_with(&format!("is not a setting; did you mean {meant}?")), "{problem}");
    }
}

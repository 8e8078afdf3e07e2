//! Doors, and who can reach them.

use vestibule_settings::{Door, Surface};

use crate::given::{problem, settings, variables};

const ON_NETWORK: (&str, &str) = ("VESTIBULE__SERVER__HOST", "0.0.0.0");

fn is_open(given: &[(&str, &str)]) -> bool {
    settings(&variables(given)).doors.is_open(Door::CatalogueWrites)
}

#[test]
fn the_posture_decides_about_doors_that_are_not_set() {
    assert!(is_open(&[]));
    assert!(!is_open(&[("VESTIBULE__POSTURE", "hardened")]));
}

#[test]
fn a_door_can_be_set_alone() {
    assert!(!is_open(&[("VESTIBULE__DOORS__CATALOGUE_WRITES", "false")]));
    assert!(is_open(&[
        ("VESTIBULE__POSTURE", "hardened"),
        ("VESTIBULE__DOORS__CATALOGUE_WRITES", "true")
    ]));
}

#[test]
fn a_door_of_a_surface_that_is_not_served_is_closed() {
    assert!(!is_open(&[("VESTIBULE__SURFACES__THEATER__ENABLED", "false")]));
}

#[test]
fn an_open_door_is_not_for_the_network() {
    for host in ["0.0.0.0", "::", "192.168.1.10", "accounts.example.org"] {
        let problem = problem(&variables(&[("VESTIBULE__SERVER__HOST", host)]));
        assert!(
            problem.starts_with("server.host (VESTIBULE__SERVER__HOST): is not loopback"),
            "{problem}"
        );
        assert!(
            problem.contains("doors.catalogue_writes (Anyone creates, changes and deletes movies)"),
            "{problem}"
        );
    }
}

#[test]
fn an_open_door_is_refused_whatever_else_is_wrong() {
    let source = variables(&[ON_NETWORK, ("VESTIBULE__SERVER__PORT", "x")]);
    let problems = crate::given::problems(&source);
    assert!(
        problems.iter().any(|problem| problem.contains("is not loopback")),
        "{problems:#?}"
    );
}

#[test]
fn a_door_that_is_neither_open_nor_closed_is_one_problem() {
    for (variable, value) in [
        ("VESTIBULE__DOORS__CATALOGUE_WRITES", "1"),
        ("VESTIBULE__POSTURE", "x"),
    ] {
        let problem = problem(&variables(&[ON_NETWORK, (variable, value)]));
        assert!(problem.contains(variable), "{problem}");
    }
}

#[test]
fn loopback_has_many_names() {
    for host in [
        "localhost",
        "LOCALHOST",
        "127.0.0.1",
        "127.9.9.9",
        "::1",
        "[::1]",
        "::ffff:127.0.0.1",
    ] {
        assert!(is_open(&[("VESTIBULE__SERVER__HOST", host)]), "{host}");
    }
}

#[test]
fn the_network_is_allowed_when_nothing_is_open_or_it_is_said_so() {
    assert!(!is_open(&[ON_NETWORK, ("VESTIBULE__POSTURE", "hardened")]));
    assert!(!is_open(&[
        ON_NETWORK,
        ("VESTIBULE__SURFACES__THEATER__ENABLED", "false")
    ]));
    assert!(is_open(&[
        ON_NETWORK,
        ("VESTIBULE__DOORS__ALLOW_ON_NETWORK", "true")
    ]));
}

#[test]
fn open_doors_are_listed() {
    let doors = settings(&variables(&[])).doors;
    assert_eq!(vec![Door::CatalogueWrites], doors.open().collect::<Vec<_>>());
    assert_eq!(
        ("catalogue_writes", Surface::Theater),
        (Door::CatalogueWrites.key(), Door::CatalogueWrites.surface())
    );
}

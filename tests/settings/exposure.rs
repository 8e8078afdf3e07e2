//! What is open, and who can reach it.

use vestibule_settings::{Door, Source};

use crate::given::{problem, problems, production, settings, variables};

type Variable = (&'static str, &'static str);

const ON_NETWORK: Variable = ("VESTIBULE__SERVER__HOST", "0.0.0.0");
const PUBLIC: Variable = ("VESTIBULE__SERVER__PUBLIC_URL", "https://accounts.example.org");
const PROXY: Variable = ("VESTIBULE__SERVER__TRUSTED_PROXIES", "127.0.0.1");
/// Each is a way in for strangers.
const WAYS: [Variable; 3] = [ON_NETWORK, PUBLIC, PROXY];
const ALLOWED: Variable = ("VESTIBULE__DOORS__ALLOW_ON_NETWORK", "true");
const HARDENED: Variable = ("VESTIBULE__POSTURE", "hardened");
/// Mail that leaves.
const SENT: [Variable; 2] =
    [("VESTIBULE__MAIL__TRANSPORT", "smtp"), ("VESTIBULE__MAIL__URL", "smtp://localhost")];

/// With mail that leaves: what else is open are the doors.
fn with_sent_mail(given: &[Variable]) -> Source {
    SENT.iter().fold(variables(given), |source, (name, value)| source.with(name, *value))
}

#[test]
fn an_open_door_is_not_for_the_network() {
    for host in ["0.0.0.0", "::", "192.168.1.10", "accounts.example.org"] {
        let problem = problem(&with_sent_mail(&[("VESTIBULE__SERVER__HOST", host)]));
        assert!(
            problem.starts_with("server.host (VESTIBULE__SERVER__HOST): is not loopback, and strangers"),
            "{problem}"
        );
        assert!(
            problem.contains("doors.catalogue_writes (Anyone creates, changes and deletes movies)"),
            "{problem}"
        );
        assert!(problem.ends_with("or say doors.allow_on_network = true"), "{problem}");
    }
}

#[test]
fn an_open_door_is_not_for_a_proxy_on_this_machine() {
    for (given, begins) in [
        (
            PUBLIC,
            "server.public_url (VESTIBULE__SERVER__PUBLIC_URL): does not lead to loopback, and strangers",
        ),
        (PROXY, "server.trusted_proxies (VESTIBULE__SERVER__TRUSTED_PROXIES): is not empty, and strangers"),
    ] {
        let problem = problem(&with_sent_mail(&[given]));
        assert!(problem.starts_with(begins), "{problem}");
        assert!(problem.contains("doors.catalogue_writes"), "{problem}");
    }
}

#[test]
fn captured_mail_is_not_for_strangers_even_with_every_door_closed() {
    for way in WAYS {
        let problem = problem(&variables(&[way, HARDENED]));
        assert!(problem.starts_with(&format!("{} ({}): ", key_of(way.0), way.0)), "{problem}");
        assert!(problem.contains("mail.transport = \"capture\" ("), "{problem}");
        assert!(problem.ends_with("or say doors.allow_on_network = true"), "{problem}");
        assert!(!problem.contains("catalogue_writes"), "{problem}");
    }
}

fn key_of(variable: &str) -> String {
    variable.trim_start_matches("VESTIBULE__").replace("__", ".").to_lowercase()
}

#[test]
fn one_problem_names_every_way_in_and_everything_that_is_open() {
    let problem = problem(&variables(&WAYS));
    let ways = "server.host (VESTIBULE__SERVER__HOST): is not loopback, server.public_url does not lead to \
                loopback, server.trusted_proxies is not empty, and strangers would find open: \
                doors.";
    assert!(problem.starts_with(ways), "{problem}");
    for door in Door::ALL {
        assert!(problem.contains(&format!("doors.{} (", door.key())), "{problem}");
    }
    assert!(problem.contains("), mail.transport = \"capture\" ("), "{problem}");
}

#[test]
fn an_address_that_follows_the_host_is_not_named_beside_it() {
    let problem = problem(&variables(&[("VESTIBULE__SERVER__HOST", "192.168.1.10")]));
    assert!(!problem.contains("public_url"), "{problem}");
}

#[test]
fn it_is_refused_whatever_else_is_wrong() {
    for wrong in [("VESTIBULE__SERVER__PORT", "x"), ("VESTIBULE__SERVER__HOST", "a b")] {
        let problems = problems(&variables(&[PROXY, wrong]));
        assert_eq!(2, problems.len(), "{problems:#?}");
        assert!(problems.concat().contains("is not empty, and strangers"), "{problems:#?}");
    }
}

#[test]
fn a_key_that_is_wrong_is_named_once() {
    for wrong in [
        ("VESTIBULE__SERVER__HOST", "a b"),
        ("VESTIBULE__SERVER__PUBLIC_URL", "accounts.example.org"),
        ("VESTIBULE__SERVER__TRUSTED_PROXIES", "proxy"),
    ] {
        let problem = problem(&variables(&[wrong]));
        assert!(problem.contains(": must be ") || problem.contains(": entry 1: must be "), "{problem}");
    }
    let problem = problem(&variables(&[ON_NETWORK, ("VESTIBULE__DOORS__ALLOW_ON_NETWORK", "1")]));
    assert!(problem.starts_with("doors.allow_on_network ("), "{problem}");
}

#[test]
fn a_door_that_is_neither_open_nor_closed_is_one_problem() {
    let wrong = ("VESTIBULE__DOORS__CATALOGUE_WRITES", "1");
    for given in [&[ON_NETWORK, HARDENED, wrong][..], &[ON_NETWORK, ("VESTIBULE__POSTURE", "x")]] {
        let problem = problem(&with_sent_mail(given));
        assert!(
            given.iter().any(|(variable, value)| value.len() == 1 && problem.contains(variable)),
            "{problem}"
        );
    }
}

#[test]
fn loopback_has_many_names() {
    for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "[::1]", "::ffff:127.0.0.1"] {
        settings(&variables(&[("VESTIBULE__SERVER__HOST", host)]));
    }
    for url in ["http://localhost:3000", "https://LOCALHOST", "http://127.9.9.9/a", "http://[::1]:8000"] {
        settings(&variables(&[("VESTIBULE__SERVER__PUBLIC_URL", url)]));
    }
}

#[test]
fn strangers_may_come_where_nothing_is_open() {
    for way in WAYS {
        settings(&with_sent_mail(&[way, HARDENED]));
        let off = Door::ALL.iter().fold(with_sent_mail(&[way]), |source, door| {
            source.with(&format!("VESTIBULE__SURFACES__{}__ENABLED", door.surface().to_uppercase()), "false")
        });
        settings(&off);
    }
}

#[test]
fn strangers_may_come_where_it_is_said_so() {
    let doors = settings(&variables(&[ON_NETWORK, PUBLIC, PROXY, ALLOWED])).doors;
    assert!(doors.allow_on_network);
    assert_eq!(Door::ALL.len(), doors.open().count());
}

#[test]
fn production_may_be_reached_by_every_way_but_not_with_an_open_door() {
    let reached = WAYS.iter().fold(production(), |source, (name, value)| source.with(name, *value));
    settings(&reached);
    let problem = problem(&reached.with("VESTIBULE__DOORS__CATALOGUE_WRITES", "true"));
    assert!(problem.contains("doors.catalogue_writes"), "{problem}");
}

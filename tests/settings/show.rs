//! What `config show` prints.

use vestibule_settings::Secret;

use crate::given::{ACCESS, REFRESH, production, settings, variables};

#[test]
fn no_secret_is_shown() {
    let settings = settings(&production());
    for text in
        [settings.show(), format!("{settings:?}"), format!("{settings:#?}"), format!("{:?}", production())]
    {
        for secret in [ACCESS, REFRESH, "hunter2"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
    assert!(settings.show().contains("access_secret = \"***\""), "{}", settings.show());
    assert!(settings.show().contains("url = \"smtps://me:***@mail.example.org\""), "{}", settings.show());
}

#[test]
fn a_secret_prints_as_stars() {
    let secret = Secret::new("hunter2");
    assert_eq!("*** ***", format!("{secret} {secret:?}"));
}

#[test]
fn what_is_shown_is_toml_that_loads_to_the_same_settings() {
    let settings = settings(&variables(&[
        ("VESTIBULE__MAIL__FROM", "\"A, B\" <a@b.test>"),
        ("VESTIBULE__TOKENS__ISSUER", "quote \" and \\ and é"),
        ("VESTIBULE__SERVER__TRUSTED_PROXIES", "10.0.0.0/8,127.0.0.1"),
        ("VESTIBULE__DOORS__ALLOW_ON_NETWORK", "true"),
        ("VESTIBULE__SERVER__REQUEST_TIMEOUT", "1500ms"),
    ]));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("local.toml"), settings.show()).unwrap();
    let again =
        vestibule::surfaces::settings(&vestibule_settings::Source::default().in_folder(folder.path()));
    assert_eq!(settings.show(), again.unwrap().show());
}

#[test]
fn every_key_of_the_defaults_is_shown() {
    let shown = settings(&variables(&[])).show();
    // The parts of an address are shown as the address.
    let parts =
        ["kind", "path", "host", "port", "name", "user", "password"].map(|part| format!("database.{part}"));
    for key in crate::reference::keys().into_iter().filter(|key| !parts.contains(key)) {
        let (section, name) = key.rsplit_once('.').unwrap_or(("", &key));
        let block = match section {
            "" => shown.split('[').next(),
            _ => shown.split(&format!("[{section}]\n")).nth(1).and_then(|rest| rest.split("\n[").next()),
        };
        assert!(block.is_some_and(|block| block.contains(&format!("{name} "))), "{key}:\n{shown}");
    }
}

#[test]
fn no_part_of_an_address_that_may_be_a_token_is_shown() {
    for (key, url) in [
        ("SMS__URL", "https://canary@sms.test/canary?code=canary#canary"),
        ("SMS__URL", "https://me:canary@sms.test/send/canary"),
        ("PASSWORD__BREACHED_URL", "https://canary@breached.test/canary/range?key=canary"),
        ("TRACES__ENDPOINT", "http://traces.test/canary?key=canary#canary"),
        ("MAIL__URL", "smtp://canary@mail.test#canary"),
        ("CACHE__URL", "redis://canary@redis.test,other.test"),
        ("DATABASE__URL", "postgres://canary@db.test/vestibule?application_name=canary#canary"),
    ] {
        let settings = settings(&production().with(&format!("VESTIBULE__{key}"), url));
        for text in [settings.show(), format!("{settings:?}")] {
            assert!(!text.contains("canary"), "{key} {text}");
        }
    }
}

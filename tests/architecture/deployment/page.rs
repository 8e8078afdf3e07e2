//! The walk of `docs/deployment.md`.

use std::process::Command;

use vestibule_settings::Source;

use super::read;
use crate::workspace::root;

/// The file of settings that the walk writes, with secrets in the place of the command that makes them.
fn written() -> Vec<(String, String)> {
    let page = read("docs/deployment.md");
    let (_, rest) = page.split_once("cat > /etc/vestibule/vestibule.env <<ENV\n").unwrap();
    let (file, _) = rest.split_once("\nENV\n").unwrap();
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split_once('=').unwrap())
        .map(|(name, value)| {
            let secret = format!("a secret of more than 32 bytes: {name}");
            (name.to_owned(), value.trim_matches('\'').replace("$(openssl rand -base64 48)", &secret))
        })
        .collect()
}

#[test]
fn the_settings_of_the_walk_start_a_hardened_server() {
    let variables = written();
    let source = variables.iter().fold(Source::default(), |source, (name, value)| source.with(name, value));
    let settings = vestibule::surfaces::settings(&source).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(settings.environment.is_production());
    assert_eq!(settings.doors.open().count(), 0);
    assert!(settings.warnings().is_empty(), "{:?}", settings.warnings());
}

#[test]
fn every_file_of_deploy_is_named() {
    let page = read("docs/deployment.md");
    let listed = Command::new("git").args(["ls-files", "deploy"]).current_dir(root()).output().unwrap();
    assert!(listed.status.success(), "{listed:?}");
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.lines().count() > 10, "{listed}");
    for file in listed.lines() {
        assert!(page.contains(file), "docs/deployment.md does not name {file}");
    }
}

/// The proxies lead to the nodes of the walk, whose settings name the proxy.
#[test]
fn the_addresses_of_the_walk_are_those_of_the_proxies() {
    let page = read("docs/deployment.md");
    for file in ["deploy/nginx.conf", "deploy/Caddyfile"] {
        for node in ["10.0.0.11", "10.0.0.12"] {
            assert!(page.contains(node) && read(file).contains(&format!("{node}:8000")), "{file}: {node}");
        }
    }
    let proxy = written().into_iter().find(|(name, _)| name == "VESTIBULE__SERVER__TRUSTED_PROXIES");
    assert!(page.contains(&format!("| `proxy` | {}, ", proxy.unwrap().1)));
    assert!(read("deploy/nginx.conf").contains("proxy_set_header X-Forwarded-For $remote_addr;"));
}

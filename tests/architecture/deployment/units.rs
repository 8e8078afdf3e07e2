//! The units for systemd.

use std::time::Duration;

use vestibule_settings::Source;

use super::read;
use crate::workspace::root;

/// The value of a key that a unit has once.
fn value(unit: &str, key: &str) -> String {
    let values: Vec<&str> =
        unit.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix('=')).collect();
    assert_eq!(values.len(), 1, "{key}: {values:?}");
    values[0].to_owned()
}

#[test]
fn the_server_is_started_by_a_command_that_there_is() {
    let start = value(&read("deploy/vestibule.service"), "ExecStart");
    let command = start.strip_prefix("/usr/local/bin/vestibule ").unwrap();
    assert!(root().join(format!("crates/api/src/commands/{command}.rs")).is_file(), "{command}");
}

#[test]
fn the_server_is_not_killed_before_it_has_stopped() {
    let patience = value(&read("deploy/vestibule.service"), "TimeoutStopSec");
    let patience = Duration::from_secs(patience.strip_suffix('s').unwrap().parse().unwrap());
    let settings = vestibule::surfaces::settings(&Source::default());
    let settings = settings.unwrap_or_else(|problems| panic!("{problems}"));
    // What the server takes beyond its own limit.
    assert!(patience >= settings.server.shutdown_timeout + Duration::from_secs(5));
}

#[test]
fn server_and_backup_have_the_same_few_rights() {
    let rights = |unit: &str| -> Vec<String> {
        let from_here = unit.lines().skip_while(|line| !line.starts_with("UMask="));
        let keys = from_here.take_while(|line| !line.starts_with('['));
        keys.filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned).collect()
    };
    let server = rights(&read("deploy/vestibule.service"));
    assert!(server.len() > 20, "{server:?}");
    assert_eq!(server, rights(&read("deploy/vestibule-backup.service")));
}

#[test]
fn the_backup_that_is_started_is_the_one_that_is_shipped() {
    let start = value(&read("deploy/vestibule-backup.service"), "ExecStart");
    assert_eq!(start, "/usr/local/bin/vestibule-backup /var/backups/vestibule");
    let script = read("deploy/vestibule-backup");
    for command in ["backup", "copy"] {
        assert!(script.contains(&format!("vestibule {command} ")), "{command}");
        let beside = root().join("crates/api/src/commands").join(command);
        assert!(beside.is_dir() || beside.with_extension("rs").is_file(), "{command}");
    }
}

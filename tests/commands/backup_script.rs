//! `deploy/vestibule-backup`, as the timer of systemd runs it.
#![cfg(unix)]

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use vestibule_domain::ports::Clock as _;
use vestibule_infrastructure::system::SystemClock;

use crate::house::{House, fill};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/vestibule-backup");

/// Runs the script with this folder of backups, and answers whether it went well.
fn back_up(house: &House, url: &str) -> bool {
    let programs = house.path("programs");
    if !programs.exists() {
        fs::create_dir(&programs).unwrap();
        symlink(env!("CARGO_BIN_EXE_node"), programs.join("vestibule")).unwrap();
    }
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("sh");
    for (name, value) in house.command(url, &[]).get_envs() {
        command.env(name, value.unwrap());
    }
    command.args([SCRIPT, "backups"]).current_dir(house.path("")).env("PATH", path).env_remove("PGDATABASE");
    command.output().unwrap().status.success()
}

/// Makes files to which nobody wrote for so many days.
fn put(folder: &Path, names: &[&str], days: u64) {
    for name in names {
        let file = File::create(folder.join(name)).unwrap();
        let then = SystemTime::from(SystemClock.now()) - Duration::from_hours(days * 24);
        file.set_modified(then).unwrap();
    }
}

const KILLED: [&str; 4] =
    ["killed.tar.partial", "killed.tar.database", "killed.tar.database-journal", "killed.dump.partial"];
const RUNNING: [&str; 3] = ["running.tar.partial", "running.tar.database", "running.tar.database-journal"];

/// A database, and backups of all ages.
async fn with_backups() -> (House, String) {
    let house = House::new();
    let url = fill(&house, "data/v.db", 3).await;
    let folder = house.path("backups");
    fs::create_dir(&folder).unwrap();
    put(&folder, &KILLED, 3);
    put(&folder, &RUNNING, 0);
    put(&folder, &["old.tar", "old.dump", "notes.txt"], 16);
    put(&folder, &["kept.tar", "kept.dump"], 13);
    (house, url)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn old_backups_and_what_killed_ones_left_are_removed_and_one_that_runs_is_spared() {
    let (house, url) = with_backups().await;
    assert!(back_up(&house, &url));
    let mut names = names(&house.path("backups"));
    // Its name is the time at which it began.
    let made: Vec<String> = names.extract_if(.., |name| name.starts_with("20")).collect();
    assert!(made.len() == 1 && made[0].ends_with("Z.tar"), "{made:?}");
    let kept = [
        &["kept.dump", "kept.tar", "notes.txt"][..],
        &["running.tar.database"],
        &RUNNING[2..],
        &RUNNING[..1],
    ];
    assert_eq!(names, kept.concat());
}

/// What killed ones left may be why there is no room, and old backups are better than none.
#[tokio::test]
async fn where_no_backup_can_be_made_what_killed_ones_left_is_removed_and_no_backup_is() {
    let (house, _) = with_backups().await;
    assert!(!back_up(&house, &house.file("data/none.db")));
    let names = names(&house.path("backups"));
    assert!(names.iter().all(|name| !name.starts_with("killed")), "{names:?}");
    for kept in ["old.tar", "old.dump", "running.tar.database"] {
        assert!(names.iter().any(|name| name == kept), "{names:?}");
    }
}

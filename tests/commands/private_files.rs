//! What the server writes is its owner's alone, in a folder that everybody may read.
#![cfg(unix)]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;
use uuid::Uuid;
use vestibule::bootstrap::{Adapters, Purpose};
use vestibule_domain::installation::InstallationId;
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureFormat};
use vestibule_domain::messages::{Mail, MessageId};
use vestibule_domain::ports::IdGenerator as _;
use vestibule_infrastructure::system::SystemIds;
use vestibule_settings::{Settings, Source};

fn open_folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    folder
}

fn settings(folder: &Path) -> Settings {
    let source = [
        ("VESTIBULE__DATA_FOLDER", folder.display().to_string()),
        ("VESTIBULE__DATABASE__MIGRATE_ON_START", "true".to_owned()),
        ("VESTIBULE__PASSWORD__BCRYPT_COST", "4".to_owned()),
    ];
    let source =
        source.iter().fold(Source::default(), |source, (name, value)| source.with(name, value.clone()));
    vestibule::surfaces::settings(&source).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Every file below a folder that others than its owner have rights to.
fn readable_by_others(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let metadata = entry.metadata().unwrap();
        if metadata.is_dir() {
            found.extend(readable_by_others(&entry.path()));
        } else if metadata.permissions().mode() & 0o777 != 0o600 {
            found.push(format!("{:o} {}", metadata.permissions().mode(), entry.path().display()));
        }
    }
    found
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Has every kind of file written that is kept in the data folder.
async fn write_everything(adapters: &Adapters) {
    let deps = &adapters.deps;
    let key = ObjectKey::new(MediaFolder::Profiles, deps.ids.random(), PictureFormat::Jpeg);
    deps.objects.put(&key, b"picture".to_vec()).await.unwrap();
    deps.objects.claim(InstallationId(Uuid::from_u128(7))).await.unwrap();
    let mail = Mail {
        to: "ada@example.com".to_owned(),
        subject: "Hello".to_owned(),
        text: "Hello".to_owned(),
        html: String::new(),
        links: Vec::new(),
        code: None,
    };
    deps.mailer.send(MessageId(SystemIds.random()), &mail).await.unwrap();
    deps.store.begin().await.unwrap().commit().await.unwrap();
}

#[tokio::test]
async fn files_in_a_folder_that_everybody_reads_are_their_owners() {
    let folder = open_folder();
    let adapters = Adapters::connect(&settings(folder.path()), Purpose::Serve).await.unwrap();
    write_everything(&adapters).await;
    let files =
        ["mailbox.jsonl", "media", "secrets.toml", "vestibule.db", "vestibule.db-shm", "vestibule.db-wal"];
    assert_eq!(names(folder.path()), files);
    assert_eq!(readable_by_others(folder.path()), Vec::<String>::new());
    adapters.close().await;
}

#[tokio::test]
async fn files_that_others_could_read_are_taken_from_them() {
    let folder = open_folder();
    let first = Adapters::connect(&settings(folder.path()), Purpose::Serve).await.unwrap();
    write_everything(&first).await;
    // As an older server made them; it is still running, so the files beside the database are there.
    for name in names(folder.path()).iter().filter(|name| *name != "media") {
        fs::set_permissions(folder.path().join(name), Permissions::from_mode(0o644)).unwrap();
    }
    let mark = folder.path().join("media/vestibule-installation");
    fs::set_permissions(&mark, Permissions::from_mode(0o644)).unwrap();
    let second = Adapters::connect(&settings(folder.path()), Purpose::Serve).await.unwrap();
    // As each sweep does.
    second.deps.objects.claim(InstallationId(Uuid::from_u128(7))).await.unwrap();
    assert_eq!(readable_by_others(folder.path()), Vec::<String>::new());
    second.close().await;
    first.close().await;
}

#[tokio::test]
async fn a_database_that_is_not_to_be_made_is_not_made() {
    let folder = open_folder();
    let missing = folder.path().join("missing.db");
    let url = format!("sqlite://{}?mode=rw", missing.display());
    let source = Source::default()
        .with("VESTIBULE__DATA_FOLDER", folder.path().display().to_string())
        .with("VESTIBULE__DATABASE__URL", url);
    let settings = vestibule::surfaces::settings(&source).unwrap();
    assert!(Adapters::connect(&settings, Purpose::Command).await.is_err());
    assert!(!missing.exists(), "{}", json!(names(folder.path())));
}

/// It would be in the way of a restore.
#[test]
fn what_is_about_accounts_that_are_there_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out").display().to_string();
    for arguments in [
        &["users", "list"][..],
        &["users", "export", "--out", &out],
        &["audit", "list"],
        &["contacts", "reindex"],
        &["movies", "export"],
    ] {
        let ran = std::process::Command::new(env!("CARGO_BIN_EXE_node"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&ran.stderr);
        assert!(!ran.status.success() && told.contains("there is no database"), "{arguments:?}: {told}");
        assert!(!folder.path().join("data").exists(), "{arguments:?}");
    }
}

#[test]
fn an_import_that_is_tried_out_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("users.jsonl"), json!({"email": "ada@example.com"}).to_string()).unwrap();
    let import = |arguments: &[&str]| {
        let arguments = [&["users", "import", "users.jsonl"], arguments].concat();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_node"));
        let ran = command.args(&arguments).current_dir(folder.path()).env_clear().output().unwrap();
        assert!(ran.status.success(), "{arguments:?}: {ran:?}");
        String::from_utf8(ran.stdout).unwrap()
    };
    let tried = import(&["--dry-run"]);
    assert!(!folder.path().join("data/vestibule.db").exists());
    let added = |out: &str| out.lines().filter(|line| line.ends_with(" 1")).count();
    assert!(added(&tried) > 0, "{tried}");
    assert_eq!(added(&tried), added(&import(&[])), "{tried}");
}

#[test]
fn nothing_is_said_of_the_rights_to_files_that_are_not_there() {
    let folder = tempfile::tempdir().unwrap();
    for data in ["/dev/null", "/dev/null/data"] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_node"));
        command.current_dir(folder.path()).env_clear().env("VESTIBULE__DATA_FOLDER", data);
        let ran = command.env("VESTIBULE__SERVER__PORT", "0").output().unwrap();
        let told = String::from_utf8(ran.stderr).unwrap() + &String::from_utf8(ran.stdout).unwrap();
        assert!(!ran.status.success() && told.contains("Not a directory"), "{told}");
        assert!(!told.contains("others"), "{told}");
    }
}

/// A path that is mistaken names somebody's file, which is none of our business.
#[test]
fn a_file_that_is_no_database_keeps_its_mode() {
    let folder = tempfile::tempdir().unwrap();
    let notes = folder.path().join("notes.txt");
    std::fs::write(&notes, "hello\n").unwrap();
    std::fs::set_permissions(&notes, std::fs::Permissions::from_mode(0o755)).unwrap();
    for program in
        [&[env!("CARGO_BIN_EXE_node"), "serve"][..], &[env!("CARGO_BIN_EXE_node"), "contacts", "reindex"]]
    {
        let output = std::process::Command::new(program[0])
            .args(&program[1..])
            .current_dir(folder.path())
            .env_clear()
            .env("VESTIBULE_ENV", "test")
            .env("VESTIBULE__DATABASE__URL", "sqlite://notes.txt?mode=rwc")
            .output()
            .unwrap();
        assert!(!output.status.success());
        assert_eq!(notes.metadata().unwrap().permissions().mode() & 0o777, 0o755);
    }
}

//! Archives that are whole, damaged or hostile.

use std::fs::{self, File};
use std::io::Write as _;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sea_orm::sqlx::{Connection as _, query};
use sha2::{Digest as _, Sha256};
use tar::{Builder, EntryType, Header};
use tempfile::TempDir;

use super::archive::{self, Writer};
use super::layout::{Name, seal};
use super::manifest::{Entry, FORM, Manifest};
use super::{BackupError, RestoreTarget, Restoring};

fn manifest(entries: Vec<Entry>) -> Manifest {
    Manifest { form: FORM, made_at: String::new(), schema: String::new(), entries, lost: Vec::new() }
}

/// A small archive of ours; its database is none.
fn whole(folder: &TempDir) -> Vec<u8> {
    let path = folder.path().join("whole");
    let mut writer = Writer::new(File::create(&path).unwrap(), &path, 7);
    let picture = Name::parse(&format!("media/contacts/{}.jpg", "0".repeat(32))).unwrap();
    writer.add(&picture, 700, [1; 700].as_slice()).unwrap();
    writer.add(&Name::Database, 3, b"abc".as_slice()).unwrap();
    let entries = writer.entries.clone();
    writer.finish(&manifest(entries)).unwrap();
    fs::read(path).unwrap()
}

fn read(folder: &TempDir, bytes: &[u8]) -> Result<(Manifest, String), BackupError> {
    let path = folder.path().join("read");
    fs::write(&path, bytes).unwrap();
    archive::read(&mut File::open(path).unwrap(), |_, _| Ok(()))
}

/// An archive of these entries, with a seal that fits.
fn sealed(build: impl FnOnce(&mut Builder<Vec<u8>>)) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    build(&mut builder);
    let mut bytes = builder.into_inner().unwrap();
    let digest = Sha256::digest(&bytes);
    bytes.extend(seal(&digest));
    bytes
}

fn entry(builder: &mut Builder<Vec<u8>>, name: &str, kind: EntryType, content: &[u8]) {
    let mut header = Header::new_gnu();
    // Past the library's own checks of names.
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_size(content.len() as u64);
    header.set_entry_type(kind);
    header.set_cksum();
    builder.append(&header, content).unwrap();
}

#[test]
fn a_byte_that_changed_anywhere_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = whole(&folder);
    assert!(read(&folder, &bytes).is_ok());
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        assert!(read(&folder, &changed).is_err(), "byte {place} of {}", bytes.len());
    }
}

#[test]
fn a_file_that_is_shorter_or_longer_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = whole(&folder);
    for length in (0..bytes.len()).step_by(97) {
        assert!(read(&folder, &bytes[..length]).is_err(), "{length} bytes");
    }
    assert!(read(&folder, &[bytes.as_slice(), &[0]].concat()).is_err());
    assert!(read(&folder, &[bytes.as_slice(), &bytes].concat()).is_err());
}

#[test]
fn hostile_entries_are_refused_whatever_their_seal_says() {
    let folder = tempfile::tempdir().unwrap();
    let file = EntryType::Regular;
    for (name, kind) in [
        ("../../etc/cron.d/evil", file),
        ("/etc/passwd", file),
        ("media/../../evil", file),
        ("media/contacts/evil.sh", file),
        ("vestibule.db", EntryType::Symlink),
        ("vestibule.db", EntryType::GNUSparse),
        ("././@LongLink", EntryType::GNULongName),
        ("media", EntryType::Directory),
    ] {
        let bytes = sealed(|builder| entry(builder, name, kind, b"evil"));
        assert!(matches!(read(&folder, &bytes), Err(BackupError::Damaged(_))), "{name} {kind:?}");
    }
}

#[test]
fn an_absurd_length_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for length in [1 << 20, u64::MAX / 2, u64::MAX] {
        let bytes = sealed(|builder| {
            let mut header = Header::new_gnu();
            header.set_path("vestibule.db").unwrap();
            header.set_size(length);
            header.set_entry_type(EntryType::Regular);
            header.set_cksum();
            builder.get_mut().write_all(header.as_bytes()).unwrap();
        });
        assert!(read(&folder, &bytes).is_err(), "{length}");
    }
}

#[test]
fn entries_that_the_manifest_does_not_tell_of_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let of = |content: &[u8]| Entry {
        name: "vestibule.db".to_owned(),
        length: content.len() as u64,
        sha256: hex::encode(Sha256::digest(content)),
    };
    let with = |entries: Vec<Entry>| {
        sealed(|builder| {
            entry(builder, "vestibule.db", EntryType::Regular, b"abc");
            let text = serde_json::to_vec(&manifest(entries)).unwrap();
            entry(builder, "manifest.json", EntryType::Regular, &text);
        })
    };
    assert!(read(&folder, &with(vec![of(b"abc")])).is_ok());
    assert!(read(&folder, &with(vec![of(b"abd")])).is_err());
    assert!(read(&folder, &with(vec![])).is_err());
    assert!(read(&folder, &with(vec![of(b"abc"), of(b"abc")])).is_err());
}

#[tokio::test]
async fn a_backup_whose_database_is_none_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("backup");
    fs::write(&backup, whole(&folder)).unwrap();
    let home = folder.path().join("home");
    let target = RestoreTarget { database: home.join("v.db"), media: home.join("media") };
    assert!(Restoring::begin(&backup, &target).await.is_err());
    assert_eq!(fs::read_dir(&home).unwrap().count(), 0);
}

#[test]
fn a_file_of_another_kind_is_not_quoted() {
    let folder = tempfile::tempdir().unwrap();
    let line = "{\"email\": \"ada@example.com\"}\n";
    let told = read(&folder, line.repeat(1000).as_bytes()).unwrap_err().to_string();
    assert_eq!(told, "this is no backup, or it is damaged: it does not read as an archive");
}

/// A backup of a database of ours, which has no accounts.
async fn real(folder: &TempDir) -> std::path::PathBuf {
    let database = folder.path().join("source.db");
    let options = SqliteConnectOptions::new().filename(&database).create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    for sql in ["CREATE TABLE seaql_migrations (version TEXT)", "INSERT INTO seaql_migrations VALUES ('m1')"]
    {
        query(sql).execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
    let content = fs::read(database).unwrap();
    let path = folder.path().join("real");
    let mut writer = Writer::new(File::create(&path).unwrap(), &path, 7);
    writer.add(&Name::Database, content.len() as u64, content.as_slice()).unwrap();
    let entries = writer.entries.clone();
    writer.finish(&manifest(entries)).unwrap();
    path
}

#[tokio::test]
async fn what_came_to_the_target_since_a_restore_began_stays() {
    for end in ["", "-wal"] {
        let folder = tempfile::tempdir().unwrap();
        let backup = real(&folder).await;
        let home = folder.path().join("home");
        let target = RestoreTarget { database: home.join("v.db"), media: home.join("media") };
        let restoring = Restoring::begin(&backup, &target).await.unwrap();
        let theirs = home.join(format!("v.db{end}"));
        fs::write(&theirs, "theirs").unwrap();
        assert!(matches!(restoring.finish(), Err(BackupError::NotEmpty(path)) if path == theirs));
        assert_eq!(fs::read(&theirs).unwrap(), b"theirs");
        assert_eq!(fs::read_dir(&home).unwrap().count(), 1);
        fs::remove_file(&theirs).unwrap();
        Restoring::begin(&backup, &target).await.unwrap().finish().unwrap();
        assert!(target.database.is_file());
        assert_eq!(fs::read_dir(&home).unwrap().count(), 1);
    }
}

#[tokio::test]
async fn a_second_restore_touches_nothing_of_one_that_is_under_way() {
    let folder = tempfile::tempdir().unwrap();
    let backup = real(&folder).await;
    let home = folder.path().join("home");
    let target = RestoreTarget { database: home.join("v.db"), media: home.join("media") };
    let first = Restoring::begin(&backup, &target).await.unwrap();
    assert!(matches!(Restoring::begin(&backup, &target).await, Err(BackupError::UnderWay(_))));
    first.finish().unwrap();
    assert!(target.database.is_file());
}

//! Folders and files that only their owner can enter and read.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use vestibule_settings::{DevelopmentSecrets, keep_private_file, make_private_folder};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_new_folder_and_those_above_it_are_their_owners() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("deep/down");
    make_private_folder(&deep).unwrap();
    assert_eq!([0o700, 0o700], [mode(&deep), mode(&folder.path().join("deep"))]);
}

#[test]
fn a_folder_that_exists_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    make_private_folder(folder.path()).unwrap();
    assert_eq!(0o755, mode(folder.path()));
}

#[test]
fn the_path_of_a_file_is_refused() {
    let file = tempfile::NamedTempFile::new().unwrap();
    make_private_folder(file.path()).unwrap_err();
}

#[test]
fn rights_of_others_are_taken_and_nothing_is_said_of_a_file_that_cannot_be_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let (path, circle) = (folder.path().join("file"), folder.path().join("circle"));
    fs::write(&path, "").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(keep_private_file(&path).unwrap());
    assert_eq!(0o600, mode(&path));
    symlink(&circle, &circle).unwrap();
    for other in [path.clone(), folder.path().join("none"), path.join("below a file"), circle] {
        assert!(!keep_private_file(&other).unwrap(), "{}", other.display());
    }
}

#[test]
fn development_secrets_make_such_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut count = 0;
    let make = || {
        count += 1;
        format!("secret {count} q8Jx2rVnT5kLw0ZbYc7HsEa3MdGf9UpK")
    };
    DevelopmentSecrets::load_or_create(&data, make).unwrap();
    assert_eq!(0o700, mode(&data));
}

//! Secrets that a development server makes for itself.

use std::path::Path;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};

use vestibule_settings::{DevelopmentSecrets, DevelopmentSecretsError};

/// A maker of secrets that are long enough and never the same.
fn maker(name: usize) -> impl FnMut() -> String {
    let mut count = 0;
    move || {
        count += 1;
        format!("secret {name} {count} q8Jx2rVnT5kLw0ZbYc7HsEa3MdGf9UpK")
    }
}

fn load(folder: &Path) -> Result<DevelopmentSecrets, DevelopmentSecretsError> {
    DevelopmentSecrets::load_or_create(folder, maker(0))
}

#[test]
fn secrets_are_made_once_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("not/there/yet");
    let first = load(&data).unwrap();
    let second = DevelopmentSecrets::load_or_create(&data, || unreachable!("they are there")).unwrap();
    assert_eq!(first, second);
    assert_ne!(first.access, first.refresh);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_them_and_no_draft_is_left() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    load(folder.path()).unwrap();
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap()).collect();
    assert_eq!(vec!["secrets.toml"], files.iter().map(std::fs::DirEntry::file_name).collect::<Vec<_>>());
    assert_eq!(0o600, files.first().unwrap().metadata().unwrap().permissions().mode() & 0o777);
}

#[test]
fn servers_that_start_together_agree() {
    const SERVERS: usize = 8;
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let (path, start, next) = (folder.path(), Barrier::new(SERVERS), AtomicUsize::new(0));
        let start_one = || {
            let make = maker(next.fetch_add(1, Ordering::SeqCst));
            start.wait();
            DevelopmentSecrets::load_or_create(path, make).unwrap()
        };
        let all: Vec<DevelopmentSecrets> = std::thread::scope(|scope| {
            let servers: Vec<_> = (0..SERVERS).map(|_| scope.spawn(start_one)).collect();
            servers.into_iter().map(|server| server.join().unwrap()).collect()
        });
        let kept = load(path).unwrap();
        assert!(all.iter().all(|secrets| *secrets == kept));
        assert_eq!(1, std::fs::read_dir(path).unwrap().count());
    }
}

#[test]
fn a_damaged_file_is_refused_and_left_alone() {
    let weak = "access_secret = \"hunter2\"\nrefresh_secret = \"hunter3\"\n";
    for text in ["", "access_secret = \"hunter2", "access_secret = 1\nrefresh_secret = 2\n", weak] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets.toml");
        std::fs::write(&path, text).unwrap();
        let error = load(folder.path()).unwrap_err();
        assert!(matches!(error, DevelopmentSecretsError::Damaged { .. }), "{error:?}");
        let sentence = error.to_string();
        assert!(sentence.contains("secrets.toml is damaged: ") && !sentence.contains("hunter"), "{sentence}");
        assert_eq!(text, std::fs::read_to_string(&path).unwrap());
    }
}

#[test]
fn a_maker_of_weak_secrets_is_refused_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for make in [|| "short".to_owned(), || "the same thing every time, however long".to_owned()] {
        let error = DevelopmentSecrets::load_or_create(folder.path(), make).unwrap_err();
        assert!(matches!(error, DevelopmentSecretsError::Weak(_)), "{error:?}");
    }
    assert_eq!(0, std::fs::read_dir(folder.path()).unwrap().count());
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_that_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let error = load(&file).unwrap_err();
    assert!(matches!(error, DevelopmentSecretsError::Io { .. }), "{error:?}");
    assert!(error.to_string().contains("can be given instead"), "{error}");
}

//! The image is built from what is there.

use std::process::Command;

use vestibule_settings::Source;

use crate::workspace::root;

fn dockerfile() -> String {
    std::fs::read_to_string(root().join("docker/Dockerfile")).unwrap()
}

/// The sources of every `COPY` from the repository.
fn copied(dockerfile: &str) -> Vec<String> {
    let copies = dockerfile.lines().filter_map(|line| line.strip_prefix("COPY "));
    let from_outside = copies.filter(|copy| !copy.starts_with("--from="));
    from_outside
        .flat_map(|copy| {
            let words: Vec<&str> = copy.split(' ').collect();
            words[..words.len() - 1].iter().map(|source| (*source).to_owned()).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn everything_that_is_copied_exists_and_is_let_through() {
    let rules = std::fs::read_to_string(root().join(".dockerignore")).unwrap();
    let let_through: Vec<&str> = rules.lines().filter_map(|line| line.strip_prefix('!')).collect();
    let copied = copied(&dockerfile());
    for source in &copied {
        assert!(root().join(source).exists(), "{source}");
    }
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    assert_eq!(sorted(let_through.into_iter().map(str::to_owned).collect()), sorted(copied));
}

#[test]
fn the_compiler_is_new_enough() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let version = |text: &str, before: &str| {
        let rest = text.split(before).nth(1).unwrap();
        let version = rest.split(['"', '-']).next().unwrap();
        version.split('.').take(2).map(|part| part.parse().unwrap()).collect::<Vec<u32>>()
    };
    assert!(version(&dockerfile(), "FROM rust:") >= version(&manifest, "rust-version = \""));
}

#[test]
fn every_variable_of_the_image_is_a_setting() {
    let text = dockerfile().replace("\\\n", " ");
    let line = text.lines().find_map(|line| line.strip_prefix("ENV ")).unwrap();
    // What production needs beside.
    let mut source = Source::default()
        .with("VESTIBULE__SERVER__PUBLIC_URL", "https://accounts.example.org")
        .with("VESTIBULE__MAIL__URL", "smtps://mail.example.org")
        .with("VESTIBULE__MAIL__FROM", "no-reply@example.org")
        .with("VESTIBULE__TOKENS__ACCESS_SECRET", "an access secret of more than 32 bytes")
        .with("VESTIBULE__TOKENS__REFRESH_SECRET", "a refresh secret of more than 32 bytes");
    for pair in line.split_whitespace() {
        let (name, value) = pair.split_once('=').unwrap();
        source = source.with(name, value);
    }
    let settings = vestibule::surfaces::settings(&source).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(settings.environment.is_production());
    let folder = settings.data_folder.display().to_string();
    assert!(text.contains(&format!("/src/out/data {folder}\n")), "{folder} is not the server's");
}

/// The workspace is whole with what is copied, and every build command is one that a shell understands.
/// `.ci/run` runs them.
#[test]
fn the_workspace_that_is_copied_is_whole() {
    let output = Command::new(root().join("scripts/container-build")).arg("--check").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Cargo takes the sources inside a target folder for those of what it built. A copy that is left there hides every change
/// of the repository from the next build.
#[test]
fn no_copied_source_is_in_the_target_folder() {
    let target = tempfile::tempdir().unwrap();
    let output = Command::new(root().join("scripts/container-build"))
        .arg("--check")
        .env("CARGO_TARGET_DIR", target.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let entries = target.path().read_dir().unwrap().map(|entry| entry.unwrap().path());
    // `--check` compiles nothing; cargo keeps one file of what it asked the compiler.
    let folders: Vec<_> = entries.filter(|path| path.is_dir()).collect();
    assert!(folders.is_empty(), "{folders:?}");
}

#[test]
fn continuous_integration_runs_the_build_commands() {
    let ci = std::fs::read_to_string(root().join(".ci/run")).unwrap();
    assert!(ci.lines().any(|line| line == "./scripts/container-build"));
}

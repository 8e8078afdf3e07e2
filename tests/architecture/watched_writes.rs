//! Whatever a repository writes moves the generation of the answers that show it.

use std::collections::BTreeMap;

use crate::workspace::root;

/// Where the repositories write of whose data answers are kept.
const REPOSITORIES: [(&str, &str); 8] = [
    ("accounts", "crates/infrastructure/src/db/accounts/repository.rs"),
    ("transfer", "crates/infrastructure/src/db/transfer/repository.rs"),
    ("trash", "crates/infrastructure/src/db/trash/repository.rs"),
    ("catalogue", "crates/infrastructure/src/db/catalogue/repository.rs"),
    ("contacts", "crates/infrastructure/src/db/contacts/repository.rs"),
    ("contact_index", "crates/infrastructure/src/db/contacts/index.rs"),
    ("profiles", "crates/infrastructure/src/db/profiles.rs"),
    ("points", "crates/infrastructure/src/db/points.rs"),
];

/// What writes, or may, and changes no answer.
const SHOWN_NOWHERE: [(&str, &str); 7] = [
    ("accounts.insert", "nothing is kept of an account that was not there"),
    ("transfer.insert", "likewise"),
    ("accounts.upgrade_hash", "no answer shows a hash, and nothing else changes"),
    ("trash.put_off_removal", "no kept answer shows an entry of the trash, and the account stays as it is"),
    ("trash.remove_some", "no part of a removal is acknowledged; the last one, trash.remove, is noted"),
    ("catalogue.resolve_names", "a known name stays as it is, and a new one is shown with its movie"),
    ("catalogue.resolve_countries", "likewise"),
];

const WATCHED: &str = "crates/application/src/answers/watched_repositories.rs";

/// The methods of a file with their bodies.
fn methods(text: &str) -> BTreeMap<String, String> {
    let parts = text.split("    async fn ").skip(1);
    parts.map(|part| (part.split('(').next().unwrap().to_owned(), part.to_owned())).collect()
}

/// What the watched store notes of each method: `accounts.edit` → `[OneAccount(id)]`.
fn noted() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join(WATCHED)).unwrap();
    let table = text.split("watch! {\n").nth(1).unwrap();
    let mut noted = BTreeMap::new();
    for (repository, _) in REPOSITORIES {
        let begin =
            table.find(&format!(" {repository}: ")).unwrap_or_else(|| panic!("{repository} is not watched"));
        let rest = &table[begin..];
        let section = &rest[..rest.find("\n        }\n").unwrap()];
        for method in section.split(" fn ").skip(1) {
            let name = method.split('(').next().unwrap();
            let scopes = method.rsplit("writes ").next().unwrap().split(';').next().unwrap();
            noted.insert(format!("{repository}.{name}"), scopes.trim().to_owned());
        }
    }
    noted
}

#[test]
fn whatever_is_written_moves_its_generation() {
    let noted = noted();
    let mut writing = 0;
    for (repository, file) in REPOSITORIES {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        let implementation = text.split("for SeaScope<H> {").nth(1).unwrap().split("\n}\n").next().unwrap();
        for (name, body) in methods(implementation) {
            let method = format!("{repository}.{name}");
            let writes = ["writes()", "together()", "self.update(", "self.put_profile(", "resolve(self"]
                .iter()
                .any(|sign| body.contains(sign));
            if !writes || SHOWN_NOWHERE.iter().any(|(shown_nowhere, _)| *shown_nowhere == method) {
                continue;
            }
            writing += 1;
            let scopes = noted.get(&method).unwrap_or_else(|| panic!("{method} is not watched"));
            assert_ne!(scopes, "[]", "{method} writes, and no answer ends");
        }
    }
    assert!(writing >= 25, "only {writing} methods were recognised");
}

#[test]
fn what_is_excepted_is_there() {
    let noted = noted();
    for (method, reason) in SHOWN_NOWHERE {
        assert_eq!(
            noted.get(method).map(String::as_str),
            Some("[]"),
            "{method} needs no exception ({reason})"
        );
    }
}

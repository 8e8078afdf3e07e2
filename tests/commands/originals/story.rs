//! How the accounts of an original move in and log in.

use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;
use vestibule_domain::accounts::Account;

use super::house::{House, folder};
use super::surface::Surface;
use super::table;

/// An original and what is known of its accounts.
pub(crate) struct Original {
    pub(super) name: &'static str,
    pub(super) surface: Surface,
    /// The files that are imported; each line of the first one begins at most one account.
    pub(super) files: &'static [&'static str],
    /// The accounts with their passwords.
    pub(super) accounts: &'static str,
    pub(super) keys: &'static [(&'static str, &'static str)],
    /// The accounts that cannot move in, by their numbers, each with what the operator is told. `{n}` is the line of
    /// the account `n`.
    pub(super) refused: &'static [(u64, &'static str)],
    /// The accounts that move in without one of their names, likewise.
    pub(super) spared: &'static [(u64, &'static str)],
    /// Texts that are cut because they are too long.
    pub(super) cut: u64,
    /// Accounts that move in, and of which the surface does not take the login or the password, with its answer.
    pub(super) unable: &'static [(u64, u16)],
}

/// What became of the accounts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Accounts of the original.
    pub(crate) accounts: u64,
    pub(crate) imported: u64,
    pub(crate) refused: u64,
    /// Those who log in with the password that they had.
    pub(super) log_in: u64,
    /// Those whose account is not active, as before.
    pub(super) inactive: u64,
    pub(super) in_trash: u64,
    /// Those whose login or password the surface does not take.
    pub(super) unable: u64,
}

impl Original {
    /// Reads the accounts, each with the number of its line.
    fn accounts(&self) -> Vec<(u64, Value)> {
        let lines = std::fs::read_to_string(folder(self.name).join(self.accounts)).unwrap();
        let accounts = lines.lines().map(|line| serde_json::from_str(line).unwrap());
        accounts.map(|account: Value| (self.line(&account["id"]), account)).collect()
    }

    /// The line of the first file on which the account with this id begins, from 1.
    fn line(&self, id: &Value) -> u64 {
        let begin = match id {
            Value::Number(id) => [format!("{id},"), format!("{{\"id\":{id},")],
            id => ["\"", "'"].map(|quote| format!("{quote}{}{quote}", id.as_str().unwrap())),
        };
        let is_there = |line: &str| match id {
            Value::Number(_) => begin.iter().any(|begin| line.starts_with(begin)),
            _ => begin.iter().any(|begin| line.contains(begin)),
        };
        let file = std::fs::read_to_string(folder(self.name).join(self.files[0])).unwrap();
        let place = file.split('\n').position(is_there).unwrap_or_else(|| panic!("{id} has a line"));
        place as u64 + 1
    }

    /// Imports the accounts, first without writing and then twice, and logs everybody in.
    pub(super) async fn moves_in(&self) -> Counts {
        let house = House::with(self.keys).await;
        let accounts = self.accounts();
        let mut counts = Counts { accounts: accounts.len() as u64, ..Counts::default() };

        let (dry, told) = house.import(self.name, self.files, true).await;
        assert_eq!(house.accounts().await, 0, "a dry run writes nothing");
        assert_eq!((dry.rows, dry.here), (counts.accounts, 0), "{dry}");
        self.is_told(&accounts, self.refused, &told.bad);
        self.is_told(&accounts, self.spared, &told.spared);
        let cut = dry.behind.lost.iter().filter(|(what, _)| what.contains("too many characters"));
        assert_eq!(cut.map(|(_, times)| times).sum::<u64>(), self.cut, "{dry}");

        let (done, _) = house.import(self.name, self.files, false).await;
        assert_eq!((done.added, done.bad, done.here), (dry.added, dry.bad, 0), "{done}");
        // A hash that is cheap to compute tells at the import that it is of the empty password.
        let empty = u64::from(self.name == "mobile");
        assert_eq!(done.without_password, empty, "{done}");
        assert_eq!(house.accounts().await as u64, done.added);
        (counts.imported, counts.refused) = (done.added, done.bad);

        let before = house.exported().await;
        for account in &before {
            assert_eq!(account["surface"], self.name, "through which surface it came: {account}");
        }
        let (again, _) = house.import(self.name, self.files, false).await;
        assert_eq!((again.added, again.here, again.bad), (0, done.added, done.bad), "{again}");
        assert_eq!(house.exported().await, before, "a second import changes nothing");

        // Before the first login makes a hash ours: ours takes a password in either form of Unicode, and of names that
        // differ in that form alone the passwords may differ in it alone too.
        let is_refused = |account: &Value| self.refused.iter().any(|(n, _)| account["n"] == *n);
        let (refused, moved_in): (Vec<_>, Vec<_>) =
            accounts.iter().map(|(_, account)| account).partition(|account| is_refused(account));
        for account in refused.into_iter().chain(moved_in) {
            self.logs_in(&house, account, &mut counts).await;
        }
        assert_eq!(counts, table::row(self.name), "docs/migration-sources.md says so of {}", self.name);
        counts
    }

    /// What is told of rows is what is expected, each with its line and reason.
    fn is_told(&self, accounts: &[(u64, Value)], of: &[(u64, &str)], told: &[String]) {
        let lines: BTreeMap<u64, u64> =
            accounts.iter().map(|(line, account)| (account["n"].as_u64().unwrap(), *line)).collect();
        let mut expected: Vec<String> = Vec::new();
        for (n, reason) in of {
            let mut reason = (*reason).to_owned();
            for (n, line) in &lines {
                reason = reason.replace(&format!("{{{n}}}"), &line.to_string());
            }
            let separator = if reason.starts_with("is imported without") { "" } else { ":" };
            expected.push(format!("line {}{separator} {reason}", lines[n]));
        }
        let mut told = told.to_vec();
        told.sort();
        expected.sort();
        assert_eq!(told, expected, "{}", self.name);
    }

    async fn logs_in(&self, house: &House, account: &Value, counts: &mut Counts) {
        let n = account["n"].as_u64().unwrap();
        let (login, password) = (account["login"].as_str().unwrap(), account["password"].as_str().unwrap());
        let state = account["state"].as_str().unwrap();
        let tries = |password: String| async move { self.surface.log_in(&house.app, login, &password).await };
        let right = || tries(password.to_owned());
        // At its beginning, because bcrypt does not read what is behind the 72nd byte.
        let wrong = || tries(format!("?{password}"));
        let told = |what: &str| format!("{} {n}: {what}", self.name);
        let welcomes = self.surface.welcomes();

        if self.refused.iter().any(|(refused, _)| *refused == n) {
            let answer = right().await;
            assert!((400..500).contains(&answer.status), "{}: {answer:?}", told("was not imported"));
        } else if let Some((_, status)) = self.unable.iter().find(|(unable, _)| *unable == n) {
            let answer = right().await;
            assert_eq!(answer.status, *status, "{}: {answer:?}", told("cannot be said"));
            counts.unable += 1;
        } else if state.contains("deleted") {
            let answer = right().await;
            assert_eq!(answer.status, 401, "{}: {answer:?}", told("is in the trash"));
            assert!(
                self.account(house, login).await.details.deleted_at.is_some(),
                "{}",
                told("is in the trash")
            );
            counts.in_trash += 1;
        } else if state.starts_with("not ") {
            let (status, text) = self.surface.inactive();
            let answer = right().await;
            assert_eq!(answer.status, status, "{}: {answer:?}", told("is not active"));
            assert!(answer.body.contains(text), "{}: {answer:?}", told("is not active"));
            assert!(wrong().await.status >= 400);
            counts.inactive += 1;
        } else {
            // A comparison with some of these hashes takes a second, so a wrong password comes first for one alone.
            if n == 1 {
                assert_eq!(wrong().await.status, 401, "{}", told("a wrong password"));
            }
            let moved_in = self.account(house, login).await.details;
            // Other ids than UUIDs are not kept.
            if let Some(uuid) = account["id"].as_str().and_then(|id| Uuid::parse_str(id).ok()) {
                assert_eq!(moved_in.uuid.0, uuid, "{}", told("the id by which clients know it"));
            }
            let before = moved_in.hashed_password;
            assert!(before.as_str().starts_with("{foreign}"), "{}", told("the hash as it came"));
            let answer = right().await;
            assert_eq!(answer.status, welcomes, "{}: {answer:?}", told("logs in"));
            let after = self.account(house, login).await.details.hashed_password;
            // Of a password that bcrypt cut, nobody knows whether its end is right.
            let is_cut = password.len() > 72 && matches!(self.name, "admin" | "theater");
            if is_cut {
                assert_eq!(after, before, "{}", told("the hash stays as it came"));
            } else {
                let bcrypt = after.as_str().trim_start_matches("{sha256}");
                assert!(bcrypt.starts_with("$2b$04$"), "{}", told("the hash is ours after a login"));
            }
            assert_eq!(wrong().await.status, 401, "{}", told("a wrong password"));
            if let Some(old) = account["old_password"].as_str() {
                assert_eq!(tries(old.to_owned()).await.status, 401, "{}", told("the old password"));
            }
            assert_eq!(right().await.status, welcomes, "{}", told("logs in again"));
            let later = self.account(house, login).await.details.hashed_password;
            assert_eq!(later, after, "{}", told("the hash stays"));
            counts.log_in += 1;
        }
    }

    async fn account(&self, house: &House, login: &str) -> Account {
        self.surface.account(&house.app, login).await
    }
}

//! Every import command of docs/migration-sources.md, as it stands there, and every dump that it imports.

use std::fs;
use std::process::Command;

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use serde_json::Value;
use vestibule_tests::{OwnDatabase, Server};

use crate::house::{House, connect};
use crate::originals::{folder, row};

const PAGE: &str = include_str!("../../docs/migration-sources.md");

/// The commands in the section of an original.
fn lines(original: &str) -> impl Iterator<Item = &'static str> {
    let heading = format!("### {original}");
    let section = PAGE.lines().skip_while(move |line| **line != *heading).skip(1);
    let section = section.take_while(|line| !line.starts_with('#'));
    section.filter_map(|line| line.strip_prefix("    "))
}

/// The import commands in the section of an original, without the name of the program.
fn commands(original: &str) -> Vec<Vec<&'static str>> {
    let commands = lines(original).filter_map(|line| line.strip_prefix("vestibule "));
    commands.map(|command| command.split_whitespace().collect()).collect()
}

/// Dumps this database as the section of an original does.
fn dump(house: &House, original: &str, url: &str) {
    let dumps: Vec<&str> = lines(original).filter(|line| line.starts_with("pg_dump ")).collect();
    assert!(!dumps.is_empty(), "{original} has its dump");
    for dump in dumps {
        let dump = dump.replace("DATABASE", &format!("'{url}'"));
        let dumped = Command::new("bash").args(["-c", &dump]).current_dir(house.path("")).output().unwrap();
        let needed = "it takes pg_dump, no older than the server";
        assert!(dumped.status.success(), "{dump}: {needed}: {dumped:?}");
    }
}

/// Puts the export of an original where its commands look for it.
fn put(house: &House, original: &str, files: &[(&str, &str)]) {
    for (name, from) in files {
        fs::copy(folder(original).join(from), house.path(name)).unwrap();
    }
}

/// Runs the commands of an original, each beside an empty database. `databases` takes the place of the address of the
/// original's server, by the beginning of that address.
fn run(original: &str, files: &[(&str, &str)], databases: &[(&str, &str)], key: Option<(&str, &str)>) {
    let commands = commands(original);
    assert!(commands.len() > 1 || original == "admin", "{original} has its commands");
    let expected = row(original);
    for command in commands {
        let house = House::new();
        put(&house, original, files);
        if let Some((_, url)) = databases.iter().find(|(begin, _)| *begin == "postgres://") {
            dump(&house, original, url);
        }
        let in_place = |word: &'static str| match databases.iter().find(|(begin, _)| word.starts_with(begin))
        {
            Some((_, url)) if word.contains('…') => (*url).to_owned(),
            _ => word.to_owned(),
        };
        let arguments: Vec<String> = command.into_iter().map(in_place).collect();
        let mut arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        arguments.push("--skip-bad");
        let mut run = house.command(&format!("{}?mode=rwc", house.file("v.db")), &arguments);
        run.env("VESTIBULE__PASSWORD__BCRYPT_COST", "4");
        run.envs(key.map(|(name, value)| (format!("VESTIBULE_IMPORT__{name}"), value)));
        let ran = crate::house::ended(run.spawn().unwrap());
        let number = |label: &str| {
            let line = ran.out.lines().find_map(|line| line.strip_prefix(label));
            line.unwrap_or_else(|| panic!("{arguments:?}: {ran:?}")).trim().parse::<u64>().unwrap()
        };
        let told = (number("rows read"), number("added"), number("bad"));
        let expected = match original {
            // The theater original was run on PostgreSQL too, with fewer accounts.
            "theater" if !command_names(&arguments, ".sqlite") => (12, 12, 0),
            _ => (expected.accounts, expected.imported, expected.refused),
        };
        assert_eq!(told, expected, "{arguments:?}: {ran:?}");
    }
}

fn command_names(arguments: &[&str], end: &str) -> bool {
    arguments.iter().any(|argument| argument.ends_with(end))
}

/// Runs a dump with INSERTs, without what only psql and the owner of the server understand.
async fn load(url: &str, before: &str, original: &str, file: &str) {
    let dump = fs::read_to_string(folder(original).join(file)).unwrap();
    let known = |line: &&str| {
        !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict") && !line.contains(" OWNER TO ")
    };
    let dump: Vec<&str> = dump.lines().filter(known).collect();
    let database = connect(url).await;
    database.execute_unprepared(&format!("{before}{}", dump.join("\n"))).await.unwrap();
    database.close().await.unwrap();
}

#[test]
fn those_of_the_points_original() {
    run("points", &[("users.csv", "users.csv"), ("points.sqlite", "points.sqlite")], &[], None);
}

#[tokio::test]
#[cfg_attr(not(service_postgres), ignore = "no PostgreSQL: ./scripts/services start")]
async fn those_of_the_contacts_original() {
    let server = OwnDatabase::empty(Server::Postgres).await;
    load(&server.url, "", "contacts", "contacts.inserts.sql").await;
    run("contacts", &[], &[("postgres://", &server.url)], None);
}

#[test]
fn those_of_the_admin_original() {
    let files = [("users.json", "users.relaxed.jsonl"), ("trash.json", "trash.relaxed.jsonl")];
    run("admin", &files, &[], None);
}

#[tokio::test]
#[cfg_attr(not(service_postgres), ignore = "no PostgreSQL: ./scripts/services start")]
async fn those_of_the_theater_original() {
    let types = "CREATE TYPE public.usergroupenum AS ENUM ('USER', 'MODERATOR', 'ADMIN');\n\
                 CREATE TYPE public.genderenum AS ENUM ('MAN', 'WOMAN');\n";
    let server = OwnDatabase::empty(Server::Postgres).await;
    load(&server.url, types, "theater", "theater.pg.inserts.sql").await;
    run("theater", &[("theater.sqlite", "theater.sqlite")], &[("postgres://", &server.url)], None);
}

#[tokio::test]
#[cfg_attr(not(service_mariadb), ignore = "no MariaDB: ./scripts/services start")]
async fn those_of_the_mobile_original() {
    let server = OwnDatabase::empty(Server::MariaDb).await;
    let database = connect(&server.url).await;
    let table = "CREATE TABLE users (uuid VARCHAR(255) PRIMARY KEY, username VARCHAR(400) NOT NULL, \
                 email VARCHAR(120), mobile VARCHAR(400) NOT NULL, password VARCHAR(255) NOT NULL, \
                 gender VARCHAR(60), status BOOL NOT NULL, created DATETIME NOT NULL, modified DATETIME NOT NULL) \
                 CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";
    database.execute_unprepared(table).await.unwrap();
    for line in fs::read_to_string(folder("mobile").join("users.jsonl")).unwrap().lines() {
        add_mobile(&database, &serde_json::from_str(line).unwrap()).await;
    }
    database.close().await.unwrap();
    let files = [("mobile.sqlite", "mobile.sqlite"), ("users.jsonl", "users.jsonl")];
    run("mobile", &files, &[("mysql://", &server.url)], Some(crate::originals::MOBILE_KEY));
}

async fn add_mobile(database: &DatabaseConnection, row: &Value) {
    let text = |column: &str| row[column].as_str().map(str::to_owned);
    let values: [sea_orm::Value; 9] = [
        text("uuid").into(),
        text("username").into(),
        text("email").into(),
        text("mobile").into(),
        text("password").into(),
        text("gender").into(),
        row["status"].as_i64().into(),
        text("created").into(),
        text("modified").into(),
    ];
    let insert = "INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    database.execute_raw(Statement::from_sql_and_values(DbBackend::MySql, insert, values)).await.unwrap();
}

//! The pages whose commands are run, each from its top to its bottom.

use std::fs;

use serde_json::{Value, json};
use vestibule_tests::{OwnDatabase, Server};

use super::blocks::{AUDIT, BRANDING, CONSOLE_DETAILS, MIGRATION_SOURCES, MOVING_HOUSE};
use super::readme::README;
use super::shell::Shell;
use super::walk::walk;
use super::written::root;

const PASSWORD: &str = "correct horse battery\n";

/// The first block of a page in this language.
fn block(page: &str, language: &str) -> String {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let (_, rest) = text.split_once(&format!("\n```{language}\n")).unwrap();
    rest.split("```").next().unwrap().to_owned()
}

/// What `vestibule users show` tells of an account.
fn account(shell: &mut Shell, name: &str) -> Value {
    serde_json::from_str(&shell.run(&format!("vestibule users show {name} --json")).well()).unwrap()
}

fn create_admin(shell: &mut Shell, address: &str) {
    shell.run_with(PASSWORD, &format!("vestibule users create-admin --email {address}")).well();
}

#[test]
fn the_readme_is_walked_from_top_to_bottom() {
    let mut shell = Shell::new();
    for (written, here) in [
        ("cargo run --release -- ", "vestibule "),
        ("cargo run -- ", "vestibule "),
        ("cargo run", "vestibule"),
        ("SERVER__PORT=9000", "SERVER__PORT=0"),
    ] {
        shell.replace(written, here);
    }
    walk(&README, &mut shell);
}

#[test]
fn the_audit_trail_is_read_as_its_page_reads_it() {
    let mut shell = Shell::new();
    create_admin(&mut shell, "ada@example.com");
    let server = shell.serve("vestibule");
    let wrong = json!({"email": "ada@example.com", "password": "wrong"});
    let path = format!("{}/api/v1/accounts/login/", server.url);
    let refused = shell.run(&format!("curl -s {path} -H 'content-type: application/json' -d '{wrong}'"));
    assert_eq!(refused.statuses(), [401], "{refused:?}");
    let uuid = account(&mut shell, "ada@example.com")["uuid"].as_str().unwrap().to_owned();
    shell.replace("0193…", &uuid);
    walk(&AUDIT, &mut shell);
}

#[test]
fn templates_are_looked_at_as_their_page_does() {
    let mut shell = Shell::new();
    let templates = shell.path("mail");
    for folder in [&templates, &shell.path("config")] {
        fs::create_dir(folder).unwrap();
    }
    let folder = templates.parent().unwrap().display().to_string();
    let settings = block("docs/branding.md", "toml").replace("/etc/vestibule", &folder);
    fs::write(shell.path("config/local.toml"), settings).unwrap();
    fs::write(templates.join("reset_password.en.txt"), block("docs/branding.md", "text")).unwrap();
    let html = "<p>{{ product }}</p><a href=\"{{ link }}\">{{ valid }}</a>";
    for language in ["en", "fr"] {
        fs::write(templates.join(format!("reset_password.{language}.html")), html).unwrap();
    }
    let french = "Subject: {{ product }} : nouveau mot de passe\n\n{{ link }}\n";
    fs::write(templates.join("reset_password.fr.txt"), french).unwrap();
    walk(&BRANDING, &mut shell);
}

#[test]
fn the_console_is_used_without_a_browser_as_its_page_does() {
    let mut shell = Shell::with(&[("VESTIBULE__CONSOLE__ENABLED", "true")]);
    create_admin(&mut shell, "admin@example.org");
    fs::write(shell.path("users.jsonl"), json!({"email": "spammer@example.org"}).to_string()).unwrap();
    shell.run("vestibule users import users.jsonl").well();
    let server = shell.serve("vestibule");
    shell.replace("http://127.0.0.1:8000", &server.url);
    walk(&CONSOLE_DETAILS, &mut shell);
    let spammer = account(&mut shell, "spammer@example.org");
    assert_eq!(spammer["standing"], "in_trash", "{spammer:#}");
}

#[test]
fn the_map_of_the_page_reads_a_shop() {
    let mut shell = Shell::new();
    fs::write(shell.path("shop.toml"), block("docs/migration-sources.md", "toml")).unwrap();
    let customers = "id,mail,old_mail,first,last,rank_id,confirmed,banned_at,since,pw,pw_salt,newsletter\n\
        1,,ada@example.org,Ada,Lovelace,7,yes,,1700000000,\
        $2y$04$......................3gpCxFJg.wAmUUGYsE2aLLfPY1cP2ZO,,yes\n\
        2,grace@example.org,,Grace,Hopper,8,yes,2024-05-31,1700000000,,,no\n";
    fs::write(shell.path("customers.csv"), customers).unwrap();
    fs::write(shell.path("ranks.csv"), "id,name\n7,boss\n8,customer\n").unwrap();
    shell.replace("FILE… --map FILE.toml", "customers.csv ranks.csv --map shop.toml");
    walk(&MIGRATION_SOURCES, &mut shell);
    let (ada, grace) = (account(&mut shell, "ada@example.org"), account(&mut shell, "grace@example.org"));
    let told = |account: &Value| ["display_name", "role", "created_at"].map(|key| account[key].clone());
    assert_eq!(told(&ada), ["Ada Lovelace", "admin", "2023-11-14T22:13:20Z"], "{ada:#}");
    assert_eq!(told(&grace), ["Grace Hopper", "user", "2023-11-14T22:13:20Z"], "{grace:#}");
    assert_eq!((&ada["standing"], &grace["standing"]), (&json!("active"), &json!("waiting_for_activation")));
}

#[tokio::test(flavor = "multi_thread")]
#[cfg_attr(not(service_postgres), ignore = "no PostgreSQL: ./scripts/services start")]
async fn a_house_is_moved_as_its_page_moves_it() {
    let target = OwnDatabase::empty(Server::Postgres).await;
    let mut shell = Shell::new();
    create_admin(&mut shell, "ada@example.org");
    let source = format!("sqlite://{}", shell.path("data/vestibule.db").display());
    shell.replace("sqlite:///var/lib/vestibule/vestibule.db", &source);
    shell.replace("postgres://vestibule:password@db.example.org/vestibule", &target.url);
    walk(&MOVING_HOUSE, &mut shell);
    let accounts = shell.run("VESTIBULE__DATABASE__URL=\"$NEW\" vestibule users list").well();
    assert!(accounts.contains("ada@example.org"), "{accounts}");
}

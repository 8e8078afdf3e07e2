//! The maps that are shipped, each with a sample.

use std::path::Path;

use time::OffsetDateTime;
use uuid::uuid;
use vestibule_sources::{Origin, Role, System, help, names};

use crate::reading::{Read, read};

/// Reads the sample of a system: one file, or the folder.
fn sample(name: &str, file: &str) -> Read {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name).join(file);
    let read = read(name, Origin::Files(vec![path]), &[]).unwrap();
    assert_eq!(read.bad, [], "{name}");
    assert!(read.records.len() >= 2, "{name}");
    let ann = &read.records[0];
    assert_eq!(ann.email.as_deref(), Some("ann@example.com"), "{name}");
    assert_eq!(ann.is_active, Some(true), "{name}");
    assert_eq!(ann.created_at.map(OffsetDateTime::date), Some(time::macros::date!(2026 - 01 - 02)), "{name}");
    assert!(ann.password_hash.is_some() && ann.source_id.is_some(), "{name}");
    read
}

fn formats(read: &Read) -> Vec<&str> {
    read.records.iter().map(|record| record.hash_format.as_deref().unwrap_or("none")).collect()
}

fn roles(read: &Read) -> Vec<Role> {
    read.records.iter().map(|record| record.role.unwrap()).collect()
}

fn active(read: &Read) -> Vec<bool> {
    read.records.iter().map(|record| record.is_active.unwrap()).collect()
}

#[test]
fn every_map_can_be_read_and_tells_what_it_was_made_from() {
    for name in names() {
        let help = help(&System::Named((*name).to_owned())).unwrap();
        assert_eq!(&help.name, name);
        assert!(help.seen.len() > 10 && help.options.iter().all(|option| !option.about.is_empty()));
    }
}

#[test]
fn supabase_is_read_from_its_schema_alone() {
    let read = sample("supabase", "auth.sql");
    assert_eq!(formats(&read), ["bcrypt-2a", "supabase-fbscrypt", "none", "none"]);
    assert_eq!(active(&read), [true, false, false, true]);
    assert_eq!(read.records[0].uuid, Some(uuid!("11111111-1111-4111-8111-111111111111")));
    assert_eq!(read.noted("ids that are no UUIDs"), 0);
    assert_eq!(read.records[0].display_name.as_deref(), Some("Ann Lee"));
    assert_eq!(read.records[0].avatar.as_deref(), Some("https://cdn.example.com/a.png"));
    assert_eq!(read.records[0].email_verified_at.unwrap().millisecond(), 500);
    assert_eq!(read.noted("accounts without a password"), 2);
}

#[test]
fn auth0_joins_its_two_exports_by_the_address() {
    let read = sample("auth0", "");
    assert_eq!(formats(&read), ["bcrypt-2b", "bcrypt-2b", "none"]);
    assert_eq!(active(&read), [true, false, true]);
    assert_eq!(read.records[0].source_id.as_deref(), Some("auth0|1"));
    assert_eq!(read.records[1].email_verified_at, None);
    assert_eq!(read.noted("password hashes of no account"), 0);
}

#[test]
fn auth0_is_read_from_the_export_of_hashes_alone() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/auth0/passwords.json");
    let read = read("auth0", Origin::Files(vec![path]), &[]).unwrap();
    assert_eq!(formats(&read), ["bcrypt-2b", "bcrypt-2b"]);
    assert_eq!(read.records[0].source_id.as_deref(), Some("5dea9f9c82dd7c0e76e4ec91"));
    assert!(read.records[0].email_verified_at.is_some() && read.records[1].email_verified_at.is_none());
}

#[test]
fn firebase_has_costs_beside_its_hashes_and_the_signer_key_nowhere() {
    let read = sample("firebase", "users.json");
    assert_eq!(formats(&read), ["firebase-scrypt", "none"]);
    let extra = serde_json::to_value(&read.records[0].hash_extra).unwrap();
    assert_eq!(
        extra,
        serde_json::json!({"mem_cost": 14, "rounds": 8, "salt": "PHAe7DN1Wps+1PUO", "salt_separator": "Bw=="})
    );
    assert_eq!(active(&read), [true, false]);
    assert_eq!(read.records[0].created_at.unwrap().millisecond(), 123);
    assert_eq!(read.noted("passwords that need the key SIGNER_KEY"), 1);
}

#[test]
fn keycloak_gives_the_credential_as_an_object() {
    let read = sample("keycloak", "sample-realm.json");
    assert_eq!(formats(&read), ["keycloak-argon2", "keycloak-pbkdf2-sha256", "none"]);
    let hash = read.records[0].password_hash.as_ref().unwrap().as_object().unwrap();
    assert_eq!(hash.len(), 3);
    assert_eq!(hash["type"], "password");
    // Realms made by hand may have other ids, and their accounts move in all the same.
    assert_eq!(read.records[0].uuid, None);
    assert_eq!(read.noted("ids that are no UUIDs"), 3);
    assert_eq!(roles(&read), [Role::Admin, Role::User, Role::User]);
    assert_eq!(read.records[0].mobile.as_deref(), Some("+49123456"));
    assert_eq!(read.records[0].display_name.as_deref(), Some("Ann Lee"));
    assert_eq!(active(&read), [true, false, true]);
}

#[test]
fn django_tells_hashers_by_their_names_and_locks_by_their_mark() {
    let read = sample("django", "auth_user.csv");
    assert_eq!(formats(&read), ["django-pbkdf2_sha256", "django-scrypt", "none"]);
    assert_eq!(roles(&read), [Role::Admin, Role::User, Role::User]);
    assert_eq!(active(&read), [true, false, true]);
    assert_eq!(read.noted("accounts whose password is locked"), 1);
}

#[test]
fn flask_security_gives_the_highest_of_several_roles() {
    let read = sample("flask-security", "");
    assert_eq!(formats(&read), ["flask-security-argon2", "flask-security-bcrypt"]);
    assert_eq!(roles(&read), [Role::Admin, Role::User]);
    assert_eq!(read.records[0].email_verified_at.unwrap().hour(), 10);
}

#[test]
fn laravel_is_read_from_a_dump_of_mysql() {
    let read = sample("laravel", "dump.sql");
    assert_eq!(formats(&read), ["bcrypt-2y", "argon2id-phc"]);
    assert_eq!(read.records[0].display_name.as_deref(), Some("Ann \"O'Lee\"; (the first)"));
    assert_eq!(read.records[1].display_name.as_deref(), Some("Bo\nTwo"));
    assert_eq!(read.noted("values of `remember_token`"), 1);
}

#[test]
fn wordpress_has_its_roles_in_serialised_capabilities() {
    let read = sample("wordpress", "");
    assert_eq!(formats(&read), ["wordpress-wp-bcrypt", "phpass-P", "hex-md5"]);
    assert_eq!(roles(&read), [Role::Admin, Role::Moderator, Role::User]);
    assert_eq!(read.records[1].created_at, None);
}

#[test]
fn better_auth_has_its_passwords_in_the_account_of_the_provider_credential() {
    let read = sample("better-auth", "");
    assert_eq!(formats(&read), ["better-auth-scrypt", "none"]);
    assert_eq!(roles(&read), [Role::Admin, Role::User]);
    assert_eq!(active(&read), [true, false]);
    let extra = serde_json::to_value(&read.records[0].hash_extra).unwrap();
    assert_eq!(extra, serde_json::json!({"N": 16384, "p": 1, "r": 16}));
}

#[test]
fn pocketbase_is_read_from_a_dump_of_sqlite() {
    let read = sample("pocketbase", "users.sql");
    assert_eq!(formats(&read), ["bcrypt-2a", "bcrypt-2a"]);
    assert_eq!(read.records[0].display_name.as_deref(), Some("Ann\nLee"));
    assert_eq!(read.records[0].email_verified_at, read.records[0].created_at);
    assert_eq!(read.records[1].email_verified_at, None);
}

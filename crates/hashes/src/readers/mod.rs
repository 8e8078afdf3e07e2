//! Readers: from the text of a system to a recipe.

mod adonis;
mod aspnet;
mod bcrypt_apps;
mod couchdb;
mod crypt;
mod discourse;
mod django;
mod dovecot;
mod drupal;
mod firebase;
mod flask_security;
mod gitea;
mod jupyter;
mod keycloak;
mod ldap;
mod lucia;
mod mediawiki;
mod medusa;
mod meteor;
mod mobile;
mod mssql;
mod nextcloud;
mod npm;
mod parts;
mod passlib;
mod pattern;
mod payload;
mod phc;
mod plain;
mod postgres;
mod rabbitmq;
mod redwood;
mod scram;
mod spring;
mod symfony;
mod web2py;
mod werkzeug;
mod wordpress;
mod zope;

use serde_json::{Map, Value};

pub(crate) use pattern::Pattern;

use crate::detect::candidates;
use crate::foreign::ForeignHash;
use crate::format::Format;
use crate::input::HashInput;
use crate::keys::ImportKeys;
use crate::recipe::SHORTEST_DIGEST;
use crate::refusal::Refusal;
use crate::registry::{formats, refused};
use crate::source::Source;

/// The formats of all systems. The most general ones come first.
pub(crate) const SYSTEMS: &[&[Format]] = &[
    phc::FORMATS,
    crypt::FORMATS,
    plain::FORMATS,
    ldap::FORMATS,
    dovecot::FORMATS,
    zope::FORMATS,
    passlib::FORMATS,
    django::FORMATS,
    flask_security::FORMATS,
    werkzeug::FORMATS,
    web2py::FORMATS,
    jupyter::FORMATS,
    bcrypt_apps::FORMATS,
    adonis::FORMATS,
    lucia::FORMATS,
    payload::FORMATS,
    medusa::FORMATS,
    meteor::FORMATS,
    redwood::FORMATS,
    npm::FORMATS,
    firebase::FORMATS,
    wordpress::FORMATS,
    drupal::FORMATS,
    mediawiki::FORMATS,
    nextcloud::FORMATS,
    symfony::FORMATS,
    discourse::FORMATS,
    gitea::FORMATS,
    keycloak::FORMATS,
    spring::FORMATS,
    aspnet::FORMATS,
    postgres::FORMATS,
    mssql::FORMATS,
    couchdb::FORMATS,
    rabbitmq::FORMATS,
    mobile::FORMATS,
];

/// What is known and not accepted.
pub(crate) const REFUSED: &[(&str, &str)] = &[(
    "des-crypt",
    "it reads eight characters of a password and has 25 rounds of DES, and no kept library that builds with ours \
     computes it; these accounts need a reset",
)];

/// Reads the hash of another system. `extra` has what stands beside the hash, such as a salt in a column of its own.
///
/// Without a format, the text has to tell it.
pub fn read(
    format: Option<&str>,
    hash: HashInput<'_>,
    extra: &Map<String, Value>,
    keys: &ImportKeys,
) -> Result<ForeignHash, Refusal> {
    let format = match format {
        Some(name) => by_name(name)?,
        None => by_text(hash)?,
    };
    let source = Source::new(format.name, hash, extra, keys);
    let recipe = format.read(&source)?;
    if recipe.digest.len() < SHORTEST_DIGEST {
        return Err(source.bad("its digest is too short to tell passwords apart"));
    }
    ForeignHash::new(format.name, recipe)
}

fn by_name(name: &str) -> Result<&'static Format, Refusal> {
    if let Some((format, reason)) = refused().find(|(refused, _)| *refused == name) {
        return Err(Refusal::NotAccepted { format, reason });
    }
    formats().find(|format| format.name == name).ok_or_else(|| Refusal::UnknownFormat(name.to_owned()))
}

/// Several formats are one answer if all of them read the text alike.
fn by_text(hash: HashInput<'_>) -> Result<&'static Format, Refusal> {
    let candidates = candidates(hash);
    let Some((first, recipe)) = candidates.first() else { return Err(nobody_reads(hash)) };
    if candidates.iter().all(|(_, other)| other == recipe) {
        return Ok(first);
    }
    Err(Refusal::Ambiguous(candidates.iter().map(|(format, _)| format.name).collect()))
}

/// Where no format takes a text, one may have known it and found it too expensive.
fn nobody_reads(hash: HashInput<'_>) -> Refusal {
    let (extra, keys) = (Map::new(), ImportKeys::default());
    let refusals = formats()
        .filter(|format| format.tells_itself)
        .filter_map(|format| format.read(&Source::new(format.name, hash, &extra, &keys)).err());
    refusals
        .into_iter()
        .find(|refusal| matches!(refusal, Refusal::TooCostly { .. }))
        .unwrap_or(Refusal::Unrecognised)
}

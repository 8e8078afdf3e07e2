//! Dovecot 2.4.1's `doveadm pw`. Run. The names in braces are of either case.

use super::parts::{self, tagged};
use super::{crypt, ldap, scram};
use crate::coding;
use crate::engines::{Algorithm, Pbkdf2};
use crate::format::Format;
use crate::recipe::{Bytes, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

const DOVECOT: &str = "Dovecot";

pub(super) const FORMATS: &[Format] = &[
    Format::code("dovecot-argon2i", DOVECOT, |source| argon2(source, "ARGON2I")),
    Format::code("dovecot-argon2id", DOVECOT, |source| argon2(source, "ARGON2ID")),
    Format::code("dovecot-blf-crypt", DOVECOT, blowfish),
    Format::code("dovecot-md5-crypt", DOVECOT, |source| crypted(source, "MD5-CRYPT")),
    Format::code("dovecot-sha256-crypt", DOVECOT, |source| crypted(source, "SHA256-CRYPT")),
    Format::code("dovecot-sha512-crypt", DOVECOT, |source| crypted(source, "SHA512-CRYPT")),
    Format::code("dovecot-pbkdf2", DOVECOT, pbkdf2),
    Format::code("dovecot-scram-sha-1", DOVECOT, |source| scrammed(source, "SCRAM-SHA-1", Algorithm::Sha1)),
    Format::code("dovecot-scram-sha-256", DOVECOT, |source| {
        scrammed(source, "SCRAM-SHA-256", Algorithm::Sha256)
    }),
    Format::code("dovecot-sha256", DOVECOT, |source| ldap::unsalted(source, "SHA256", Algorithm::Sha256)),
    Format::code("dovecot-sha512", DOVECOT, |source| ldap::unsalted(source, "SHA512", Algorithm::Sha512)),
    Format::code("dovecot-ssha", DOVECOT, |source| ldap::salted(source, "SSHA", Algorithm::Sha1)),
    Format::code("dovecot-ssha256", DOVECOT, |source| ldap::salted(source, "SSHA256", Algorithm::Sha256)),
    Format::code("dovecot-ssha512", DOVECOT, |source| ldap::salted(source, "SSHA512", Algorithm::Sha512)),
    Format::code("dovecot-ssha256.hex", DOVECOT, |source| hex(source, "SSHA256.HEX", Algorithm::Sha256)),
    Format::code("dovecot-ssha512.hex", DOVECOT, |source| hex(source, "SSHA512.HEX", Algorithm::Sha512)),
];

fn under<'a>(source: &Source<'a>, tag: &str) -> Result<&'a str, Refusal> {
    tagged(source.text()?, tag).ok_or_else(|| source.parts())
}

fn argon2(source: &Source<'_>, tag: &str) -> Result<Recipe, Refusal> {
    parts::argon2(source, under(source, tag)?, Bytes::default())
}

fn blowfish(source: &Source<'_>) -> Result<Recipe, Refusal> {
    parts::bcrypt(source, under(source, "BLF-CRYPT")?)
}

fn crypted(source: &Source<'_>, tag: &str) -> Result<Recipe, Refusal> {
    crypt::crypt(source, under(source, tag)?)
}

fn hex(source: &Source<'_>, tag: &str, algorithm: Algorithm) -> Result<Recipe, Refusal> {
    ldap::digest_and_salt(source, coding::hex(under(source, tag)?), algorithm)
}

/// `$1$<salt>$<iterations>$<hex>`: another layout than OpenLDAP's under the same name.
fn pbkdf2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = under(source, "PBKDF2")?;
    let read = || {
        let (salt, rest) = text.strip_prefix("$1$")?.split_once('$')?;
        let (iterations, hash) = rest.split_once('$')?;
        Some((salt, coding::number(iterations)?, coding::hex(hash).filter(|hash| hash.len() == 20)?))
    };
    let (salt, iterations, hash) = read().ok_or_else(|| source.parts())?;
    Ok(Recipe::new([Pbkdf2::new(Algorithm::Sha1, iterations, 20, salt)?.into()], hash))
}

/// `<iterations>,<salt>,<StoredKey>,<ServerKey>`.
fn scrammed(source: &Source<'_>, tag: &str, algorithm: Algorithm) -> Result<Recipe, Refusal> {
    let text = under(source, tag)?;
    let read = || {
        let mut parts = text.split(',');
        let iterations = coding::number(parts.next()?)?;
        let (salt, stored) = (coding::base64(parts.next()?)?, coding::base64(parts.next()?)?);
        (stored.len() == algorithm.length()).then_some((iterations, salt, stored))
    };
    let (iterations, salt, stored) = read().ok_or_else(|| source.parts())?;
    scram::stored_key(algorithm, iterations, salt, stored)
}

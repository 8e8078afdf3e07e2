//! OpenLDAP's slappasswd 2.6.10 with its modules, passlib's `ldap_*`. Run. RFC 2307 has the schemes in braces.

use super::parts::{self, tagged};
use super::{crypt, pattern::How, pattern::Pattern};
use crate::coding;
use crate::engines::{Algorithm, Around, Digest};
use crate::format::Format;
use crate::recipe::{Bytes, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

const fn pbkdf2(template: &'static str, algorithm: Algorithm) -> Pattern {
    Pattern { template, how: How::Pbkdf2(algorithm) }
}

const SLAPPASSWD: &str = "OpenLDAP";

pub(super) const FORMATS: &[Format] = &[
    Format::code("ldap-md5", SLAPPASSWD, |source| unsalted(source, "MD5", Algorithm::Md5)),
    Format::code("ldap-sha", "OpenLDAP, Apache htpasswd", |source| unsalted(source, "SHA", Algorithm::Sha1)),
    Format::code("ldap-sha256", SLAPPASSWD, |source| unsalted(source, "SHA256", Algorithm::Sha256)),
    Format::code("ldap-smd5", SLAPPASSWD, |source| salted(source, "SMD5", Algorithm::Md5)),
    Format::code("ldap-ssha", SLAPPASSWD, |source| salted(source, "SSHA", Algorithm::Sha1)),
    Format::code("ldap-ssha256", SLAPPASSWD, |source| salted(source, "SSHA256", Algorithm::Sha256)),
    Format::code("ldap-ssha384", SLAPPASSWD, |source| salted(source, "SSHA384", Algorithm::Sha384)),
    Format::code("ldap-ssha512", SLAPPASSWD, |source| salted(source, "SSHA512", Algorithm::Sha512)),
    Format::pattern(
        "ldap-pbkdf2",
        SLAPPASSWD,
        pbkdf2("{PBKDF2}<n>$<salt:ab64>$<hash:ab64>", Algorithm::Sha1),
    ),
    Format::pattern(
        "ldap-pbkdf2-sha1",
        "passlib",
        pbkdf2("{PBKDF2}<n>$<salt:ab64>$<hash:ab64>", Algorithm::Sha1),
    ),
    Format::pattern(
        "ldap-pbkdf2-sha256",
        SLAPPASSWD,
        pbkdf2("{PBKDF2-SHA256}<n>$<salt:ab64>$<hash:ab64>", Algorithm::Sha256),
    ),
    Format::pattern(
        "ldap-pbkdf2-sha512",
        SLAPPASSWD,
        pbkdf2("{PBKDF2-SHA512}<n>$<salt:ab64>$<hash:ab64>", Algorithm::Sha512),
    ),
    Format::code("ldap-argon2", SLAPPASSWD, argon2),
    Format::code("ldap-crypt-md5", SLAPPASSWD, crypted),
    Format::code("ldap-crypt-sha512", SLAPPASSWD, crypted),
];

/// base64 of H(password).
pub(super) fn unsalted(source: &Source<'_>, tag: &str, algorithm: Algorithm) -> Result<Recipe, Refusal> {
    let bytes = tagged(source.text()?, tag).and_then(coding::base64);
    let hash = bytes.filter(|hash| hash.len() == algorithm.length()).ok_or_else(|| source.parts())?;
    Ok(Recipe::new([Digest::once(algorithm).into()], hash))
}

/// base64 of H(password + salt) and the salt.
pub(super) fn salted(source: &Source<'_>, tag: &str, algorithm: Algorithm) -> Result<Recipe, Refusal> {
    let bytes = tagged(source.text()?, tag).and_then(coding::base64);
    digest_and_salt(source, bytes, algorithm)
}

/// H(password + salt) and the salt behind it.
pub(super) fn digest_and_salt(
    source: &Source<'_>,
    bytes: Option<Vec<u8>>,
    algorithm: Algorithm,
) -> Result<Recipe, Refusal> {
    let bytes = bytes.filter(|bytes| bytes.len() > algorithm.length()).ok_or_else(|| source.parts())?;
    let (hash, salt) = bytes.split_at_checked(algorithm.length()).ok_or_else(|| source.parts())?;
    Ok(Recipe::new([Around::behind(salt).into(), Digest::once(algorithm).into()], hash))
}

fn argon2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = tagged(source.text()?, "ARGON2").ok_or_else(|| source.parts())?;
    parts::argon2(source, text, Bytes::default())
}

/// Whatever crypt(3) of the server's machine makes.
fn crypted(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = tagged(source.text()?, "CRYPT").ok_or_else(|| source.parts())?;
    if text.starts_with("$2") { parts::bcrypt(source, text) } else { crypt::crypt(source, text) }
}

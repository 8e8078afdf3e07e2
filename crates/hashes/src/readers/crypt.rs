//! crypt(3) of libxcrypt 4.4.38, and what htpasswd of Apache 2.4 and passlib 1.7.4 write alike. Run.

use super::parts;
use crate::coding::{self, h64, h64_number};
use crate::engines::{Algorithm, GostYescrypt, Md5Crypt, Scrypt, Sha1Crypt, ShaCrypt, Yescrypt};
use crate::format::Format;
use crate::recipe::{Characters, Recipe, Step};
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code(
        "bcrypt-2b",
        "crypt(3), Python bcrypt, npm bcrypt and bcryptjs, Vendure, Strapi, n8n, Keystone",
        bcrypt,
    ),
    Format::code(
        "bcrypt-2a",
        "crypt(3), Ruby bcrypt, bcryptjs 2, Go, Supabase Auth, PocketBase, Parse",
        bcrypt,
    ),
    Format::code("bcrypt-2y", "PHP, Laravel, phpBB 3, Joomla, Drupal 10.1", bcrypt),
    Format::code("htpasswd-bcrypt-2y", "Apache htpasswd", bcrypt),
    Format::code("md5-crypt", "crypt(3)", whole),
    Format::code("apr1", "Apache htpasswd, npm apache-md5", whole),
    Format::code("sha256-crypt", "crypt(3), passlib, htpasswd", whole),
    Format::code("sha256-crypt-implicit-5000", "crypt(3), htpasswd", whole),
    Format::code("sha512-crypt", "crypt(3), passlib, htpasswd", whole),
    Format::code("sha512-crypt-implicit-5000", "crypt(3), htpasswd", whole),
    Format::code("sha1-crypt", "NetBSD, passlib", whole),
    Format::code("yescrypt", "crypt(3)", whole),
    Format::code("gost-yescrypt", "crypt(3)", whole),
    Format::code("crypt-scrypt", "crypt(3)", whole),
];

fn bcrypt(source: &Source<'_>) -> Result<Recipe, Refusal> {
    parts::bcrypt(source, source.text()?)
}

fn whole(source: &Source<'_>) -> Result<Recipe, Refusal> {
    crypt(source, source.text()?)
}

/// Any hash of crypt(3) but bcrypt.
pub(super) fn crypt(source: &Source<'_>, text: &str) -> Result<Recipe, Refusal> {
    let (mark, rest) =
        text.strip_prefix('$').and_then(|rest| rest.split_once('$')).ok_or_else(|| source.parts())?;
    match mark {
        "1" => {
            let (salt, hash) = split(source, rest, 16)?;
            Ok(Recipe::new([Md5Crypt::new(false, salt)?.into()], hash))
        }
        "apr1" => {
            let (salt, hash) = split(source, rest, 16)?;
            let mut recipe = Recipe::new([Md5Crypt::new(true, salt)?.into()], hash);
            // npm apache-md5 hashes the low byte of each unit of UTF-16, all others hash UTF-8.
            recipe.spelling.characters = Characters::LowBytes;
            recipe.spelling.or_utf8 = true;
            Ok(recipe)
        }
        "5" => sha(source, rest, Algorithm::Sha256),
        "6" => sha(source, rest, Algorithm::Sha512),
        "sha1" => {
            let (rounds, rest) = rest.split_once('$').ok_or_else(|| source.parts())?;
            let (salt, hash) = split(source, rest, 21)?;
            let rounds = coding::number(rounds).ok_or_else(|| source.parts())?;
            Ok(Recipe::new([Sha1Crypt::new(rounds, salt)?.into()], hash))
        }
        "y" => yescrypt(source, rest, |params, salt| Yescrypt::new(params, salt).map(Step::from)),
        "gy" => yescrypt(source, rest, |params, salt| GostYescrypt::new(params, salt).map(Step::from)),
        "7" => scrypt(source, rest),
        _ => Err(source.parts()),
    }
}

/// A salt, a dollar and a digest of so many bytes.
fn split<'t>(source: &Source<'_>, rest: &'t str, length: usize) -> Result<(&'t str, Vec<u8>), Refusal> {
    let (salt, hash) = rest.split_once('$').ok_or_else(|| source.parts())?;
    let hash = h64(hash).filter(|hash| hash.len() == length).ok_or_else(|| source.parts())?;
    Ok((salt, hash))
}

/// Where no rounds are named, there are 5000.
fn sha(source: &Source<'_>, rest: &str, algorithm: Algorithm) -> Result<Recipe, Refusal> {
    let (rounds, rest) = match rest.strip_prefix("rounds=").and_then(|rest| rest.split_once('$')) {
        Some((rounds, rest)) => (parts::clamped(coding::number(rounds).ok_or_else(|| source.parts())?), rest),
        None => (5000, rest),
    };
    let (salt, hash) = split(source, rest, algorithm.length())?;
    Ok(Recipe::new([ShaCrypt::new(algorithm, rounds, salt)?.into()], hash))
}

fn yescrypt(
    source: &Source<'_>,
    rest: &str,
    step: impl FnOnce(&str, &str) -> Result<Step, Refusal>,
) -> Result<Recipe, Refusal> {
    let (params, rest) = rest.split_once('$').ok_or_else(|| source.parts())?;
    let (salt, hash) = split(source, rest, 32)?;
    Ok(Recipe::new([step(params, salt)?], hash))
}

/// One character of N, five of r, five of p, and a salt that is used as it stands.
fn scrypt(source: &Source<'_>, rest: &str) -> Result<Recipe, Refusal> {
    let read = || {
        let (costs, rest) = rest.split_at_checked(11)?;
        let mut numbers = costs.bytes().map(h64_number);
        let log_n = u8::try_from(numbers.next()??).ok()?;
        let mut thirty_bits =
            || (0..5).try_fold(0, |bits, place| Some(bits | (numbers.next()?? << (6 * place))));
        Some((log_n, thirty_bits()?, thirty_bits()?, rest))
    };
    let (log_n, r, p, rest) = read().ok_or_else(|| source.parts())?;
    let (salt, hash) = split(source, rest, 32)?;
    Ok(Recipe::new([Scrypt::new(log_n, r, p, 32, salt)?.into()], hash))
}

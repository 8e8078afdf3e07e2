//! Systems that write plain bcrypt and hash something else than the password.
//!
//! Devise 4.8.1 was run. Matrix Synapse 1.163.2 was read from its wheel.

use super::parts;
use crate::engines::Around;
use crate::format::Format;
use crate::recipe::{Recipe, TextForm};
use crate::refusal::Refusal;
use crate::source::Source;

const PEPPER: &str = "PEPPER";

pub(super) const FORMATS: &[Format] = &[
    Format::code("devise", "Devise: Mastodon, GitLab", devise),
    Format::code("devise-pepper", "Devise with a pepper", peppered).with_keys(&[PEPPER]),
    Format::code("synapse-bcrypt-pepper", "Matrix Synapse with a pepper", synapse).with_keys(&[PEPPER]),
];

fn devise(source: &Source<'_>) -> Result<Recipe, Refusal> {
    parts::bcrypt(source, source.text()?)
}

/// The pepper stands behind the password, and bcrypt reads 72 bytes of both.
fn peppered(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let pepper = Around::behind(source.key(PEPPER)?);
    Ok(parts::bcrypt(source, source.text()?)?.after([pepper.into()]))
}

/// As Devise, with the password in NFKC.
fn synapse(source: &Source<'_>) -> Result<Recipe, Refusal> {
    Ok(peppered(source)?.spelled(TextForm::Nfkc))
}

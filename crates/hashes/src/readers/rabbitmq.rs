//! RabbitMQ 4.0's `rabbit_password_hashing_*`. Read at 10209583.

use crate::coding;
use crate::engines::{Algorithm, Around, Digest};
use crate::format::Format;
use crate::recipe::Recipe;
use crate::refusal::Refusal;
use crate::source::Source;

pub(super) const FORMATS: &[Format] = &[
    Format::code("rabbitmq-sha256", "RabbitMQ", |source| salted(source, Algorithm::Sha256)),
    Format::code("rabbitmq-sha512", "RabbitMQ", |source| salted(source, Algorithm::Sha512)),
];

/// base64 of four bytes of salt and H(salt + password).
fn salted(source: &Source<'_>, algorithm: Algorithm) -> Result<Recipe, Refusal> {
    let bytes = coding::base64(source.text()?).filter(|bytes| bytes.len() == 4 + algorithm.length());
    let bytes = bytes.ok_or_else(|| source.parts())?;
    let (salt, hash) = bytes.split_at_checked(4).ok_or_else(|| source.parts())?;
    Ok(Recipe::new([Around::before(salt).into(), Digest::once(algorithm).into()], hash))
}

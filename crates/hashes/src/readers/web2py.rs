//! web2py and py4web: pydal 20260520. Run. Salts are used as text.

use super::parts;
use super::pattern::{How, Pattern};
use crate::coding;
use crate::engines::{Algorithm, Hmac};
use crate::format::Format;
use crate::recipe::{Bytes, Recipe};
use crate::refusal::Refusal;
use crate::source::Source;

const SYSTEM: &str = "web2py, py4web";
const KEY: &str = "HMAC_KEY";

pub(super) const FORMATS: &[Format] = &[
    Format::code("web2py-pbkdf2", SYSTEM, pbkdf2),
    Format::pattern(
        "web2py-md5",
        SYSTEM,
        Pattern { template: "md5$<salt:text>$<hash:hex>", how: How::SaltLast(Algorithm::Md5) },
    ),
    Format::code("web2py-hmac", SYSTEM, keyed).with_keys(&[KEY]),
    Format::code("web2py-salted-key", SYSTEM, keyed).with_keys(&[KEY]),
];

/// `pbkdf2(<iterations>,<bytes>,<digest>)$<salt>$<hex>`.
fn pbkdf2(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let (costs, rest) = text.strip_prefix("pbkdf2(")?.split_once(")$")?;
        let (salt, hash) = rest.split_once('$')?;
        let mut costs = costs.split(',');
        let (iterations, length) = (coding::number(costs.next()?)?, coding::number::<usize>(costs.next()?)?);
        let algorithm = Algorithm::by_name(costs.next()?)?;
        let hash = coding::hex(hash).filter(|hash| hash.len() == length)?;
        Some((algorithm, iterations, salt, hash))
    };
    let (algorithm, iterations, salt, hash) = read().ok_or_else(|| source.parts())?;
    parts::pbkdf2(algorithm, iterations, salt, &hash)
}

/// `<digest>$<salt>$<hex>` with a key: HMAC under the key and the salt behind it.
fn keyed(source: &Source<'_>) -> Result<Recipe, Refusal> {
    let text = source.text()?;
    let read = || {
        let mut parts = text.split('$');
        let algorithm = Algorithm::by_name(parts.next()?)?;
        let (salt, hash) = (parts.next()?, coding::hex(parts.next()?)?);
        (parts.next().is_none() && hash.len() == algorithm.length()).then_some((algorithm, salt, hash))
    };
    let (algorithm, salt, hash) = read().ok_or_else(|| source.parts())?;
    let key = source.key(KEY)?.and(Bytes::from(salt));
    Ok(Recipe::new([Hmac { algorithm, key }.into()], hash))
}

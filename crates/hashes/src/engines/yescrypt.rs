//! yescrypt (openwall.com/yescrypt), and libxcrypt's `gost-yescrypt` over it.

use hmac::{Hmac, KeyInit as _, Mac as _};
use streebog::{Digest as _, Streebog256};
use yescrypt::Params;

use super::limit::{CRYPT_PASSWORD, MEMORY, at_most, crypt_password};
use crate::coding;
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, Engine, MissingKey, Writer};
use crate::refusal::Refusal;

/// The most of N·r·p.
const MOST_WORK: u64 = 1 << 22;
/// What a computation costs is told for `t` of zero, which all systems have, so no other is accepted.
const MOST_BLOCKS: u64 = 1 << 16;
/// The longest encoded salt.
const LONGEST_SALT: usize = 86;

/// yescrypt as crypt(3) has it. 32 bytes come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Yescrypt {
    /// As they stand between the dollars.
    params: String,
    /// As it stands between the dollars.
    salt: String,
}

/// HMAC-Streebog of a yescrypt hash: `HMAC(HMAC(Streebog(password), setting), yescrypt(password))`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GostYescrypt(Yescrypt);

impl Yescrypt {
    pub(crate) fn new(params: &str, salt: &str) -> Result<Self, Refusal> {
        let made = Self { params: params.to_owned(), salt: salt.to_owned() };
        let impossible = Refusal::Impossible("the parameters of yescrypt are not in its range");
        // A fourth character says which of further parameters follow: p, t, g and a ROM.
        if params.len() > 16 || salt.len() > LONGEST_SALT {
            return Err(impossible);
        }
        let parsed = made.parsed().filter(|_| coding::h64(salt).is_some()).ok_or(impossible.clone())?;
        let (n, r, p) = (parsed.n(), u64::from(parsed.r()), u64::from(parsed.p()));
        at_most("N·r·p of yescrypt", n.saturating_mul(r).saturating_mul(p), MOST_WORK)?;
        at_most("the memory of yescrypt in bytes", made.cost().memory, MEMORY)?;
        at_most("r·p of yescrypt", r.saturating_mul(p), MOST_BLOCKS)?;
        // Only the three parameters that all systems write: no parallelism, no further time, no ROM.
        let is_plain = p == 1 && made.is_plain() && n >= 4 && r >= 1;
        is_plain.then_some(made).ok_or(impossible)
    }

    /// Whether the parameters are a flavour, N and r and nothing else.
    fn is_plain(&self) -> bool {
        self.parsed().is_some_and(|parsed| {
            Params::new(yescrypt::Mode::Rw, parsed.n(), parsed.r(), 1).is_ok_and(|plain| plain == parsed)
        })
    }

    fn parsed(&self) -> Option<Params> {
        // The parser shifts by what it reads.
        self.params
            .bytes()
            .all(|byte| coding::h64_number(byte).is_some())
            .then(|| self.params.parse().ok())
            .flatten()
    }

    fn hash(&self, password: &[u8]) -> Option<[u8; 32]> {
        let mut output = [0; 32];
        yescrypt::yescrypt(password, &coding::h64(&self.salt)?, &self.parsed()?, &mut output).ok()?;
        Some(output)
    }

    fn write(&self, writer: &mut Writer) {
        writer.text(&self.params);
        writer.text(&self.salt);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        Self::new(args.text()?, args.text()?)
    }
}

impl Engine for Yescrypt {
    const NAME: &'static str = "yescrypt";

    fn run(&self, input: &[u8], _keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let (password, within) = crypt_password(input);
        let hash = self.hash(password).filter(|_| within);
        Ok(hash.map(|hash| hash.to_vec()).unwrap_or_default())
    }

    fn cost(&self) -> Cost {
        let mixed = self.parsed().map_or(0, |params| params.n().saturating_mul(params.r().into()));
        Cost { nanoseconds: mixed.saturating_mul(150), memory: mixed.saturating_mul(128) }
    }

    fn write(&self, writer: &mut Writer) {
        self.write(writer);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        Self::read(args)
    }
}

impl GostYescrypt {
    pub(crate) fn new(params: &str, salt: &str) -> Result<Self, Refusal> {
        Yescrypt::new(params, salt).map(Self)
    }
}

fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    Hmac::<Streebog256>::new_from_slice(key)
        .map(|mac| mac.chain_update(message).finalize().into_bytes().to_vec())
        .unwrap_or_default()
}

impl Engine for GostYescrypt {
    const NAME: &'static str = "gostyescrypt";

    fn run(&self, input: &[u8], keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let inner = self.0.run(input, keys)?;
        let password = input.get(..CRYPT_PASSWORD).unwrap_or(input);
        let setting = format!("$gy${}${}", self.0.params, self.0.salt);
        let key = hmac(&Streebog256::digest(password), setting.as_bytes());
        Ok(if inner.is_empty() { inner } else { hmac(&key, &inner) })
    }

    fn cost(&self) -> Cost {
        Engine::cost(&self.0)
    }

    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        Yescrypt::read(args).map(Self)
    }
}

//! The head of a file of Colin Percival's scrypt utility (its file FORMAT), which npm scrypt-kdf takes for a hash.

use super::{Algorithm, Scrypt};
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, Bytes, Engine, MissingKey, Writer};
use crate::refusal::Refusal;

/// The length of a salt in bytes.
const SALT: usize = 32;

/// HMAC-SHA256 over the head, under the second half of the 64 bytes that scrypt makes. 32 bytes come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ScryptFile {
    log_n: u8,
    r: u32,
    p: u32,
    salt: Vec<u8>,
    scrypt: Scrypt,
}

impl ScryptFile {
    pub(crate) fn new(log_n: u8, r: u32, p: u32, salt: Vec<u8>) -> Result<Self, Refusal> {
        let scrypt = Scrypt::new(log_n, r, p, 64, salt.clone())?;
        let is_sound = salt.len() == SALT;
        let impossible = Refusal::Impossible("the salt of a scrypt file has 32 bytes");
        is_sound.then_some(Self { log_n, r, p, salt, scrypt }).ok_or(impossible)
    }

    /// The 64 bytes before the MAC: a mark, the costs, the salt, and the beginning of the SHA-256 of all that.
    pub(crate) fn head(&self) -> Vec<u8> {
        let mut head = b"scrypt\0".to_vec();
        head.push(self.log_n);
        head.extend(self.r.to_be_bytes());
        head.extend(self.p.to_be_bytes());
        head.extend(&self.salt);
        let sum = Algorithm::Sha256.digest(&[&head]);
        head.extend(sum.into_iter().take(16));
        head
    }
}

impl Engine for ScryptFile {
    const NAME: &'static str = "scryptfile";

    fn run(&self, input: &[u8], keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let keys = self.scrypt.run(input, keys)?;
        Ok(Algorithm::Sha256.hmac(keys.get(32..).unwrap_or_default(), &self.head()))
    }

    fn cost(&self) -> Cost {
        self.scrypt.cost()
    }

    fn write(&self, writer: &mut Writer) {
        writer.number(self.log_n);
        writer.number(self.r);
        writer.number(self.p);
        Bytes::from(self.salt.as_slice()).write(writer);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        let (log_n, r, p) = (args.number()?, args.number()?, args.number()?);
        Self::new(log_n, r, p, Bytes::read(args)?.literal().ok_or(Refusal::NotForeign)?)
    }
}

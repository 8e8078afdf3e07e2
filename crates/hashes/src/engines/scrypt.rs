//! scrypt (RFC 7914).

use super::limit::{MEMORY, at_most};
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, Bytes, Engine, MissingKey, Writer};
use crate::refusal::Refusal;

/// The most of N·r·p: eight times that of N = 2^17 with r = 8, which OWASP recommends.
const MOST_WORK: u64 = 1 << 23;
/// The most bytes of output.
const LONGEST: u64 = 512;

/// scrypt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scrypt {
    log_n: u8,
    r: u32,
    p: u32,
    length: usize,
    salt: Bytes,
}

impl Scrypt {
    /// `n` is N, a power of two.
    pub(crate) fn with_n(
        n: u64,
        r: u32,
        p: u32,
        length: usize,
        salt: impl Into<Bytes>,
    ) -> Result<Self, Refusal> {
        if !n.is_power_of_two() {
            return Err(Refusal::Impossible("the N of scrypt is a power of two"));
        }
        Self::new(u8::try_from(n.ilog2()).unwrap_or(u8::MAX), r, p, length, salt)
    }

    /// `log_n` is the binary logarithm of N, `length` that of the output in bytes.
    pub(crate) fn new(
        log_n: u8,
        r: u32,
        p: u32,
        length: usize,
        salt: impl Into<Bytes>,
    ) -> Result<Self, Refusal> {
        if log_n == 0 || log_n > 63 || r == 0 || p == 0 || length == 0 {
            return Err(Refusal::Impossible("the parameters of scrypt are not in its range"));
        }
        let made = Self { log_n, r, p, length, salt: salt.into() };
        at_most("N·r·p of scrypt", made.work(), MOST_WORK)?;
        at_most("the memory of scrypt in bytes", made.cost().memory, MEMORY)?;
        at_most("the output of scrypt in bytes", length as u64, LONGEST)?;
        Ok(made)
    }

    fn work(&self) -> u64 {
        let n = 1_u64.checked_shl(self.log_n.into()).unwrap_or(u64::MAX);
        n.saturating_mul(self.r.into()).saturating_mul(self.p.into())
    }
}

impl Engine for Scrypt {
    const NAME: &'static str = "scrypt";

    fn run(&self, input: &[u8], keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let mut output = vec![0; self.length];
        let salt = self.salt.resolve(keys)?;
        let done = ::scrypt::Params::new(self.log_n, self.r, self.p)
            .is_ok_and(|params| ::scrypt::scrypt(input, &salt, &params, &mut output).is_ok());
        Ok(if done { output } else { Vec::new() })
    }

    fn cost(&self) -> Cost {
        let n = 1_u64.checked_shl(self.log_n.into()).unwrap_or(u64::MAX);
        let mixed = n.saturating_mul(self.r.into());
        let memory =
            mixed.saturating_add(u64::from(self.r).saturating_mul(self.p.into())).saturating_mul(128);
        Cost { nanoseconds: self.work().saturating_mul(300), memory }
    }

    fn bytes(&self) -> Vec<&Bytes> {
        vec![&self.salt]
    }

    fn write(&self, writer: &mut Writer) {
        writer.number(self.log_n);
        writer.number(self.r);
        writer.number(self.p);
        writer.number(self.length as u64);
        self.salt.write(writer);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        Self::new(args.number()?, args.number()?, args.number()?, args.number()?, Bytes::read(args)?)
    }
}

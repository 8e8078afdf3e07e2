//! Argon2 (RFC 9106).

use ::argon2::{Algorithm, Argon2 as Function, AssociatedData, ParamsBuilder, Version};

use super::limit::{self, MEMORY, at_most};
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, Bytes, Engine, MissingKey, Writer};
use crate::refusal::Refusal;

/// The most passes.
const MOST_PASSES: u64 = 64;
/// The most lanes.
const MOST_LANES: u64 = 64;
/// The most of memory in KiB times passes: 4 GiB that are filled, about two seconds.
const MOST_WORK: u64 = 4 << 20;
/// The most bytes of output.
const LONGEST: u64 = 128;

/// Which of the three functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    D,
    I,
    Id,
}

/// Argon2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Argon2 {
    pub(crate) variant: Variant,
    /// 16 or 19.
    pub(crate) version: u32,
    /// KiB.
    pub(crate) memory: u32,
    pub(crate) passes: u32,
    pub(crate) lanes: u32,
    /// Of the output, in bytes.
    pub(crate) length: usize,
    pub(crate) salt: Vec<u8>,
    /// Nothing, if there is none.
    pub(crate) secret: Bytes,
    pub(crate) data: Vec<u8>,
}

const VARIANTS: [(&str, Variant); 3] = [("d", Variant::D), ("i", Variant::I), ("id", Variant::Id)];

impl Variant {
    /// `d`, `i` or `id`.
    pub(crate) fn by_name(name: &str) -> Option<Self> {
        VARIANTS.iter().find(|(known, _)| *known == name).map(|(_, variant)| *variant)
    }
}

impl Argon2 {
    /// Refuses parameters that are too great, or that Argon2 does not have.
    pub(crate) fn checked(self) -> Result<Self, Refusal> {
        let impossible = Refusal::Impossible("the parameters of Argon2 are not in its range");
        limit::salt(&self.salt)?;
        at_most("the memory of Argon2 in bytes", u64::from(self.memory) << 10, MEMORY)?;
        at_most("the passes of Argon2", self.passes, MOST_PASSES)?;
        at_most("the lanes of Argon2", self.lanes, MOST_LANES)?;
        at_most("memory times passes of Argon2 in KiB", self.work(), MOST_WORK)?;
        at_most("the output of Argon2 in bytes", self.length as u64, LONGEST)?;
        if self.salt.len() < 8 || self.length < 4 {
            return Err(impossible);
        }
        self.function(&[]).map(|_| ()).ok_or(impossible)?;
        Ok(self)
    }

    fn work(&self) -> u64 {
        u64::from(self.memory) * u64::from(self.passes)
    }

    fn function<'k>(&self, secret: &'k [u8]) -> Option<Function<'k>> {
        let variant = match self.variant {
            Variant::D => Algorithm::Argon2d,
            Variant::I => Algorithm::Argon2i,
            Variant::Id => Algorithm::Argon2id,
        };
        let version = match self.version {
            0x10 => Version::V0x10,
            0x13 => Version::V0x13,
            _ => return None,
        };
        let mut params = ParamsBuilder::new();
        params.m_cost(self.memory).t_cost(self.passes).p_cost(self.lanes).output_len(self.length);
        params.data(AssociatedData::new(&self.data).ok()?);
        let params = params.build().ok()?;
        if secret.is_empty() {
            Some(Function::new(variant, version, params))
        } else {
            Function::new_with_secret(secret, variant, version, params).ok()
        }
    }
}

impl Engine for Argon2 {
    const NAME: &'static str = "argon2";

    fn run(&self, input: &[u8], keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let secret = self.secret.resolve(keys)?;
        let mut output = vec![0; self.length];
        let done = self
            .function(&secret)
            .is_some_and(|function| function.hash_password_into(input, &self.salt, &mut output).is_ok());
        Ok(if done { output } else { Vec::new() })
    }

    fn cost(&self) -> Cost {
        Cost { nanoseconds: self.work().saturating_mul(400), memory: u64::from(self.memory) << 10 }
    }

    fn bytes(&self) -> Vec<&Bytes> {
        vec![&self.secret]
    }

    fn write(&self, writer: &mut Writer) {
        if let Some((name, _)) = VARIANTS.iter().find(|(_, known)| *known == self.variant) {
            writer.text(name);
        }
        writer.number(self.version);
        writer.number(self.memory);
        writer.number(self.passes);
        writer.number(self.lanes);
        writer.number(self.length as u64);
        Bytes::from(self.salt.as_slice()).write(writer);
        self.secret.write(writer);
        Bytes::from(self.data.as_slice()).write(writer);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        let variant = Variant::by_name(args.text()?).ok_or(Refusal::NotForeign)?;
        let (version, memory, passes) = (args.number()?, args.number()?, args.number()?);
        let (lanes, length) = (args.number()?, args.number()?);
        let salt = Bytes::read(args)?.literal().ok_or(Refusal::NotForeign)?;
        let secret = Bytes::read(args)?;
        let data = Bytes::read(args)?.literal().ok_or(Refusal::NotForeign)?;
        Self { variant, version, memory, passes, lanes, length, salt, secret, data }.checked()
    }
}

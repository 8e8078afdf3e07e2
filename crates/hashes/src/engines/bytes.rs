//! Steps that move bytes about.

use super::Algorithm;
use crate::coding;
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, Bytes, Engine, MissingKey, Writer};
use crate::refusal::Refusal;

/// Bytes before the input and behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Around {
    before: Bytes,
    behind: Bytes,
}

impl Around {
    pub(crate) fn before(bytes: impl Into<Bytes>) -> Self {
        Self { before: bytes.into(), behind: Bytes::default() }
    }

    pub(crate) fn behind(bytes: impl Into<Bytes>) -> Self {
        Self { before: Bytes::default(), behind: bytes.into() }
    }
}

impl Engine for Around {
    const NAME: &'static str = "around";

    fn run(&self, input: &[u8], keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let mut all = self.before.resolve(keys)?;
        all.extend_from_slice(input);
        all.extend_from_slice(&self.behind.resolve(keys)?);
        Ok(all)
    }

    fn cost(&self) -> Cost {
        Cost::default()
    }

    fn bytes(&self) -> Vec<&Bytes> {
        vec![&self.before, &self.behind]
    }

    fn write(&self, writer: &mut Writer) {
        self.before.write(writer);
        self.behind.write(writer);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        Ok(Self { before: Bytes::read(args)?, behind: Bytes::read(args)? })
    }
}

/// Some of the input's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Take {
    from: usize,
    length: usize,
}

impl Take {
    pub(crate) const fn first(length: usize) -> Self {
        Self { from: 0, length }
    }
}

impl Engine for Take {
    const NAME: &'static str = "take";

    fn run(&self, input: &[u8], _keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        Ok(input.iter().skip(self.from).take(self.length).copied().collect())
    }

    fn cost(&self) -> Cost {
        Cost::default()
    }

    fn write(&self, writer: &mut Writer) {
        writer.number(self.from as u64);
        writer.number(self.length as u64);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        Ok(Self { from: args.number()?, length: args.number()? })
    }
}

/// The input written in ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    /// Lower-case hex digits.
    Hex,
    /// Standard base64 with padding.
    Base64,
}

impl Code {
    pub(crate) fn of(self, bytes: &[u8]) -> String {
        match self {
            Self::Hex => hex::encode(bytes),
            Self::Base64 => coding::to_base64(bytes),
        }
    }
}

impl Engine for Code {
    const NAME: &'static str = "code";

    fn run(&self, input: &[u8], _keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        Ok(self.of(input).into_bytes())
    }

    fn cost(&self) -> Cost {
        Cost::default()
    }

    fn write(&self, writer: &mut Writer) {
        writer.text(match self {
            Self::Hex => "hex",
            Self::Base64 => "base64",
        });
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        match args.text()? {
            "hex" => Ok(Self::Hex),
            "base64" => Ok(Self::Base64),
            _ => Err(Refusal::NotForeign),
        }
    }
}

/// What bcrypt would not read to its end, over 72 bytes or with a NUL, becomes the base64 of its SHA-512.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LongSha512;

impl Engine for LongSha512 {
    const NAME: &'static str = "longsha512";

    fn run(&self, input: &[u8], _keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let is_long = input.len() > 72 || input.contains(&0);
        let digest = || coding::to_base64(&Algorithm::Sha512.digest(&[input])).into_bytes();
        Ok(if is_long { digest() } else { input.to_vec() })
    }

    fn cost(&self) -> Cost {
        Cost::default()
    }

    fn write(&self, _writer: &mut Writer) {}

    fn read(_args: &mut Args<'_>) -> Result<Self, Refusal> {
        Ok(Self)
    }
}

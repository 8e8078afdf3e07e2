//! Steps that move bytes about.

use super::Algorithm;
use super::bcrypt::READ;
use crate::coding;
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, Bytes, Engine, MissingKey, SHORTEST_DIGEST, Writer};
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

    fn cost(&self, _input: usize) -> Cost {
        Cost::default()
    }

    fn length(&self, input: usize) -> usize {
        self.before.length() + input + self.behind.length()
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

/// The first of the input's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Take {
    length: usize,
}

impl Take {
    pub(crate) const fn first(length: usize) -> Self {
        Self { length }
    }
}

impl Engine for Take {
    const NAME: &'static str = "take";

    fn run(&self, input: &[u8], _keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        Ok(input.get(..self.length).unwrap_or(input).to_vec())
    }

    fn cost(&self, _input: usize) -> Cost {
        Cost::default()
    }

    fn length(&self, input: usize) -> usize {
        input.min(self.length)
    }

    fn write(&self, writer: &mut Writer) {
        // From where: always the beginning.
        writer.number(0_u8);
        writer.number(self.length as u64);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        // Fewer bytes than a digest has would be matched by chance, and none by everything.
        let (from, length): (usize, usize) = (args.number()?, args.number()?);
        let is_sound = from == 0 && length >= SHORTEST_DIGEST;
        is_sound.then_some(Self { length }).ok_or(Refusal::NotForeign)
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

    fn cost(&self, _input: usize) -> Cost {
        Cost::default()
    }

    fn length(&self, input: usize) -> usize {
        match self {
            Self::Hex => 2 * input,
            Self::Base64 => input.div_ceil(3) * 4,
        }
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
        let is_long = input.len() > READ || input.contains(&0);
        let digest = || coding::to_base64(&Algorithm::Sha512.digest(&[input])).into_bytes();
        Ok(if is_long { digest() } else { input.to_vec() })
    }

    fn cost(&self, input: usize) -> Cost {
        Cost::time(if input > READ { Algorithm::Sha512.time(input) } else { 0 })
    }

    fn length(&self, _input: usize) -> usize {
        // The longer of what may come out: the base64.
        Code::Base64.length(Algorithm::Sha512.length())
    }

    fn write(&self, _writer: &mut Writer) {}

    fn read(_args: &mut Args<'_>) -> Result<Self, Refusal> {
        Ok(Self)
    }
}

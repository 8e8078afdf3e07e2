//! HMAC (RFC 2104), with the input as its message or as its key.

use super::Algorithm;
use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, Bytes, Engine, MissingKey, Writer};
use crate::refusal::Refusal;

/// The MAC of the input under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hmac {
    pub(crate) algorithm: Algorithm,
    pub(crate) key: Bytes,
}

/// The MAC of a message under the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sign {
    pub(crate) algorithm: Algorithm,
    pub(crate) message: Bytes,
}

impl Engine for Hmac {
    const NAME: &'static str = "hmac";

    fn run(&self, input: &[u8], keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        Ok(self.algorithm.hmac(&self.key.resolve(keys)?, input))
    }

    fn cost(&self) -> Cost {
        Cost::time(4 * self.algorithm.nanoseconds())
    }

    fn bytes(&self) -> Vec<&Bytes> {
        vec![&self.key]
    }

    fn write(&self, writer: &mut Writer) {
        writer.text(self.algorithm.name());
        self.key.write(writer);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        Ok(Self { algorithm: args.algorithm()?, key: Bytes::read(args)? })
    }
}

impl Engine for Sign {
    const NAME: &'static str = "sign";

    fn run(&self, input: &[u8], keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        Ok(self.algorithm.hmac(input, &self.message.resolve(keys)?))
    }

    fn cost(&self) -> Cost {
        Cost::time(4 * self.algorithm.nanoseconds())
    }

    fn bytes(&self) -> Vec<&Bytes> {
        vec![&self.message]
    }

    fn write(&self, writer: &mut Writer) {
        writer.text(self.algorithm.name());
        self.message.write(writer);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        Ok(Self { algorithm: args.algorithm()?, message: Bytes::read(args)? })
    }
}

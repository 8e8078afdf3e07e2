//! AES-256 in counter mode, from a counter of zero.

use aes::Aes256;
use ctr::Ctr128BE;
use ctr::cipher::{KeyIvInit as _, StreamCipher as _};

use crate::cost::Cost;
use crate::keys::ImportKeys;
use crate::recipe::{Args, Bytes, Engine, MissingKey, Writer};
use crate::refusal::Refusal;

/// Encrypts the plaintext under the first 32 bytes of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AesCtr {
    pub(crate) plaintext: Bytes,
}

impl Engine for AesCtr {
    const NAME: &'static str = "aesctr";

    fn run(&self, input: &[u8], keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let mut text = self.plaintext.resolve(keys)?;
        let key = input.get(..32).unwrap_or_default();
        let done = Ctr128BE::<Aes256>::new_from_slices(key, &[0; 16])
            .is_ok_and(|mut cipher| cipher.try_apply_keystream(&mut text).is_ok());
        Ok(if done { text } else { Vec::new() })
    }

    fn cost(&self) -> Cost {
        Cost::default()
    }

    fn bytes(&self) -> Vec<&Bytes> {
        vec![&self.plaintext]
    }

    fn write(&self, writer: &mut Writer) {
        self.plaintext.write(writer);
    }

    fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        Ok(Self { plaintext: Bytes::read(args)? })
    }
}

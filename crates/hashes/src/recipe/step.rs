//! The steps.

use super::{Args, Bytes, MissingKey, Writer};
use crate::cost::Cost;
use crate::engines::{
    AesCtr, Argon2, Around, Bcrypt, Chain, Code, Digest, GostYescrypt, Hmac, LongSha512, Md5Crypt, Pbkdf2,
    Scrypt, ScryptFile, Sha1Crypt, ShaCrypt, Sign, Take, Yescrypt,
};
use crate::keys::ImportKeys;
use crate::refusal::Refusal;

/// What every engine does.
pub(crate) trait Engine: Sized {
    /// Its name in a text.
    const NAME: &'static str;

    /// From bytes to bytes. It never fails but for a key. An input that the original would refuse gives no bytes, and
    /// takes as long as another.
    fn run(&self, input: &[u8], keys: &ImportKeys) -> Result<Vec<u8>, MissingKey>;
    fn cost(&self) -> Cost;
    /// The bytes that may name keys.
    fn bytes(&self) -> Vec<&Bytes> {
        Vec::new()
    }
    fn write(&self, writer: &mut Writer);
    /// Reads what [`Engine::write`] wrote. The limits hold here too.
    fn read(args: &mut Args<'_>) -> Result<Self, Refusal>;
}

macro_rules! steps {
    ($($engine:ident)*) => {
        /// One step from bytes to bytes.
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) enum Step {
            $($engine($engine)),*
        }

        $(impl From<$engine> for Step {
            fn from(engine: $engine) -> Self {
                Self::$engine(engine)
            }
        })*

        impl Step {
            pub(crate) fn run(&self, input: &[u8], keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
                match self {
                    $(Self::$engine(engine) => engine.run(input, keys)),*
                }
            }

            pub(crate) fn cost(&self) -> Cost {
                match self {
                    $(Self::$engine(engine) => engine.cost()),*
                }
            }

            pub(crate) fn bytes(&self) -> Vec<&Bytes> {
                match self {
                    $(Self::$engine(engine) => engine.bytes()),*
                }
            }

            pub(super) fn write(&self, writer: &mut Writer) {
                match self {
                    $(Self::$engine(engine) => {
                        writer.name($engine::NAME);
                        engine.write(writer);
                    }),*
                }
            }

            pub(super) fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
                let name = args.name()?;
                $(if name == $engine::NAME {
                    return $engine::read(args).map(Self::$engine);
                })*
                Err(Refusal::NotForeign)
            }
        }
    };
}

steps! {
    AesCtr Argon2 Around Bcrypt Chain Code Digest GostYescrypt Hmac LongSha512 Md5Crypt Pbkdf2 Scrypt Sha1Crypt
    ScryptFile ShaCrypt Sign Take Yescrypt
}

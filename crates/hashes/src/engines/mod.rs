//! What computes. Engines know bytes and no system.

mod algorithm;
mod argon2;
mod bcrypt;
mod bytes;
mod chain;
mod cipher;
mod digest;
mod limit;
mod mac;
mod md5_crypt;
mod pbkdf2;
mod scrypt;
mod scrypt_file;
mod sha1_crypt;
mod sha_crypt;
mod yescrypt;

pub(crate) use algorithm::Algorithm;
pub(crate) use argon2::{Argon2, Variant};
pub(crate) use bcrypt::Bcrypt;
pub(crate) use bytes::{Around, Code, LongSha512, Take};
pub(crate) use chain::Chain;
pub(crate) use cipher::AesCtr;
pub(crate) use digest::Digest;
pub(crate) use mac::{Hmac, Sign};
pub(crate) use md5_crypt::Md5Crypt;
pub(crate) use pbkdf2::Pbkdf2;
pub(crate) use scrypt::Scrypt;
pub(crate) use scrypt_file::ScryptFile;
pub(crate) use sha_crypt::ShaCrypt;
pub(crate) use sha1_crypt::Sha1Crypt;
pub(crate) use yescrypt::{GostYescrypt, Yescrypt};

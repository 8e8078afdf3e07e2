//! Password hashes of other systems.
//!
//! ```text
//! read(format, hash, extra, keys) -> Result<ForeignHash, Refusal>     while importing
//! foreign.wrap(cost, salt)        -> ForeignHash                      what is weak is stored under bcrypt
//! foreign.to_text()               -> String                           what the account keeps
//! ForeignHash::from_text(text)    -> Result<ForeignHash, Refusal>     at a login
//! foreign.verify(password, keys)  -> bool                             blocking
//! ```
//!
//! A reader turns the hash of one system into a *recipe*: the steps from the password to a digest, and the digest.
//! Engines do the steps and know no system. The text of a foreign hash is its recipe, so a login needs no reader.

mod coding;
mod cost;
mod detect;
mod engines;
mod foreign;
mod format;
mod input;
mod keys;
mod readers;
mod recipe;
mod refusal;
mod registry;
mod source;

pub use cost::{Cost, Strength};
pub use detect::detect;
pub use foreign::ForeignHash;
pub use format::Format;
pub use input::HashInput;
pub use keys::ImportKeys;
pub use readers::read;
pub use refusal::Refusal;
pub use registry::{formats, refused};

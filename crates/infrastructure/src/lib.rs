#![doc = include_str!("../README.md")]

#[cfg(feature = "backup")]
pub mod backup;
pub mod breached;
#[cfg(any(feature = "crypto", feature = "passwords"))]
pub mod crypto;
#[cfg(feature = "db")]
pub mod db;
#[cfg(any(feature = "breached", feature = "sms"))]
mod failed_call;
#[cfg(feature = "memory")]
pub mod fallback;
#[cfg(feature = "faulty")]
pub mod faulty;
#[cfg(feature = "media")]
pub mod media;
#[cfg(feature = "memory")]
pub mod memory;
pub mod metered;
#[cfg(feature = "objects")]
pub mod objects;
#[cfg(any(feature = "media", feature = "passwords"))]
mod pool;
#[cfg(any(feature = "db", feature = "objects"))]
mod private_file;
#[cfg(feature = "redis")]
pub mod redis;
#[cfg(feature = "sms")]
pub mod sms;
#[cfg(feature = "smtp")]
pub mod smtp;
pub mod system;
#[cfg(feature = "templates")]
pub mod templates;

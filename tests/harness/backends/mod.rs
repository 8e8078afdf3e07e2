//! The adapters on which contracts run, each new and empty.

pub mod breached_passwords;
pub mod cache;
pub mod database;
pub mod mailer;
pub mod objects;
pub mod passing_time;
pub mod picture_processor;
pub mod rate_limiter;
pub mod redis;
pub mod sealer;
pub mod sms;
pub mod store;
pub mod token_signer;

use std::any::Any;

/// An adapter for one test.
pub struct Backend<P> {
    /// The port, and whatever else a case needs.
    pub port: P,
    /// What the adapter uses, such as a folder. It is removed when the test is over.
    _ground: Option<Box<dyn Any + Send + Sync>>,
}

impl<P> Backend<P> {
    fn alone(port: P) -> Self {
        Self { port, _ground: None }
    }

    fn on(port: P, ground: impl Any + Send + Sync) -> Self {
        Self { port, _ground: Some(Box::new(ground)) }
    }
}

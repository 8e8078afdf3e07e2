//! `[password]`: how passwords are hashed.

use crate::expect::number;
use crate::reader::Reader;
use crate::sheet::Sheet;

/// Least work factor in production.
const LEAST_IN_PRODUCTION: u32 = 10;

/// `[password]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordSettings {
    /// Work factor of bcrypt, 4 to 16 (10 to 16 in production); each step doubles the time.
    pub bcrypt_cost: u32,
    /// Threads that hash, up to 1024; 0 is one per core.
    pub threads: usize,
    /// Hashes that may wait, 1 to 10000; beyond, the answer is 503.
    pub queue: usize,
}

impl PasswordSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("password");
        let settings = Self {
            bcrypt_cost: section.required("bcrypt_cost", number(4..=16)),
            threads: section.required("threads", number(0..=1024)),
            queue: section.required("queue", number(1..=10_000)),
        };
        let is_weak = settings.bcrypt_cost < LEAST_IN_PRODUCTION;
        if is_weak && section.environment().is_production() && section.sound(&["bcrypt_cost"]) {
            section.refuse("bcrypt_cost", format!("must be from {LEAST_IN_PRODUCTION} to 16 in production"));
        }
        settings
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("password");
        sheet.number("bcrypt_cost", self.bcrypt_cost);
        sheet.number("threads", self.threads);
        sheet.number("queue", self.queue);
    }
}

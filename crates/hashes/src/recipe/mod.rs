//! The way from a password to its digest.

mod bytes;
mod password;
mod step;
mod text;

use subtle::{Choice, ConstantTimeEq as _};

pub(crate) use bytes::{Bytes, MissingKey};
pub(crate) use password::{Characters, Spelling, TextForm};
pub(crate) use step::{Engine, Step};
pub(crate) use text::{Args, MARK, TEXT_LIMIT, Writer, read_recipe, write_recipe};

use crate::cost::Cost;
use crate::keys::ImportKeys;

/// The longest password that is hashed to its end, in bytes. A longer one is compared up to here, and is wrong.
const LONGEST_PASSWORD: usize = 65_536;
/// The least length of a digest in bytes. A shorter one would be matched by chance.
pub(crate) const SHORTEST_DIGEST: usize = 16;

/// How a password is spelled before it is hashed, the steps in their order, and what comes out at the end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Recipe {
    pub(crate) spelling: Spelling,
    pub(crate) steps: Vec<Step>,
    pub(crate) digest: Vec<u8>,
}

impl Recipe {
    pub(crate) fn new(steps: impl Into<Vec<Step>>, digest: impl Into<Vec<u8>>) -> Self {
        Self { spelling: Spelling::default(), steps: steps.into(), digest: digest.into() }
    }

    /// Spells the password first. Calls come in the order in which the spellings are made.
    pub(crate) fn spelled(mut self, form: TextForm) -> Self {
        self.spelling.forms.push((form, false));
        self
    }

    /// Tries the password spelled so, and as it was typed.
    pub(crate) fn spelled_or_not(mut self, form: TextForm) -> Self {
        self.spelling.forms.push((form, true));
        self
    }

    /// Puts steps in front of all others.
    pub(crate) fn after(mut self, steps: impl Into<Vec<Step>>) -> Self {
        let mut all = steps.into();
        all.append(&mut self.steps);
        self.steps = all;
        self
    }

    pub(crate) fn cost(&self) -> Cost {
        self.steps.iter().fold(Cost::default(), |sum, step| sum + step.cost())
    }

    /// The names of all keys that it needs.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().flat_map(Step::bytes).flat_map(Bytes::keys)
    }

    /// Compares in constant time. Every spelling is computed, so that the time depends on the password alone.
    pub(crate) fn matches(&self, password: &str, keys: &ImportKeys) -> Result<bool, MissingKey> {
        let within = password.len() <= LONGEST_PASSWORD;
        let password = if within { password } else { start_of(password, LONGEST_PASSWORD) };
        let mut found = Choice::from(0);
        for spelled in self.spelling.of(password) {
            let mut bytes = spelled;
            for step in &self.steps {
                bytes = step.run(&bytes, keys)?;
            }
            found |= bytes.ct_eq(&self.digest);
        }
        Ok(within && bool::from(found))
    }
}

/// The beginning of a text: at most `length` bytes, and no half character.
fn start_of(text: &str, length: usize) -> &str {
    text.get(..text.floor_char_boundary(length)).unwrap_or_default()
}

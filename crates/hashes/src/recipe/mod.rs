//! The way from a password to its digest.

mod bytes;
mod password;
mod shape;
mod step;
mod text;

use subtle::{Choice, ConstantTimeEq as _};

pub(crate) use bytes::{Bytes, MissingKey};
pub(crate) use password::{Characters, Spelling, TextForm};
pub(crate) use step::{Engine, Step};
pub(crate) use text::{Args, MARK, TEXT_LIMIT, Writer, read_recipe, write_recipe};

use std::ops::Add as _;

use crate::cost::{Cost, MOST};
use crate::engines::{BCRYPT_READ, MIN_COST};
use crate::keys::ImportKeys;
use crate::refusal::Refusal;

/// The length of a usual password in bytes.
const SHORT: usize = 8;

/// The least length of a digest in bytes. A shorter one would be matched by chance.
pub(crate) const SHORTEST_DIGEST: usize = 16;

/// Whether a password is that of a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// It is wrong.
    No,
    /// It is right as it was typed.
    AsTyped,
    /// It is right, and so are others: only another spelling of it matched, or it was not read to its end. So it is
    /// right for this hash and may be another one than its owner chose.
    Alike,
}

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

    /// The cost of one guess: of one spelling of a short password.
    pub(crate) fn cost(&self) -> Cost {
        self.cost_of_one(SHORT)
    }

    /// The cost of a comparison with this password, in all its spellings.
    pub(crate) fn cost_of(&self, password: &str) -> Cost {
        let spelled = self.spelling.of(password);
        spelled.iter().fold(Cost::default(), |sum, spelled| sum + self.cost_of_one(spelled.bytes.len()))
    }

    /// The greatest cost of a comparison: that of the longest password with the most spellings.
    pub(crate) fn worst(&self) -> Cost {
        self.cost_of_one(self.spelling.longest()).times(self.spelling.most())
    }

    /// Refuses what would take too long with some password.
    pub(crate) fn affordable(&self) -> Result<(), Refusal> {
        let (found, limit) = (self.worst().nanoseconds, MOST.nanoseconds);
        if found <= limit {
            return Ok(());
        }
        Err(Refusal::TooCostly {
            what: "the time of a comparison with a long password in milliseconds",
            found: found.div_ceil(1_000_000),
            limit: limit / 1_000_000,
        })
    }

    /// The greatest cost of bcrypt with which it stays affordable, and the least that bcrypt has if there is none.
    pub(crate) fn affordable_bcrypt(&self) -> u32 {
        let spellings = self.spelling.most();
        let left = (MOST.nanoseconds / spellings)
            .saturating_sub(self.cost_of_one(self.spelling.longest()).nanoseconds);
        Cost::time(left).bcrypt_rounds().checked_ilog2().unwrap_or_default().max(MIN_COST)
    }

    fn cost_of_one(&self, length: usize) -> Cost {
        let costs = self.steps.iter().scan(length, |length, step| {
            let cost = step.cost(*length);
            *length = step.length(*length);
            Some(cost)
        });
        costs.fold(Cost::default(), Cost::add)
    }

    /// How many bytes come out.
    fn length(&self) -> usize {
        self.steps.iter().fold(SHORT, |length, step| step.length(length))
    }

    /// The name of a key that it needs and that is not at hand.
    pub(crate) fn missing_key(&self, keys: &ImportKeys) -> Option<&str> {
        self.steps.iter().flat_map(Step::bytes).find_map(|bytes| bytes.missing_key(keys))
    }

    /// Compares in constant time. Every spelling is computed, so that the time depends on the password alone. The empty
    /// password is wrong, also where it is a spelling of another.
    pub(crate) fn compare(&self, password: &str, keys: &ImportKeys) -> Result<Match, MissingKey> {
        let (mut found, mut found_as_typed) = (Choice::from(0), Choice::from(0));
        let read = self.read();
        for spelled in self.spelling.of(password) {
            let length = spelled.bytes.len();
            let (digest, is_refused) = self.digest_of(spelled.bytes, keys)?;
            let may_match = spelled.is_sound && !is_refused;
            let is_equal = digest.ct_eq(&self.digest) & Choice::from(u8::from(may_match));
            found |= is_equal;
            found_as_typed |= is_equal & Choice::from(u8::from(spelled.is_as_typed && length <= read));
        }
        Ok(match (found_as_typed.into(), found.into()) {
            (true, _) => Match::AsTyped,
            (false, true) => Match::Alike,
            (false, false) => Match::No,
        })
    }

    /// How many bytes of a password are read.
    fn read(&self) -> usize {
        let first = self.steps.iter().find(|step| !matches!(step, Step::Around(_)));
        if matches!(first, Some(Step::Bcrypt(_))) { BCRYPT_READ } else { usize::MAX }
    }

    /// Whether it is of the empty password, which never matches.
    pub(crate) fn is_of_nothing(&self, keys: &ImportKeys) -> Result<bool, MissingKey> {
        let (digest, _) = self.digest_of(Vec::new(), keys)?;
        Ok(digest.ct_eq(&self.digest).into())
    }

    /// What the steps make of a password, and whether one of them made nothing of it: that is wrong, whatever later
    /// steps make of nothing.
    fn digest_of(&self, spelled: Vec<u8>, keys: &ImportKeys) -> Result<(Vec<u8>, bool), MissingKey> {
        let (mut bytes, mut is_refused) = (spelled, false);
        for step in &self.steps {
            bytes = step.run(&bytes, keys)?;
            is_refused |= bytes.is_empty();
        }
        Ok((bytes, is_refused))
    }
}

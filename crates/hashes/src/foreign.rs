//! A hash of another system.

use std::fmt;

use crate::cost::{Cost, KEPT, Strength};
use crate::engines::{Bcrypt, Code, Take};
use crate::keys::ImportKeys;
use crate::recipe::{MARK, Match, Recipe, TEXT_LIMIT, read_recipe, write_recipe};
use crate::refusal::Refusal;

/// How many bytes of a digest bcrypt is given when it is wrapped: 64 characters of base64, under its 72.
const WRAPPED: usize = 48;
/// How many characters wrapping adds: `;take,0,48;code,base64;bcrypt,12,=`, 22 of the salt, 31 of the digest.
const WRAPPING: usize = 90;

/// A hash of another system, with all that it takes to compare a password with it, but for keys. `Debug` prints the
/// name of its format alone.
#[derive(Clone, PartialEq)]
pub struct ForeignHash {
    format: String,
    recipe: Recipe,
}

impl ForeignHash {
    pub(crate) fn new(format: &str, recipe: Recipe) -> Result<Self, Refusal> {
        let made = Self { format: format.to_owned(), recipe };
        made.recipe.affordable()?;
        let longest = made.longest_text();
        let made = made.fits(longest)?;
        // What does not read back would be wrong at every login.
        if Self::from_text(&made.to_text())? == made { Ok(made) } else { Err(Refusal::NotForeign) }
    }

    /// The length of its text or of that of the wrapped hash, whichever is longer.
    fn longest_text(&self) -> usize {
        let as_read = self.to_text().len();
        // Wrapping replaces the digest and adds three steps.
        let digest = self.recipe.digest.len().saturating_mul(4).div_ceil(3);
        as_read.max(as_read.saturating_sub(digest) + WRAPPING)
    }

    fn fits(self, length: usize) -> Result<Self, Refusal> {
        if length > TEXT_LIMIT { Err(Refusal::TooLong(length)) } else { Ok(self) }
    }

    /// Whether a stored text is of a foreign hash, and of no other kind.
    pub fn is_text(text: &str) -> bool {
        text.starts_with(MARK)
    }

    /// Reads a text that [`ForeignHash::to_text`] made. The limits of costs hold here too, and what no reader would have
    /// written is refused.
    pub fn from_text(text: &str) -> Result<Self, Refusal> {
        let (format, recipe) = read_recipe(text)?;
        recipe.affordable()?;
        Ok(Self { format: format.to_owned(), recipe })
    }

    /// Reads such a text out of a file of somebody's: as strict as [`read`](crate::read) is with the hash of another
    /// system. The keys that it needs have to be at hand, and if it is weak there has to be room to wrap it.
    pub fn from_import(text: &str, keys: &ImportKeys) -> Result<Self, Refusal> {
        let read = Self::from_text(text)?;
        if let Some(key) = read.missing_key(keys) {
            return Err(Refusal::KeyMissing(key.to_owned()));
        }
        match read.strength() {
            Strength::Keep => Ok(read),
            Strength::Weak => {
                let longest = read.longest_text();
                read.fits(longest)
            }
        }
    }

    /// The one text in which it is stored: ASCII, at most 255 characters, without any key of [`ImportKeys`].
    pub fn to_text(&self) -> String {
        write_recipe(&self.format, &self.recipe)
    }

    /// The name of the format that it was read from.
    pub fn format(&self) -> &str {
        &self.format
    }

    /// Whether this is its password. It blocks for as long as [`ForeignHash::cost`] tells. Without a key that it
    /// needs, every password is wrong.
    pub fn verify(&self, password: &str, keys: &ImportKeys) -> bool {
        self.compare(password, keys) != Match::No
    }

    /// The same, and whether another hash may be made of this password in its place: not of one that only matches in
    /// another spelling or in its first 72 bytes.
    pub fn compare(&self, password: &str, keys: &ImportKeys) -> Match {
        self.recipe.compare(password, keys).unwrap_or(Match::No)
    }

    /// Whether it is of the empty password. [`ForeignHash::verify`] takes none as such, so nobody can log in with it. It
    /// blocks for as long as a guess takes.
    pub fn is_of_nothing(&self, keys: &ImportKeys) -> bool {
        self.recipe.is_of_nothing(keys).unwrap_or(false)
    }

    /// The name of a key that it needs and that is not at hand, or is not base64 where it has to be.
    pub fn missing_key(&self, keys: &ImportKeys) -> Option<&str> {
        self.recipe.missing_key(keys)
    }

    /// The cost of one guess, which is what makes it strong.
    pub fn cost(&self) -> Cost {
        self.recipe.cost()
    }

    /// The cost of a comparison with this password. It may have several spellings, and some functions read it in every
    /// round.
    pub fn cost_of(&self, password: &str) -> Cost {
        self.recipe.cost_of(password)
    }

    /// The greatest cost of a comparison, with the password that takes longest.
    pub fn greatest_cost(&self) -> Cost {
        self.recipe.worst()
    }

    /// Whether it may be stored as it is.
    pub fn strength(&self) -> Strength {
        if self.cost().nanoseconds < KEPT.nanoseconds { Strength::Weak } else { Strength::Keep }
    }

    /// The bcrypt hash of its digest. `cost` is the binary logarithm of the rounds; it is lowered to what is affordable
    /// for all spellings of a password. `salt` has to be random. It blocks for as long as bcrypt does.
    pub fn wrap(&self, cost: u32, salt: [u8; 16]) -> Result<Self, Refusal> {
        let bcrypt = Bcrypt::new(cost.min(self.recipe.affordable_bcrypt()), salt)?;
        let mut recipe = self.recipe.clone();
        if recipe.digest.len() > WRAPPED {
            recipe.steps.push(Take::first(WRAPPED).into());
            recipe.digest.truncate(WRAPPED);
        }
        recipe.steps.extend([Code::Base64.into(), bcrypt.into()]);
        recipe.affordable()?;
        // bcrypt ends at a NUL in most libraries; base64 has none.
        recipe.digest = bcrypt.hash(Code::Base64.of(&recipe.digest).as_bytes());
        let wrapped = Self { format: self.format.clone(), recipe };
        let length = wrapped.to_text().len();
        wrapped.fits(length)
    }
}

impl fmt::Debug for ForeignHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ForeignHash({})", self.format)
    }
}

//! A hash of another system.

use std::fmt;

use crate::cost::{Cost, KEPT, Strength};
use crate::engines::{Bcrypt, Code, Take};
use crate::keys::ImportKeys;
use crate::recipe::{MARK, Recipe, TEXT_LIMIT, read_recipe, write_recipe};
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
        let as_read = made.to_text().len();
        // Wrapping replaces the digest and adds three steps.
        let digest = made.recipe.digest.len().saturating_mul(4).div_ceil(3);
        let longest = as_read.max(as_read.saturating_sub(digest) + WRAPPING);
        if longest > TEXT_LIMIT { Err(Refusal::TooLong(longest)) } else { Ok(made) }
    }

    /// Whether a stored text is of a foreign hash, and of no other kind.
    pub fn is_text(text: &str) -> bool {
        text.starts_with(MARK)
    }

    /// Reads a text that [`ForeignHash::to_text`] made. The limits of costs hold here too.
    pub fn from_text(text: &str) -> Result<Self, Refusal> {
        let (format, recipe) = read_recipe(text)?;
        Ok(Self { format: format.to_owned(), recipe })
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
        self.recipe.matches(password, keys).unwrap_or(false)
    }

    /// The name of a key that it needs and that is not at hand.
    pub fn missing_key(&self, keys: &ImportKeys) -> Option<&str> {
        self.recipe.keys().find(|name| keys.get(name).is_none())
    }

    /// The cost of one comparison.
    pub fn cost(&self) -> Cost {
        self.recipe.cost()
    }

    /// Whether it may be stored as it is.
    pub fn strength(&self) -> Strength {
        if self.cost().nanoseconds < KEPT.nanoseconds { Strength::Weak } else { Strength::Keep }
    }

    /// The bcrypt hash of its digest. `cost` is the binary logarithm of the rounds; `salt` has to be random. It blocks
    /// for as long as bcrypt does.
    pub fn wrap(&self, cost: u32, salt: [u8; 16]) -> Result<Self, Refusal> {
        let bcrypt = Bcrypt::new(cost, salt)?;
        let mut recipe = self.recipe.clone();
        if recipe.digest.len() > WRAPPED {
            recipe.steps.push(Take::first(WRAPPED).into());
            recipe.digest.truncate(WRAPPED);
        }
        // bcrypt ends at a NUL in most libraries; base64 has none.
        recipe.digest = bcrypt.hash(Code::Base64.of(&recipe.digest).as_bytes());
        recipe.steps.extend([Code::Base64.into(), bcrypt.into()]);
        Ok(Self { format: self.format.clone(), recipe })
    }
}

impl fmt::Debug for ForeignHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ForeignHash({})", self.format)
    }
}

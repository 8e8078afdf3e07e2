//! What codes look like.

use crate::ports::SecureRandom;
use crate::secret::SecretToken;

/// The characters of a code (points contract 2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeAlphabet {
    /// `0` to `9`: `number`.
    Digits,
    /// `A` to `Z`: `string`.
    Letters,
    /// Both: `mixte`.
    Mixed,
}

impl CodeAlphabet {
    fn characters(self) -> &'static [u8] {
        const MIXED: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        let (digits, letters) = MIXED.split_at(10);
        match self {
            Self::Digits => digits,
            Self::Letters => letters,
            Self::Mixed => MIXED,
        }
    }
}

/// The length is none of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code has {} to {} characters", CodeShape::MIN_LENGTH, CodeShape::MAX_LENGTH)]
pub struct InvalidCodeLength;

/// What a code looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeShape {
    alphabet: CodeAlphabet,
    length: u8,
}

impl CodeShape {
    /// The least length, in characters (points contract, decision 4).
    pub const MIN_LENGTH: u8 = 4;
    /// The greatest one.
    pub const MAX_LENGTH: u8 = 12;
    /// Six digits, as an SMS has them (mobile contract, decision 5).
    pub const SIX_DIGITS: Self = Self { alphabet: CodeAlphabet::Digits, length: 6 };

    /// Codes of so many characters.
    pub fn new(alphabet: CodeAlphabet, length: i64) -> Result<Self, InvalidCodeLength> {
        let length = u8::try_from(length).map_err(|_out_of_range| InvalidCodeLength)?;
        if !(Self::MIN_LENGTH..=Self::MAX_LENGTH).contains(&length) {
            return Err(InvalidCodeLength);
        }
        Ok(Self { alphabet, length })
    }

    /// A code of this shape, each as likely as any other.
    pub fn draw(self, random: &dyn SecureRandom) -> SecretToken {
        let characters = self.alphabet.characters();
        let count = characters.len();
        // Bytes from this one on would favour the first characters.
        let fair = 256 - 256 % count;
        let mut code = String::with_capacity(usize::from(self.length));
        while code.len() < usize::from(self.length) {
            let fitting = random.bytes().into_iter().map(usize::from).filter(|byte| *byte < fair);
            let drawn = fitting.filter_map(|byte| characters.get(byte % count)).map(|byte| char::from(*byte));
            code.extend(drawn.take(usize::from(self.length) - code.len()));
        }
        SecretToken::new(code)
    }

    /// A code as it was typed, in the form in which it was drawn.
    pub fn typed(text: &str) -> String {
        text.trim().to_ascii_uppercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts upwards.
    struct Counting(std::sync::atomic::AtomicU8);

    impl SecureRandom for Counting {
        fn token(&self) -> SecretToken {
            SecretToken::new("")
        }

        fn bytes(&self) -> [u8; 32] {
            let first = self.0.fetch_add(32, std::sync::atomic::Ordering::Relaxed);
            std::array::from_fn(|place| first.wrapping_add(u8::try_from(place).unwrap()))
        }
    }

    #[test]
    fn a_code_has_the_characters_of_its_alphabet() {
        let random = Counting(0.into());
        let drawn =
            |alphabet, length| CodeShape::new(alphabet, length).unwrap().draw(&random).reveal().to_owned();
        assert_eq!(drawn(CodeAlphabet::Digits, 12), "012345678901");
        assert!(drawn(CodeAlphabet::Letters, 12).bytes().all(|byte| byte.is_ascii_uppercase()));
        let mixed = drawn(CodeAlphabet::Mixed, 4);
        assert!(mixed.len() == 4 && mixed.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{mixed}");
    }

    #[test]
    fn no_character_is_likelier_than_another() {
        for alphabet in [CodeAlphabet::Digits, CodeAlphabet::Letters, CodeAlphabet::Mixed] {
            // Eight times 32 bytes are each byte once.
            let random = Counting(0.into());
            let mut counts = std::collections::BTreeMap::new();
            let count = alphabet.characters().len();
            let fair = 256 - 256 % count;
            for byte in (0..8).flat_map(|_| random.bytes()).map(usize::from).filter(|byte| *byte < fair) {
                *counts.entry(byte % count).or_insert(0) += 1;
            }
            assert!(counts.len() == count && counts.values().all(|n| *n == fair / count), "{counts:?}");
        }
    }

    #[test]
    fn a_code_has_four_to_twelve_characters() {
        for length in [i64::MIN, -4, 0, 3, 13, 256 + 4, i64::MAX] {
            assert_eq!(CodeShape::new(CodeAlphabet::Digits, length), Err(InvalidCodeLength));
        }
        assert!((4..=12).all(|length| CodeShape::new(CodeAlphabet::Digits, length).is_ok()));
    }

    #[test]
    fn a_typed_code_is_read_whatever_its_letter_case() {
        assert_eq!(CodeShape::typed(" ab1c\n"), "AB1C");
    }
}

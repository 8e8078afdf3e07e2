//! A phone number as a number.

/// A phone number as the contacts contract has it: a whole number of at most 15 digits (ITU-T E.164). So leading
/// zeros and plus signs are lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PhoneNumber(i64);

/// The number has more than 15 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a phone number has at most 15 digits")]
pub struct InvalidPhoneNumber;

impl PhoneNumber {
    /// The greatest number, inclusive: 15 digits.
    pub const MAX: i64 = 999_999_999_999_999;
    /// The least number, inclusive. The original accepts negative numbers.
    pub const MIN: i64 = -Self::MAX;

    /// Checks that the number has at most 15 digits.
    pub fn new(number: i64) -> Result<Self, InvalidPhoneNumber> {
        if (Self::MIN..=Self::MAX).contains(&number) { Ok(Self(number)) } else { Err(InvalidPhoneNumber) }
    }

    /// The digits as a number; negative if it was given so.
    pub fn get(self) -> i64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_digits_are_the_most() {
        assert_eq!(PhoneNumber::new(380_501_234_567).map(PhoneNumber::get), Ok(380_501_234_567));
        assert!(PhoneNumber::new(PhoneNumber::MAX).is_ok() && PhoneNumber::new(PhoneNumber::MIN).is_ok());
        assert_eq!(PhoneNumber::new(PhoneNumber::MAX + 1), Err(InvalidPhoneNumber));
        assert_eq!(PhoneNumber::new(i64::MIN), Err(InvalidPhoneNumber));
    }
}

//! A phone number as a number.

/// A phone number in digits, as the contacts contract has it: a whole number of at most 15 digits
/// (ITU-T E.164), so leading zeros and plus signs are not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PhoneNumber(i64);

/// The number has more than 15 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a phone number has at most 15 digits")]
pub struct InvalidPhoneNumber;

impl PhoneNumber {
    /// The greatest number.
    pub const MAX: i64 = 999_999_999_999_999;
    /// The least number: the original takes negative ones.
    pub const MIN: i64 = -Self::MAX;

    /// Takes a number of at most 15 digits.
    pub fn new(number: i64) -> Result<Self, InvalidPhoneNumber> {
        if (Self::MIN..=Self::MAX).contains(&number) { Ok(Self(number)) } else { Err(InvalidPhoneNumber) }
    }

    /// The number.
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

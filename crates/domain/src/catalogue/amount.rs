//! Money, to the cent.

/// An amount of money: not negative, at most 13 digits before the point, two behind it (theater
/// contract 4, `decimal(15,2)`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i64);

/// The number is negative, too large or not finite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an amount is not negative and has at most 13 digits before the point")]
pub struct InvalidAmount;

impl Amount {
    /// The greatest amount, in cents.
    const MAX_CENTS: i64 = 999_999_999_999_999;

    /// Rounds a number to cents, halves upwards. The shortest decimal form of the number is rounded, as a decimal
    /// column does: 12.345 becomes 12.35. The binary fraction just below it would become 12.34.
    pub fn from_number(number: f64) -> Result<Self, InvalidAmount> {
        if !number.is_finite() || !(0.0..1e14).contains(&number) {
            return Err(InvalidAmount);
        }
        let decimal = number.to_string();
        let (whole, fraction) = decimal.split_once('.').unwrap_or((&decimal, ""));
        let digit = |index: usize| fraction.as_bytes().get(index).map_or(0, |digit| i64::from(digit - b'0'));
        let whole: i64 = whole.parse().map_err(|_not_a_number| InvalidAmount)?;
        let round_up = i64::from(digit(2) >= 5);
        Self::from_cents(whole * 100 + digit(0) * 10 + digit(1) + round_up)
    }

    /// The amount of so many cents.
    pub fn from_cents(cents: i64) -> Result<Self, InvalidAmount> {
        if (0..=Self::MAX_CENTS).contains(&cents) { Ok(Self(cents)) } else { Err(InvalidAmount) }
    }

    /// The amount in cents.
    pub fn cents(self) -> i64 {
        self.0
    }

    /// The amount as a decimal fraction, exact to the cent.
    #[expect(clippy::cast_precision_loss, reason = "15 digits fit into a double")]
    pub fn to_number(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_as_a_decimal_column_rounds_them() {
        for (number, cents) in
            [(0.0, 0), (12.345, 1235), (12.344, 1234), (0.995, 100), (1_000_000.0, 100_000_000), (1e-7, 0)]
        {
            assert_eq!(Amount::from_number(number).map(Amount::cents), Ok(cents), "{number}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for number in [-0.01, 1e13, 9_999_999_999_999.998, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(Amount::from_number(number), Err(InvalidAmount), "{number}");
        }
        assert!(Amount::from_number(9_999_999_999_999.99).is_ok());
    }

    #[test]
    fn every_amount_survives_as_a_number() {
        for cents in [0, 1, 99, 123_456_789_012_345, Amount::MAX_CENTS] {
            let amount = Amount::from_cents(cents).unwrap();
            assert_eq!(Amount::from_number(amount.to_number()), Ok(amount));
        }
    }
}

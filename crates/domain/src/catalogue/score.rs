//! The rating of a movie.

/// A score from 0 to 100, both included.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Score(f64);

/// The number is below 0, above 100 or not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a score is a number from 0 to 100")]
pub struct InvalidScore;

impl Score {
    /// Checks the bounds.
    pub fn new(number: f64) -> Result<Self, InvalidScore> {
        if (0.0..=100.0).contains(&number) { Ok(Self(number)) } else { Err(InvalidScore) }
    }

    /// The score, 0 to 100.
    pub fn get(self) -> f64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_in_range_are_scores() {
        assert!(Score::new(0.0).is_ok() && Score::new(100.0).is_ok());
        for number in [-0.1, 100.1, f64::NAN, f64::INFINITY] {
            assert_eq!(Score::new(number), Err(InvalidScore));
        }
    }
}

//! A change of a balance.

use time::OffsetDateTime;

use crate::accounts::AccountId;
use crate::secret::SecretDigest;

/// A number of points to add or to deduct: 0 to 2⁶³−1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(i64);

/// The number is no number of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a number of points is not negative")]
pub struct InvalidPoints;

impl Points {
    /// So many points.
    pub fn new(points: i64) -> Result<Self, InvalidPoints> {
        if points >= 0 { Ok(Self(points)) } else { Err(InvalidPoints) }
    }

    /// The number.
    pub fn get(self) -> i64 {
        self.0
    }
}

/// What is done with points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointsKind {
    /// They are added.
    Add,
    /// They are deducted.
    Deduct,
}

/// A change of a balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointsChange {
    /// Whose balance.
    pub account: AccountId,
    /// What is done.
    pub kind: PointsKind,
    /// With how many points.
    pub points: Points,
    /// Why, in at most 255 characters.
    pub reason: Option<String>,
    /// Who did it.
    pub actor: Option<AccountId>,
    /// Digest of the idempotency key under which it was asked for.
    pub idempotency_key: Option<SecretDigest>,
    /// When.
    pub at: OffsetDateTime,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_never_negative() {
        assert_eq!(Points::new(-1), Err(InvalidPoints));
        assert_eq!(Points::new(i64::MAX).map(Points::get), Ok(i64::MAX));
    }
}

//! The state of a movie's production.

use std::str::FromStr;

/// The status of a movie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MovieStatus {
    /// In the cinemas, now or in the past.
    Released,
    /// The movie is shot and not released.
    PostProduction,
    /// The movie is being made.
    InProduction,
}

/// The text is not the name of a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a status is Released, Post Production or In Production")]
pub struct UnknownStatus;

impl MovieStatus {
    /// All statuses, in the order of the contract.
    pub const ALL: [Self; 3] = [Self::Released, Self::PostProduction, Self::InProduction];

    /// The word in the contract, such as `Post Production`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Released => "Released",
            Self::PostProduction => "Post Production",
            Self::InProduction => "In Production",
        }
    }

    /// The stored label (theater contract 4, `moviestatusenum`).
    pub fn label(self) -> &'static str {
        match self {
            Self::Released => "RELEASED",
            Self::PostProduction => "POST_PRODUCTION",
            Self::InProduction => "IN_PRODUCTION",
        }
    }

    /// The status with this stored label.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.label() == label)
    }
}

impl FromStr for MovieStatus {
    type Err = UnknownStatus;

    /// Reads the published word; letter case counts (theater contract 2.8).
    fn from_str(word: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == word).ok_or(UnknownStatus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_labels_read_back() {
        for status in MovieStatus::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
            assert_eq!(MovieStatus::from_label(status.label()), Some(status));
        }
        assert_eq!("released".parse::<MovieStatus>(), Err(UnknownStatus));
    }
}

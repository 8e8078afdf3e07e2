//! The algorithms to choose from.

use std::str::FromStr;

use jsonwebtoken::Algorithm;

/// HMAC (RFC 7518 §3.2): one secret both signs and verifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum JwtAlgorithm {
    /// With SHA-256.
    #[default]
    Hs256,
    /// With SHA-384.
    Hs384,
    /// With SHA-512.
    Hs512,
}

/// The text is not the name of a supported algorithm.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the algorithm has to be HS256, HS384 or HS512")]
pub struct UnknownJwtAlgorithm;

impl JwtAlgorithm {
    const ALL: [Self; 3] = [Self::Hs256, Self::Hs384, Self::Hs512];

    /// The registered name (RFC 7518 §3.1).
    pub fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
        }
    }
}

impl FromStr for JwtAlgorithm {
    type Err = UnknownJwtAlgorithm;

    /// Reads the registered name, letter by letter.
    fn from_str(name: &str) -> Result<Self, UnknownJwtAlgorithm> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name).ok_or(UnknownJwtAlgorithm)
    }
}

impl From<JwtAlgorithm> for Algorithm {
    fn from(algorithm: JwtAlgorithm) -> Self {
        match algorithm {
            JwtAlgorithm::Hs256 => Self::HS256,
            JwtAlgorithm::Hs384 => Self::HS384,
            JwtAlgorithm::Hs512 => Self::HS512,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        for algorithm in JwtAlgorithm::ALL {
            assert_eq!(algorithm.name().parse(), Ok(algorithm));
        }
    }

    #[test]
    fn no_other_algorithm_is_offered() {
        for name in ["none", "None", "hs256", "RS256", "ES256", "EdDSA", ""] {
            assert_eq!(name.parse::<JwtAlgorithm>(), Err(UnknownJwtAlgorithm), "{name}");
        }
    }
}

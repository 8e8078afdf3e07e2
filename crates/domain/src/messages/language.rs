//! The languages in which people are addressed.

use serde::{Deserialize, Serialize};

/// A language of messages and pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Language {
    Fr,
    En,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The language that a tag (RFC 5646) names. The region does not matter: `fr`, `en-GB`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.trim().split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "fr" => Some(Self::Fr),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The tag without a region: `fr`, `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

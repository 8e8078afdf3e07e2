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
    /// The language that a tag (RFC 5646) names. The region does not matter: `fr`, `en-GB`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.trim().split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "fr" => Some(Self::Fr),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The supported language that an `Accept-Language` header (RFC 9110 §12.5.4) prefers most. `None` when the
    /// header names no supported language.
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for range in header.split(',').take(32) {
            let mut parts = range.split(';');
            let Some(language) = parts.next().and_then(Self::from_tag) else { continue };
            let quality = parts
                .find_map(|parameter| parameter.trim().strip_prefix("q="))
                .map_or(Some(1.0), |q| q.trim().parse::<f32>().ok())
                .filter(|q| (0.0..=1.0).contains(q))
                .unwrap_or(0.0);
            if quality > best.map_or(0.0, |(highest, _)| highest) {
                best = Some((quality, language));
            }
        }
        best.map(|(_, language)| language)
    }

    /// The tag without a region: `fr`, `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_liked_best_wins() {
        let cases = [
            ("fr", Some(Language::Fr)),
            ("en-GB,en;q=0.9", Some(Language::En)),
            ("de, fr;q=0.5, en;q=0.7", Some(Language::En)),
            ("en;q=0, fr;q=0.1", Some(Language::Fr)),
            ("en, fr", Some(Language::En)),
            ("de", None),
            ("", None),
            ("en;q=nonsense", None),
        ];
        for (header, expected) in cases {
            assert_eq!(Language::from_accept_language(header), expected, "{header}");
        }
    }
}

//! An encoding that the operator names.

use std::str::FromStr;

use encoding_rs::Encoding;

/// An encoding by one of its names in the Encoding Standard, such as `windows-1250`, `cp1250` or `macintosh`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedEncoding(pub(super) &'static Encoding);

/// A name that no encoding has.
#[derive(Debug, thiserror::Error)]
#[error("no encoding of this name is known; convert the file to UTF-8")]
pub struct UnknownEncoding;

impl NamedEncoding {
    /// The encoding.
    pub fn get(self) -> &'static Encoding {
        self.0
    }
}

impl FromStr for NamedEncoding {
    type Err = UnknownEncoding;

    fn from_str(name: &str) -> Result<Self, UnknownEncoding> {
        // `replacement` stands for encodings that must not be read.
        let found = Encoding::for_label_no_replacement(name.as_bytes());
        found.map(Self).ok_or(UnknownEncoding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_have_many_names_and_unknown_ones_are_refused() {
        for name in ["windows-1250", "cp1250", "CP1250", "x-cp1250"] {
            assert_eq!(name.parse::<NamedEncoding>().unwrap().0, encoding_rs::WINDOWS_1250);
        }
        for name in ["cp850", "", "utf-7", "hz-gb-2312"] {
            assert!(name.parse::<NamedEncoding>().is_err(), "{name}");
        }
    }
}

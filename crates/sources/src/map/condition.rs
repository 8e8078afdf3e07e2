//! Conditions: `confirmed`, `not disabled`, `has phone or email`, `no trash.user_id`, `kind = person`.

use serde::{Deserialize, Deserializer, de};

use super::Path;

/// What must hold of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    /// The value that is looked at; of several it is the first that is there.
    pub(crate) paths: Vec<Path>,
    /// What is asked of it.
    pub(crate) test: Test,
}

/// What a [`Condition`] asks of its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Test {
    /// It means yes.
    Yes,
    /// It does not mean yes.
    NotYes,
    /// It is there and not an empty text.
    Has,
    /// It is missing, null or an empty text.
    No,
    /// It is the text.
    Is(String),
    /// It is anything but the text.
    IsNot(String),
}

impl Condition {
    /// Reads a condition.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (value, asked) = if let Some(path) = text.strip_prefix("not ") {
            (path, Test::NotYes)
        } else if let Some(path) = text.strip_prefix("has ") {
            (path, Test::Has)
        } else if let Some(path) = text.strip_prefix("no ") {
            (path, Test::No)
        } else if let Some((path, value)) = text.split_once(" != ") {
            (path, Test::IsNot(value.trim().to_owned()))
        } else if let Some((path, value)) = text.split_once(" = ") {
            (path, Test::Is(value.trim().to_owned()))
        } else {
            (text, Test::Yes)
        };
        let paths = value.split(" or ").map(|path| Path::parse(path.trim())).collect::<Result<_, _>>()?;
        Ok(Self { paths, test: asked })
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

//! Which formats a text may be of.

use serde_json::Map;

use crate::format::Format;
use crate::input::HashInput;
use crate::keys::ImportKeys;
use crate::recipe::Recipe;
use crate::registry::formats;
use crate::source::Source;

/// The formats that a text may be of, the most general first. Formats that need a field or a key are not among them.
/// Several formats may read the same text alike.
pub fn detect(text: &str) -> Vec<&'static Format> {
    candidates(text.into()).into_iter().map(|(format, _)| format).collect()
}

pub(crate) fn candidates(hash: HashInput<'_>) -> Vec<(&'static Format, Recipe)> {
    let (extra, keys) = (Map::new(), ImportKeys::default());
    formats()
        .filter(|format| format.tells_itself)
        .filter_map(|format| {
            let recipe = format.read(&Source::new(format.name, hash, &extra, &keys)).ok()?;
            Some((format, recipe))
        })
        .collect()
}

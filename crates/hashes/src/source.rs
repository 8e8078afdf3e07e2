//! What a reader reads from.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::coding;
use crate::input::HashInput;
use crate::keys::{ImportKeys, is_key_name};
use crate::recipe::Bytes;
use crate::refusal::Refusal;

/// The longest hash in bytes.
const LONGEST: usize = 8192;
/// The field beside a hash that names another key than the usual one.
const KEY_NAME: &str = "import_key";

/// One hash, what stands beside it, and the keys at hand.
pub(crate) struct Source<'a> {
    pub(crate) format: &'static str,
    hash: HashInput<'a>,
    extra: &'a Map<String, Value>,
    keys: &'a ImportKeys,
}

impl<'a> Source<'a> {
    pub(crate) fn new(
        format: &'static str,
        hash: HashInput<'a>,
        extra: &'a Map<String, Value>,
        keys: &'a ImportKeys,
    ) -> Self {
        Self { format, hash, extra, keys }
    }

    /// A part of the text, read by itself.
    pub(crate) fn within(&self, text: &'a str) -> Self {
        Self { hash: HashInput::Text(text), ..*self }
    }

    pub(crate) fn bad(&self, why: &'static str) -> Refusal {
        Refusal::Malformed { format: self.format, why }
    }

    /// The refusal of a text that has not the parts of its format.
    pub(crate) fn parts(&self) -> Refusal {
        self.bad("it has not the parts of such a hash")
    }

    pub(crate) fn text(&self) -> Result<&'a str, Refusal> {
        match self.hash {
            HashInput::Text(text) if text.len() <= LONGEST => Ok(text),
            HashInput::Text(_) => Err(self.bad("it is longer than any such hash")),
            HashInput::Object(_) => Err(self.bad("it is an object and not a text")),
        }
    }

    pub(crate) fn object(&self) -> Result<Cow<'a, Map<String, Value>>, Refusal> {
        match self.hash {
            HashInput::Object(object) => Ok(Cow::Borrowed(object)),
            HashInput::Text(_) => {
                let parsed = serde_json::from_str(self.text()?);
                parsed.map(Cow::Owned).map_err(|_not_json| self.bad("it is no JSON object"))
            }
        }
    }

    /// A text that stands beside the hash.
    pub(crate) fn field(&self, field: &'static str) -> Result<&'a str, Refusal> {
        let missing = Refusal::Field { format: self.format, field };
        self.extra.get(field).and_then(Value::as_str).filter(|text| text.len() <= LONGEST).ok_or(missing)
    }

    /// A number that stands beside the hash, or what the system takes where it is absent.
    pub(crate) fn number(&self, field: &'static str, usual: u32) -> Result<u32, Refusal> {
        let number = match self.extra.get(field) {
            None => return Ok(usual),
            Some(Value::String(text)) => coding::number(text),
            Some(value) => value.as_u64().and_then(|number| number.try_into().ok()),
        };
        number.ok_or(Refusal::Field { format: self.format, field })
    }

    /// A key of the other system, which has to be at hand. The field `import_key` names another one than the usual.
    pub(crate) fn key(&self, usual: &'static str) -> Result<Bytes, Refusal> {
        self.key_name(usual).map(Bytes::key)
    }

    /// A key that is set in base64.
    pub(crate) fn base64_key(&self, usual: &'static str) -> Result<Bytes, Refusal> {
        let name = self.key_name(usual)?;
        let is_base64 = self.keys.get(&name).and_then(coding::base64).is_some();
        is_base64.then(|| Bytes::base64_key(name.clone())).ok_or(Refusal::KeyMissing(name))
    }

    fn key_name(&self, usual: &'static str) -> Result<String, Refusal> {
        let name = match self.extra.get(KEY_NAME) {
            None => usual,
            Some(value) => value
                .as_str()
                .filter(|name| is_key_name(name))
                .ok_or(Refusal::Field { format: self.format, field: KEY_NAME })?,
        };
        self.keys.get(name).map(|_| name.to_owned()).ok_or_else(|| Refusal::KeyMissing(name.to_owned()))
    }
}

//! Bytes of a step: salts and the like, of which some may be secret.

use super::{Args, Writer};
use crate::coding;
use crate::keys::{ImportKeys, is_key_name};
use crate::refusal::Refusal;

/// A key that a hash needs is not at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MissingKey;

/// Bytes one behind the other. Keys are named, and looked up when they are needed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bytes(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(Vec<u8>),
    /// The key's own bytes.
    Key(String),
    /// The bytes that the key is the base64 of.
    Base64Key(String),
}

/// The marks of the parts in a text. None of them stands inside of a part.
const TEXT: char = '\'';
const BASE64: char = '=';
const HEX: char = '#';
const KEY: char = '@';
const BASE64_KEY: char = '%';

impl Bytes {
    pub(crate) fn key(name: String) -> Self {
        Self(vec![Part::Key(name)])
    }

    pub(crate) fn base64_key(name: String) -> Self {
        Self(vec![Part::Base64Key(name)])
    }

    /// These bytes, and others behind them.
    pub(crate) fn and(mut self, other: impl Into<Self>) -> Self {
        self.0.append(&mut other.into().0);
        self
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Literal(_) => None,
            Part::Key(name) | Part::Base64Key(name) => Some(name.as_str()),
        })
    }

    /// The bytes, if no key is among them.
    pub(crate) fn literal(&self) -> Option<Vec<u8>> {
        self.resolve(&ImportKeys::default()).ok()
    }

    pub(crate) fn resolve(&self, keys: &ImportKeys) -> Result<Vec<u8>, MissingKey> {
        let mut all = Vec::new();
        for part in &self.0 {
            match part {
                Part::Literal(bytes) => all.extend_from_slice(bytes),
                Part::Key(name) => all.extend_from_slice(keys.get(name).ok_or(MissingKey)?.as_bytes()),
                Part::Base64Key(name) => {
                    let key = keys.get(name).and_then(coding::base64).ok_or(MissingKey)?;
                    all.extend_from_slice(&key);
                }
            }
        }
        Ok(all)
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Literal(bytes) => write_literal(bytes, &mut text),
                Part::Key(name) => text.extend([KEY.to_string().as_str(), name]),
                Part::Base64Key(name) => text.extend([BASE64_KEY.to_string().as_str(), name]),
            }
        }
        writer.text(&text);
    }

    pub(crate) fn read(args: &mut Args<'_>) -> Result<Self, Refusal> {
        let mut rest = args.text()?;
        let mut parts = Vec::new();
        while let Some(mark) = rest.chars().next() {
            let body = rest.get(mark.len_utf8()..).unwrap_or_default();
            let end = body.find([TEXT, BASE64, HEX, KEY, BASE64_KEY]).unwrap_or(body.len());
            let (body, behind) = body.split_at_checked(end).ok_or(Refusal::NotForeign)?;
            parts.push(read_part(mark, body).ok_or(Refusal::NotForeign)?);
            rest = behind;
        }
        Ok(Self(parts))
    }
}

fn read_part(mark: char, body: &str) -> Option<Part> {
    match mark {
        TEXT => Some(Part::Literal(body.as_bytes().to_vec())),
        BASE64 => Some(Part::Literal(coding::base64_url(body)?)),
        HEX => Some(Part::Literal(hex::encode(coding::base64_url(body)?).into_bytes())),
        KEY if is_key_name(body) => Some(Part::Key(body.to_owned())),
        BASE64_KEY if is_key_name(body) => Some(Part::Base64Key(body.to_owned())),
        _ => None,
    }
}

/// The shortest of: as it stands; as the bytes that it is the hex of; in base64.
fn write_literal(bytes: &[u8], text: &mut String) {
    let as_text = std::str::from_utf8(bytes).ok();
    let unhexed = as_text.and_then(coding::hex).filter(|unhexed| hex::encode(unhexed).as_bytes() == bytes);
    if let Some(unhexed) = unhexed.filter(|unhexed| unhexed.len() >= 4) {
        text.push(HEX);
        text.push_str(&coding::to_base64_url(&unhexed));
    } else if let Some(plain) = as_text.filter(|plain| plain.bytes().all(is_plain)) {
        text.push(TEXT);
        text.push_str(plain);
    } else {
        text.push(BASE64);
        text.push_str(&coding::to_base64_url(bytes));
    }
}

/// Stands for itself in the text of a recipe.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'_' | b'-' | b'+' | b'$' | b':')
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        if bytes.is_empty() { Self::default() } else { Self(vec![Part::Literal(bytes.to_vec())]) }
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        bytes.as_slice().into()
    }
}

impl From<&str> for Bytes {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

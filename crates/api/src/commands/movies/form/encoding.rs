//! The encoding of a file that is not known to be UTF-8.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, IBM866, ISO_8859_2, ISO_8859_15, MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, X_MAC_CYRILLIC,
};

use super::sample::Sample;
use super::words;

/// An encoding that cannot be inferred.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodingError {
    /// The most likely one makes words that nobody writes.
    #[error(
        "the file is not UTF-8, and its encoding is not certain: {}. Say what it is with --encoding, or convert it \
         to UTF-8",
        readings(.0)
    )]
    Uncertain(Vec<Reading>),
}

/// How the same bytes read in an encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The name of the encoding.
    pub encoding: &'static str,
    /// The word.
    pub word: String,
}

fn readings(readings: &[Reading]) -> String {
    let readings = readings.iter().map(|Reading { encoding, word }| format!("{word:?} in {encoding}"));
    format!("it says {}", readings.collect::<Vec<_>>().join(", "))
}

/// What the operator may mean, where the most likely encoding cannot be.
const OTHERS: [&Encoding; 8] =
    [MACINTOSH, ISO_8859_15, WINDOWS_1252, WINDOWS_1250, ISO_8859_2, WINDOWS_1251, X_MAC_CYRILLIC, IBM866];

/// The encoding by the byte order mark, and the length of that.
pub(super) fn marked(head: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(head)
}

/// UTF-16 without a byte order mark: names of columns are ASCII, so every second byte is zero.
pub(super) fn of_two_bytes(head: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = head.as_chunks::<2>();
    let pairs = pairs.get(..pairs.len().min(32)).filter(|pairs| pairs.len() > 1)?;
    if pairs.iter().all(|[first, second]| *first != 0 && *second == 0) {
        Some(UTF_16LE)
    } else if pairs.iter().all(|[first, second]| *first == 0 && *second != 0) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Infers the encoding of a text that is not UTF-8.
pub(super) fn guess(sample: &Sample) -> Result<&'static Encoding, EncodingError> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample.bytes(), sample.is_whole());
    let guess = detector.guess(None, Utf8Detection::Deny);
    let text = decoded(guess, sample.bytes(), sample.is_whole());
    let Some(odd) = words::odd(&text) else { return Ok(guess) };
    let mut readings = vec![Reading { encoding: guess.name(), word: odd.to_owned() }];
    for other in OTHERS.into_iter().filter(|other| *other != guess) {
        let text = decoded(other, sample.bytes(), sample.is_whole());
        if words::odd(&text).is_none()
            && let Some(word) = words::beyond_ascii(&text)
        {
            readings.push(Reading { encoding: other.name(), word: word.to_owned() });
        }
    }
    readings.truncate(4);
    Err(EncodingError::Uncertain(readings))
}

/// The text of some bytes, without a character that is cut off at their end.
pub(super) fn decoded<'a>(encoding: &'static Encoding, bytes: &'a [u8], whole: bool) -> Cow<'a, str> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    if whole {
        return text;
    }
    match text.trim_end_matches('\u{fffd}').len() {
        length if length == text.len() => text,
        length => text.get(..length).unwrap_or_default().to_owned().into(),
    }
}

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
    /// The most likely one makes words that nobody writes, or few words in which another one is as likely.
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
    let read = |encoding| decoded(encoding, sample.bytes(), sample.is_whole());
    let text = read(guess);
    let doubtful = words::odd(&text).or_else(|| {
        rivals(guess, words::distinct(&text)).find_map(|rival| words::first_other(&text, &read(rival)))
    });
    let Some(place) = doubtful else { return Ok(guess) };
    let mut readings: Vec<Reading> = Vec::new();
    for encoding in std::iter::once(guess).chain(OTHERS) {
        let text = read(encoding);
        // In encodings of one byte the words are the same ones.
        if let Some(word) = words::beyond_ascii(&text).nth(place)
            && (readings.is_empty() || words::odd(&text).is_none())
            && readings.iter().all(|reading| reading.word != word)
        {
            readings.push(Reading { encoding: encoding.name(), word: word.to_owned() });
        }
    }
    readings.truncate(4);
    Err(EncodingError::Uncertain(readings))
}

/// Encodings that a guess is not told from by so few words, unless they read alike or make words that nobody writes.
/// The numbers come from trials with titles and names of films in three encodings.
fn rivals(guess: &'static Encoding, words: usize) -> impl Iterator<Item = &'static Encoding> {
    let count = match words {
        0..5 => 3,
        5..20 if guess != WINDOWS_1252 => 2,
        _ => 0,
    };
    [WINDOWS_1252, WINDOWS_1250, WINDOWS_1251].into_iter().take(count)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(texts: &[u8]) -> Result<&'static Encoding, String> {
        guess(&Sample::of(texts, &b""[..]).unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn words_that_read_alike_in_the_likely_encodings_are_certain() {
        for text in [&b"Am\xe9lie"[..], b"un caf\xe9,", b"\xc9lan vital", b"it\x92s"] {
            assert_eq!(guessed(text), Ok(WINDOWS_1252));
        }
        let (shift_jis, _, _) = encoding_rs::SHIFT_JIS.encode("三船敏郎の七人の侍");
        assert_eq!(guessed(&shift_jis), Ok(encoding_rs::SHIFT_JIS));
    }

    #[test]
    fn few_words_that_read_otherwise_in_a_likely_encoding_are_not() {
        let said = guessed(b"Se\xf1or").unwrap_err();
        assert!(said.contains(r#""Señor" in windows-1252, "Seńor" in windows-1250"#), "{said}");
    }

    #[test]
    fn a_word_that_nobody_writes_is_shown_in_other_encodings() {
        let said = guessed(b"caf\xe9 c\xbdur").unwrap_err();
        assert!(said.contains(r#", "cœur" in ISO-8859-15"#), "{said}");
        assert!(said.contains("--encoding"), "{said}");
        let said = guessed(b"Am\x8elie").unwrap_err();
        assert!(said.contains(r#""AmŽlie" in windows-1252, "Amélie" in macintosh"#), "{said}");
    }

    #[test]
    fn names_of_columns_tell_utf_16_without_a_mark() {
        let bytes = |swap: bool| {
            "names,date_x"
                .bytes()
                .flat_map(|byte| if swap { [0, byte] } else { [byte, 0] })
                .collect::<Vec<_>>()
        };
        assert_eq!(of_two_bytes(&bytes(false)), Some(UTF_16LE));
        assert_eq!(of_two_bytes(&bytes(true)), Some(UTF_16BE));
        assert_eq!(of_two_bytes(b"names,date_x"), None);
        assert_eq!(of_two_bytes(b""), None);
    }
}

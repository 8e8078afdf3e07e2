//! Words by which a wrong encoding is noticed.

use std::collections::HashSet;

/// Marks that may stand between two letters.
const BETWEEN: &str = "’‘‛·‐‑–—…\u{a0}\u{ad}\u{202f}\u{200b}\u{200c}\u{200d}“”«»°／・、。";

/// Marks that may stand before a letter.
const BEFORE: &str = "¿¡‹›„‚€£¥§©¶†•№『「（【《〈";

/// Marks that may stand after a letter.
const AFTER: &str = "‹›²³¹ºª®™©½¼¾€†』」）】》〉！？：；，";

/// The place of the first word that nobody writes, among the words that are not ASCII: one with letters of two
/// scripts, with a capital behind a small letter, with a symbol in its midst, or Latin without any plain letter.
pub(super) fn odd(text: &str) -> Option<usize> {
    beyond_ascii(text).position(|word| is_odd(word) || is_all_accents(word))
}

/// The place of the first word that is another one in `rival`, unless that has a word that nobody writes.
pub(super) fn first_other(text: &str, rival: &str) -> Option<usize> {
    let other = || beyond_ascii(text).zip(beyond_ascii(rival)).position(|(word, other)| word != other);
    if odd(rival).is_none() { other() } else { None }
}

/// How many different words are not ASCII.
pub(super) fn distinct(text: &str) -> usize {
    beyond_ascii(text).collect::<HashSet<_>>().len()
}

/// The words that are not ASCII.
pub(super) fn beyond_ascii(text: &str) -> impl Iterator<Item = &str> {
    let ends = |letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric() && letter != '\'';
    text.split(ends).filter(|word| !word.is_ascii())
}

fn is_odd(word: &str) -> bool {
    let mut before = None;
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        if !letter.is_ascii() && is_odd_between(before, letter, letters.peek().copied()) {
            return true;
        }
        if let Some(before) = before
            && (!letter.is_ascii() || !char::is_ascii(&before))
            && is_odd_pair(before, letter)
        {
            return true;
        }
        before = Some(letter);
    }
    false
}

/// Cyrillic and Greek words look like this in an encoding of the West.
fn is_all_accents(word: &str) -> bool {
    let letters = || word.chars().filter(|letter| letter.is_alphabetic());
    letters().count() > 3 && letters().all(|letter| is_latin(letter) && !letter.is_ascii())
}

/// Whether a character cannot be text, or stands for a mark that cannot be where it is.
fn is_odd_between(before: Option<char>, mark: char, after: Option<char>) -> bool {
    if matches!(mark, '\u{80}'..='\u{9f}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '¤' | '¦' | '¨' | '¸' | '¬')
    {
        return true;
    }
    if mark.is_alphabetic() || mark.is_numeric() && !"¹²³¼½¾".contains(mark) || is_combining(mark) {
        return false;
    }
    let (touches_before, touches_after) = (before.is_some_and(is_western), after.is_some_and(is_western));
    let may = |marks: &str| marks.contains(mark) || BETWEEN.contains(mark);
    match (touches_before, touches_after) {
        (true, true) => !BETWEEN.contains(mark),
        (true, false) => !may(AFTER),
        (false, true) => !may(BEFORE),
        (false, false) => false,
    }
}

/// Whether two letters do not stand side by side.
fn is_odd_pair(before: char, after: char) -> bool {
    if !before.is_alphabetic() || !after.is_alphabetic() {
        return false;
    }
    before.is_lowercase() && after.is_uppercase() || is_mixed(before, after) || is_mixed(after, before)
}

/// A letter of the Latin script beside one of another. Beside East Asian letters stand abbreviations.
fn is_mixed(one: char, other: char) -> bool {
    is_latin(one) && !is_latin(other) && !(is_east_asian(other) && one.is_ascii_uppercase())
}

fn is_latin(letter: char) -> bool {
    matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') || is_combining(letter)
}

fn is_combining(mark: char) -> bool {
    matches!(mark, '\u{300}'..='\u{36f}')
}

fn is_east_asian(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

/// A letter of a script that puts blanks between words.
fn is_western(letter: char) -> bool {
    letter.is_alphabetic() && !is_east_asian(letter) && !"ªº".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_people_write_are_not_odd() {
        for text in [
            "Amélie d’Été, “Élan vital” — ¿Qué? ¡Olé! Łódź 20°C Alien³ n.º 5 1ª 5½ weeks Brand™ €5 L’été",
            "Броненосец Потёмкин «Иваново детство»",
            "七人の侍、NHKスペシャル 「羅生門」 A級",
            "Ελένη ÉTÉ word—word naïve e\u{301}te\u{301}",
        ] {
            assert_eq!(odd(text), None);
        }
    }

    #[test]
    fn words_of_a_wrong_encoding_are_odd() {
        for word in [
            "AmŽlie",
            "c½ur",
            "¦ejla",
            "Cz³owiek",
            "Amйlie",
            "Am詬ie",
            "Am\u{8f}lie",
            "Stra§e",
            "иВАН",
            "Ãmé¨",
            "E‡",
        ] {
            assert_eq!(odd(&format!("fine, élan {word} fine")), Some(1), "{word}");
        }
    }
}

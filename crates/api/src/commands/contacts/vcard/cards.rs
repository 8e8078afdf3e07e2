//! The cards of a file.

use super::super::person::EntryFault;

/// A card, from BEGIN to END.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct Card {
    /// Its place in the file, from 1.
    pub(in super::super) number: u64,
    /// The line in which it begins, from 1.
    pub(in super::super) line: u64,
    /// Its lines, each ended by a line feed; or why there is no card.
    pub(in super::super) text: Result<String, EntryFault>,
}

/// Cuts a file into cards. Cards within a card are left out: they are other people, such as an assistant.
pub(in super::super) fn cards(text: &str) -> Vec<Card> {
    let mut cards: Vec<Card> = Vec::new();
    let mut open: Option<Open> = None;
    for (line, number) in lines(text).zip(1..) {
        let is_after_others =
            matches!(cards.last(), Some(Card { text: Err(EntryFault::OutsideOfCards), .. }));
        match (&mut open, mark(line)) {
            (None, Mark::Begin) => open = Some(Open::at(number)),
            // Of lines outside of cards the first is named.
            (None, _) if line.trim().is_empty() || is_after_others => {}
            (None, _) => add(&mut cards, number, Err(EntryFault::OutsideOfCards)),
            (Some(card), Mark::Begin) if card.is_within() || card.last_is_agent => card.depth += 1,
            (Some(card), Mark::Begin) => {
                add(&mut cards, card.line, Err(EntryFault::Unended));
                open = Some(Open::at(number));
            }
            (Some(card), Mark::End) if card.is_within() => card.depth -= 1,
            (Some(card), Mark::End) => {
                card.take(line);
                let (line, text) = (card.line, std::mem::take(&mut card.text));
                add(&mut cards, line, Ok(text));
                open = None;
            }
            (Some(card), Mark::Other) if !card.is_within() => card.take(line),
            (Some(_), Mark::Other) => {}
        }
    }
    if let Some(card) = open {
        add(&mut cards, card.line, Err(EntryFault::Unended));
    }
    cards
}

fn add(cards: &mut Vec<Card>, line: u64, text: Result<String, EntryFault>) {
    cards.push(Card { number: cards.len() as u64 + 1, line, text });
}

/// A card that has not ended yet.
struct Open {
    line: u64,
    text: String,
    /// How many cards within it are open.
    depth: usize,
    last_is_agent: bool,
}

impl Open {
    fn at(line: u64) -> Self {
        Self { line, text: "BEGIN:VCARD\n".to_owned(), depth: 0, last_is_agent: false }
    }

    fn is_within(&self) -> bool {
        self.depth > 0
    }

    fn take(&mut self, line: &str) {
        self.last_is_agent = line.trim_end().eq_ignore_ascii_case("AGENT:");
        self.text.push_str(line);
        self.text.push('\n');
    }
}

enum Mark {
    Begin,
    End,
    Other,
}

fn mark(line: &str) -> Mark {
    let line = line.trim_end();
    if line.eq_ignore_ascii_case("BEGIN:VCARD") {
        Mark::Begin
    } else if line.eq_ignore_ascii_case("END:VCARD") {
        Mark::End
    } else {
        Mark::Other
    }
}

/// Lines that end in LF, CRLF or CR.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let end = if text.contains('\n') { '\n' } else { '\r' };
    text.split(end).map(|line| line.strip_suffix('\r').unwrap_or(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(u64, u64, Result<String, EntryFault>)> {
        cards(text).into_iter().map(|Card { number, line, text }| (number, line, text)).collect()
    }

    #[test]
    fn cards_are_told_apart_however_lines_end() {
        let card = |name: &str| Ok(format!("BEGIN:VCARD\nFN:{name}\nEND:VCARD\n"));
        let text = "BEGIN:VCARD\r\nFN:Ada\r\nEND:VCARD\r\n\r\nbegin:vcard\r\nFN:Bob\r\nEND:VCARD";
        for text in [text.to_owned(), text.replace("\r\n", "\n"), text.replace("\r\n", "\r")] {
            let bob = card("Bob");
            assert_eq!(said(&text), [(1, 1, card("Ada")), (2, 5, bob)]);
        }
    }

    #[test]
    fn a_card_without_an_end_is_named_and_the_next_one_read() {
        let text = "BEGIN:VCARD\nFN:Ada\nBEGIN:VCARD\nFN:Bob\nEND:VCARD\nBEGIN:VCARD\nFN:Eve\n";
        let found = said(text);
        assert_eq!(found.len(), 3);
        assert_eq!(found[0], (1, 1, Err(EntryFault::Unended)));
        assert!(found[1].2.as_ref().unwrap().contains("FN:Bob"));
        assert_eq!(found[2], (3, 6, Err(EntryFault::Unended)));
    }

    #[test]
    fn a_card_within_a_card_is_left_out() {
        let text = "BEGIN:VCARD\nFN:Ada\nAGENT:\nBEGIN:VCARD\nFN:Bob\nEND:VCARD\nTEL:1\nEND:VCARD\n";
        let found = said(text);
        assert_eq!(found, [(1, 1, Ok("BEGIN:VCARD\nFN:Ada\nAGENT:\nTEL:1\nEND:VCARD\n".to_owned()))]);
    }

    #[test]
    fn what_stands_outside_of_cards_is_named_once() {
        let found = said("hello\nworld\nBEGIN:VCARD\nEND:VCARD\nbye\n");
        assert_eq!(found[0], (1, 1, Err(EntryFault::OutsideOfCards)));
        assert!(found[1].2.is_ok());
        assert_eq!((found[2].1, found.len()), (5, 3));
    }
}

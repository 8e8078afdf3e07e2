//! vCards 2.1 as phones wrote them.

use super::super::import::of_text;
use super::super::person::{EntryFault, Reading};
use super::lines;

#[test]
fn quoted_printable_text_is_read_in_its_encoding() {
    let text = "BEGIN:VCARD\r\nVERSION:2.1\r\n\
                N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9F=D1=80=D0=B8=D0=BC=D0=B5=D1=80;=\r\n\
                =D0=9E=D0=BB=D0=B5=D0=BD=D0=B0;;;\r\n\
                TEL;CELL;PREF:+380441234567\r\nTEL;HOME:044 765 43 21\r\n\
                EMAIL;INTERNET:olena@example.com\r\n\
                NOTE;ENCODING=QUOTED-PRINTABLE:caf=E9=0D=0Aau lait\r\n\
                BDAY:19900506\r\nEND:VCARD\r\n";
    let [line] = <[String; 1]>::try_from(lines(text)).unwrap();
    assert_eq!(
        line.replace('\r', ""),
        "Олена Пример | olena@example.com | 380441234567 | 1990-05-06 | café / au lait / Phone: 044 765 43 21 | -"
    );
}

#[test]
fn quoted_printable_text_without_an_encoding_is_utf_8_if_it_can_be() {
    for parameter in ["ENCODING=QUOTED-PRINTABLE", "QUOTED-PRINTABLE", "encoding=quoted-printable"] {
        let text = format!("BEGIN:VCARD\nVERSION:2.1\nFN;{parameter}:Zo=C3=AB\nEND:VCARD\n");
        assert_eq!(lines(&text), ["Zoë | - | - | - | - | -"], "{parameter}");
    }
}

#[test]
fn a_picture_of_several_lines_does_not_end_a_card() {
    let text = "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Ada;;;;\r\nPHOTO;JPEG;ENCODING=BASE64:\r\n /9j/4AAQSkZJRgABAQ\r\n \
                AAAQABAAD/2Q==\r\n\r\nTEL;CELL:1234\r\nEND:VCARD\r\n";
    assert_eq!(lines(text), ["Ada | - | 1234 | - | - | -"]);
}

#[test]
fn bad_cards_are_told_by_number_line_and_reason() {
    let text = "BEGIN:VCARD\nVERSION:3.0\nFN:\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Bob\nEND:VCARD\nBEGIN:VCARD\n";
    let book = of_text(text, Reading::default()).unwrap();
    let said: Vec<String> = book.bad.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "card 1 (line 1): there is neither a name nor an address nor a number",
            "card 3 (line 9): END:VCARD is missing",
        ]
    );
    assert_eq!((book.entries, book.contacts.len()), (3, 1));
    assert_eq!(book.bad[0].fault, EntryFault::Nameless);
}

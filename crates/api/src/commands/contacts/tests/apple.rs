//! vCards 3.0 as Contacts of Apple and Nextcloud write them.

use super::{book, lines};

/// Written by hand in the manner of Contacts: groups, folded lines, a picture, a birthday without a year.
const APPLE: &str = "BEGIN:VCARD\r\n\
VERSION:3.0\r\n\
PRODID:-//Apple Inc.//macOS 14.5//EN\r\n\
N:Beispiel;Ada;Augusta;Dr.;\r\n\
FN:Dr. Ada Augusta Beispiel\r\n\
ORG:Analytical Engines\\, Ltd.;Research\r\n\
EMAIL;type=INTERNET;type=HOME:ada.home@example.com\r\n\
item1.EMAIL;type=INTERNET;type=pref:ada@example.com\r\n\
item1.X-ABLabel:_$!<Other>!$_\r\n\
TEL;type=HOME;type=FAX:+44 20 7946 0001\r\n\
TEL;type=CELL;type=VOICE:+44 20 7946 0000\r\n\
item2.ADR;type=HOME;type=pref:;;12 St James's Square;London;;SW1Y 4JH;UK\r\n\
NOTE:Likes poetry\\, numbers\\; and a very long line that is folded because i\r\n\
\x20t has more than seventy-five octets.\\nSecond line.\r\n\
BDAY;X-APPLE-OMIT-YEAR=1604;VALUE=date:1604-12-10\r\n\
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQE\r\n\
\x20BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/2Q==\r\n\
END:VCARD\r\n\
BEGIN:VCARD\r\n\
VERSION:3.0\r\n\
N:Exemple;Zo\u{eb};;;\r\n\
FN:Zo\u{eb} Exemple\r\n\
BDAY;VALUE=date:1984-02-29\r\n\
PHOTO;VALUE=uri:https://example.com/zoe.jpg\r\n\
END:VCARD\r\n\
BEGIN:VCARD\r\n\
VERSION:3.0\r\n\
N:Friends;;;;\r\n\
FN:Friends\r\n\
X-ADDRESSBOOKSERVER-KIND:group\r\n\
X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:00000000-0000-4000-8000-000000000001\r\n\
END:VCARD\r\n";

#[test]
fn groups_folds_and_preferences_are_read_and_a_birthday_without_a_year() {
    assert_eq!(
        lines(APPLE),
        [
            "Dr. Ada Augusta Beispiel | ada@example.com | 442079460000 | 1604-12-10 | Likes poetry, numbers; and a \
             very long line that is folded because it has more than seventy-five octets. / Second line. / E-mail: \
             ada.home@example.com / Phone: +44 20 7946 0001 | -",
            "Zo\u{eb} Exemple | - | - | 1984-02-29 | - | https://example.com/zoe.jpg",
        ]
    );
}

#[test]
fn what_is_left_behind_is_counted() {
    let book = book(APPLE);
    let behind: Vec<_> = book.behind.iter().map(|(what, times)| (what.as_str(), *times)).collect();
    assert_eq!(
        behind,
        [("ADR", 1), ("ORG", 1), ("PHOTO", 1), ("X-ADDRESSBOOKSERVER-MEMBER", 1), ("groups", 1)]
    );
    assert_eq!((book.entries, book.contacts.len()), (3, 2));
}

#[test]
fn a_mark_at_the_begin_and_blank_lines_do_no_harm() {
    let text = "\r\n\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada\r\nEND:VCARD\r\n\r\n";
    assert_eq!(lines(text), ["Ada | - | - | - | - | -"]);
}

#[test]
fn cards_of_nextcloud_4_0_are_read() {
    let text = "BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//Sabre//Sabre VObject 4.5.4//EN\r\n\
                UID:urn:uuid:0f5ce4c5-0000-4000-8000-000000000001\r\nFN:Bob Builder\r\nN:Builder;Bob;;;\r\n\
                TEL;TYPE=\"cell,voice\";PREF=2:+33 6 00 00 00 02\r\nTEL;VALUE=uri;PREF=1:tel:+33-6-00-00-00-01\r\n\
                EMAIL;TYPE=work:bob@example.com\r\nBDAY:--0506\r\nCATEGORIES:Friends,Work\r\n\
                REV:20260101T000000Z\r\nEND:VCARD\r\n";
    assert_eq!(
        lines(text),
        ["Bob Builder | bob@example.com | 33600000001 | 1604-05-06 | Phone: +33 6 00 00 00 02 | -"]
    );
}

//! What is exported is imported as the same contacts.

use proptest::prelude::*;
use time::{Date, Month};
use uuid::Uuid;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::contacts::{Avatar, ContactFacts, PhoneNumber, Text};
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureFormat};

use super::super::{table, vcard};
use super::book;

fn cards(contacts: &[ImportedContact]) -> String {
    contacts.iter().map(|contact| vcard::card(contact).unwrap()).collect()
}

fn table(contacts: &[ImportedContact]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(table::HEADER).unwrap();
    for contact in contacts {
        writer.write_record(table::row(contact)).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn text<const MOST: usize>() -> impl Strategy<Value = Text<MOST>> {
    let odd = prop_oneof![
        "[a-z]{0,12}( [A-Z]{1,9})?",
        "\\PC{0,40}",
        "[ \\t\\r\\n,;:\\\\\"'=\\[\\]nN@+-]{0,20}",
        "(?s).{0,30}",
        "é{60,75}",
    ];
    odd.prop_map(|text: String| Text::parse(text.replace('\0', "")).unwrap())
}

fn date() -> impl Strategy<Value = Date> {
    let year = prop_oneof![1_i32..=9999, Just(1), Just(1604), Just(4501), 1900_i32..=2026];
    (year, 1_u8..=12, 1_u8..=31).prop_filter_map("a day of the calendar", |(year, month, day)| {
        Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
    })
}

fn number() -> impl Strategy<Value = PhoneNumber> {
    let number = prop_oneof![PhoneNumber::MIN..=PhoneNumber::MAX, -9_i64..=9, Just(380_501_234_567)];
    number.prop_map(|number| PhoneNumber::new(number).unwrap())
}

fn avatar() -> impl Strategy<Value = Avatar> {
    let url = prop_oneof![
        "https://example\\.com/[a-z,;]{0,90}".prop_map(|url| Text::parse(url).unwrap()),
        text::<500>()
    ];
    let object = any::<u128>()
        .prop_map(|name| ObjectKey::new(MediaFolder::Contacts, Uuid::from_u128(name), PictureFormat::ALL[0]));
    (url, prop::option::of(object)).prop_map(|(url, object)| Avatar { url, object })
}

fn contact() -> impl Strategy<Value = ImportedContact> {
    let facts = (
        text(),
        prop::option::of(text()),
        prop::option::of(number()),
        prop::option::of(date()),
        prop::option::of(text()),
    );
    (facts, prop::option::of(avatar())).prop_map(|(facts, avatar)| {
        let (fullname, email, phone_number, birthday, additional) = facts;
        let facts = ContactFacts { fullname, email, phone_number, birthday, additional };
        ImportedContact { facts, avatar }
    })
}

proptest! {
    #[test]
    fn cards_are_read_as_the_contacts_that_they_were(contacts in prop::collection::vec(contact(), 1..4)) {
        let text = cards(&contacts);
        prop_assert_eq!(&book(&text).contacts, &contacts, "{}", text);
    }

    #[test]
    fn a_table_is_read_as_the_contacts_that_it_was(contacts in prop::collection::vec(contact(), 1..4)) {
        let text = table(&contacts);
        prop_assert_eq!(&book(&text).contacts, &contacts, "{}", text);
    }

    #[test]
    fn lines_of_cards_are_short_and_cells_are_no_formulas(contact in contact()) {
        let contacts = [contact];
        for line in cards(&contacts).split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains('\n'), "{line:?}");
        }
        for cell in table::row(&contacts[0]) {
            prop_assert!(!crate::commands::formula::is_formula(&cell), "{cell:?}");
        }
    }
}

fn plain(name: &str) -> ImportedContact {
    let facts = ContactFacts {
        fullname: Text::parse(name).unwrap(),
        email: Some(Text::parse("ada@example.com").unwrap()),
        phone_number: PhoneNumber::new(380_501_234_567).ok(),
        birthday: Date::from_calendar_date(1604, Month::May, 6).ok(),
        additional: Some(Text::parse("met, in Paris; twice\nreally").unwrap()),
    };
    ImportedContact { facts, avatar: None }
}

#[test]
fn a_usual_contact_is_a_plain_card_and_a_plain_row() {
    assert_eq!(
        cards(&[plain("Ada")]),
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada\r\nEMAIL:ada@example.com\r\nTEL:380501234567\r\nBDAY:--0506\r\n\
         NOTE:met\\, in Paris\\; twice\\nreally\r\nEND:VCARD\r\n"
    );
    assert_eq!(
        table(&[plain("Ada")]),
        "fullname,email,phone_number,birthday,additional,avatar,avatar_object\n\
         Ada,ada@example.com,380501234567,1604-05-06,\"met, in Paris; twice\nreally\",,\n"
    );
}

#[test]
fn a_card_that_another_program_changed_is_read_as_it_is_now() {
    let mut odd = plain("Ada");
    odd.facts.phone_number = PhoneNumber::new(-5).ok();
    let text = cards(&[odd.clone()]);
    assert!(text.contains("X-VESTIBULE-CONTACT:"), "{text}");
    assert_eq!(book(&text).contacts, [odd.clone()]);
    let changed = text.replace("FN:Ada", "FN:Ada King");
    let [contact] = &book(&changed).contacts[..] else { panic!("not one contact") };
    assert_eq!(contact.facts.fullname.as_str(), "Ada King");
}

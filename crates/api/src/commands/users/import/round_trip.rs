//! An account that is exported and imported is the same account.

use proptest::option;
use proptest::prelude::*;
use serde_json::Value;
use time::{Date, Month, OffsetDateTime};
use uuid::Uuid;
use vestibule_domain::accounts::import::{ImportedContact, WholeAccount};
use vestibule_domain::accounts::{
    AccountDetails, AccountSurface, AccountUuid, EmailAddress, Gender, MobileNumber, PasswordHash, Profile,
    Role, Username,
};
use vestibule_domain::contacts::{Avatar, ContactFacts, PhoneNumber, Text};
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureFormat};
use vestibule_hashes::ImportKeys;

use super::record::read;
use super::{LeftBehind, Passwords};
use crate::commands::users::export::line;

/// As the database keeps it: to the microsecond.
fn time() -> impl Strategy<Value = OffsetDateTime> {
    (0_i64..4_102_444_800, 0_u32..1_000_000).prop_map(|(second, micro)| {
        OffsetDateTime::from_unix_timestamp(second).unwrap().replace_microsecond(micro).unwrap()
    })
}

fn odd_text() -> impl Strategy<Value = String> {
    let odd = prop_oneof![
        "[A-Za-z ]{1,20}",
        "\\PC{0,40}",
        "[ \\t\\r\\n,;:\\\\\"'=+@-]{1,20}",
        "(?s).{0,40}",
        "[€é]{250,255}"
    ];
    odd.prop_map(|text: String| text.replace('\0', ""))
}

fn contact_text<const MOST: usize>() -> impl Strategy<Value = Text<MOST>> {
    odd_text().prop_map(|text| Text::parse(text.chars().take(MOST.min(75)).collect::<String>()).unwrap())
}

fn picture(folder: MediaFolder) -> impl Strategy<Value = ObjectKey> {
    any::<u128>().prop_map(move |name| ObjectKey::new(folder, Uuid::from_u128(name), PictureFormat::ALL[0]))
}

fn hash() -> impl Strategy<Value = PasswordHash> {
    let bcrypt = "[0-9A-Za-z./]{53}";
    prop_oneof![
        Just(PasswordHash::unset()),
        bcrypt.prop_map(|hash| PasswordHash::new(format!("$2b$12${hash}"))),
        bcrypt.prop_map(|hash| PasswordHash::new(format!("{{sha256}}$2b$10${hash}"))),
        bcrypt.prop_map(|hash| PasswordHash::new(format!("$2a$04${hash}"))),
    ]
}

/// At least one name by which the account can log in.
fn names() -> impl Strategy<Value = (Option<EmailAddress>, Option<Username>, Option<MobileNumber>)> {
    let email = "[a-z0-9.+_-]{1,20}@[a-z]{1,9}(\\.[a-z]{2,6}){1,2}"
        .prop_filter_map("an address", |text| EmailAddress::parse(&text).ok());
    let username = prop_oneof!["[A-Za-z0-9_.-]{3,30}", "\\PC{3,20}"]
        .prop_filter_map("a user name", |text| Username::parse(&text).ok());
    let mobile = "\\+?[0-9]{10,15}".prop_filter_map("a number", |text| MobileNumber::parse(&text).ok());
    (option::of(email), option::of(username), option::of(mobile))
        .prop_filter("nameless", |names| names.0.is_some() || names.1.is_some() || names.2.is_some())
}

fn contact() -> impl Strategy<Value = ImportedContact> {
    let date = (1_i32..=9999, 1_u8..=12, 1_u8..=31).prop_filter_map("a day", |(year, month, day)| {
        Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
    });
    let number = (PhoneNumber::MIN..=PhoneNumber::MAX).prop_map(|number| PhoneNumber::new(number).unwrap());
    let facts = (
        contact_text(),
        option::of(contact_text()),
        option::of(number),
        option::of(date),
        option::of(contact_text()),
    )
        .prop_map(|(fullname, email, phone_number, birthday, additional)| ContactFacts {
            fullname,
            email,
            phone_number,
            birthday,
            additional,
        });
    let avatar = (contact_text(), option::of(picture(MediaFolder::Contacts)))
        .prop_map(|(url, object)| Avatar { url, object });
    (facts, option::of(avatar)).prop_map(|(facts, avatar)| ImportedContact { facts, avatar })
}

fn details() -> impl Strategy<Value = AccountDetails> {
    let texts = (option::of(odd_text()), option::of(odd_text()));
    let role = prop_oneof![Just(Role::User), Just(Role::Moderator), Just(Role::Admin)];
    let state = (any::<bool>(), option::of(time()), option::of(time()), option::of(time()));
    let came = (option::of(prop::sample::select(AccountSurface::ALL.to_vec())), time(), time());
    (1_u128.., names(), texts, hash(), role, 0_i64.., state, came).prop_map(
        |(uuid, names, texts, hashed_password, role, points, state, (surface, created_at, updated_at))| {
            let (email, username, mobile) = names;
            let (display_name, phone_number) = texts;
            let (is_active, email_verified_at, activated_at, deleted_at) = state;
            AccountDetails {
                uuid: AccountUuid(Uuid::from_u128(uuid)),
                email,
                username,
                display_name,
                mobile,
                phone_number,
                hashed_password,
                role,
                is_active,
                email_verified_at,
                activated_at,
                points,
                surface,
                created_at,
                updated_at,
                updated_by: None,
                deleted_at,
            }
        },
    )
}

fn account() -> impl Strategy<Value = WholeAccount> {
    let gender = option::of(prop_oneof![Just(Gender::Man), Just(Gender::Woman)]);
    let profile = (option::of(picture(MediaFolder::Profiles)), gender)
        .prop_map(|(picture, gender)| Profile { picture, gender });
    (details(), odd_text(), profile, prop::collection::vec(contact(), 0..3)).prop_map(
        |(details, reason, profile, contacts)| WholeAccount {
            trash_reason: details.deleted_at.map(|_| reason),
            details,
            profile,
            contacts,
        },
    )
}

proptest! {
    #[test]
    fn a_line_is_read_as_the_account_that_it_was(account in account()) {
        let line = line(&account);
        prop_assert!(!line.contains('\n'));
        let Ok(Value::Object(record)) = serde_json::from_str(&line) else { panic!("{line}") };
        let mut behind = LeftBehind::default();
        let told = read(record, &Passwords::beside(12, ImportKeys::default()), &mut behind);
        let told = told.unwrap_or_else(|fault| panic!("{fault}: {line}"));
        prop_assert_eq!(behind, LeftBehind::default());
        let now = OffsetDateTime::UNIX_EPOCH;
        prop_assert_eq!(told.account.settled(now, || panic!("it has a UUID")), account, "{}", line);
    }
}

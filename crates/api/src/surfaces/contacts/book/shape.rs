//! What is sent of a contact (contacts contract 1.3).

use time::Date;
use utoipa::ToSchema;
use vestibule_domain::contacts::{ContactFacts, ContactId, PhoneNumber, Text};

use crate::http::fastapi::{date, integer};
use crate::http::fields::StringRule;
use crate::http::fields::{Fields, Rule, string};

/// A contact as it is sent. Every field is required.
#[derive(ToSchema)]
#[schema(as = ContactFields)]
#[expect(dead_code, reason = "a shape for the document; `Read` reads it")]
pub(super) struct ContactFields {
    /// Name; two contacts may have the same.
    #[schema(max_length = 150, example = "Grace Hopper")]
    fullname: String,
    /// Address; not checked.
    #[schema(max_length = 200, example = "grace@example.com")]
    email: String,
    /// A whole number of at most 15 digits, also as text.
    #[schema(minimum = -999_999_999_999_999_i64, maximum = 999_999_999_999_999_i64, example = 380_501_234_567_i64)]
    phone_number: i64,
    /// Day of birth.
    #[schema(value_type = String, format = Date, example = "1906-12-09")]
    birthday: Date,
    /// Anything else.
    #[schema(max_length = 500, example = "Compilers")]
    additional: String,
    /// Required and not looked at: a contact belongs to the caller.
    #[schema(example = 0)]
    user_id: i64,
    /// Address of a picture. A change does not look at it.
    #[schema(max_length = 500, example = "https://example.com/grace.png")]
    avatar: String,
}

/// What 404 means in the documents.
pub(super) const NO_SUCH_CONTACT: &str = "There is no such contact in the caller's address book";

/// The fields of a contact while they are read, each `None` if it is in error.
pub(super) struct Read {
    fullname: Option<Text<150>>,
    email: Option<Text<200>>,
    phone_number: Option<i128>,
    birthday: Option<Date>,
    additional: Option<Text<500>>,
    user_id: Option<i128>,
}

impl Read {
    /// All fields but the avatar, which is the last one.
    pub(super) fn from(fields: &mut Fields<'_>) -> Self {
        let digits = integer().ge(PhoneNumber::MIN).le(PhoneNumber::MAX);
        Self {
            fullname: fields.body("fullname", text()),
            email: fields.body("email", text()),
            phone_number: fields.body("phone_number", digits),
            birthday: fields.body("birthday", date()),
            additional: fields.body("additional", text()),
            user_id: fields.body("user_id", integer()),
        }
    }

    /// The facts, if no field is in error.
    pub(super) fn facts(self) -> Option<ContactFacts> {
        self.user_id?;
        let phone_number = PhoneNumber::new(i64::try_from(self.phone_number?).ok()?).ok()?;
        Some(ContactFacts {
            fullname: self.fullname?,
            email: Some(self.email?),
            phone_number: Some(phone_number),
            birthday: Some(self.birthday?),
            additional: Some(self.additional?),
        })
    }
}

/// A text of limited length.
pub(super) fn text<const MOST: usize>() -> impl Rule<Output = Text<MOST>> {
    let rule: StringRule = string().max_length(MOST).without_nul();
    rule.check(Text::parse)
}

/// An id of the path. One that no store counts to is nobody's.
pub(super) fn contact_id(id: i128) -> ContactId {
    ContactId(i64::try_from(id).unwrap_or(-1))
}

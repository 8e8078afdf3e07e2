//! Table `contacts`.

use std::borrow::Cow;

use sea_orm::entity::prelude::*;
use sea_orm::{NotSet, Set};
use time::Date;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{
    Avatar, Contact, ContactFacts, ContactId, MonthDay, NewContact, PhoneNumber, Text,
};
use vestibule_domain::media::ObjectKey;
use vestibule_domain::spelling::{fold, normal_form};
use vestibule_domain::store::StoreError;

use crate::db::errors::damaged;
use crate::db::pool::row;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contacts")]
pub(in crate::db) struct Model {
    #[sea_orm(primary_key)]
    id: i64,
    fullname: String,
    fullname_folded: String,
    fullname_nfc: Option<String>,
    email: Option<String>,
    email_folded: Option<String>,
    email_nfc: Option<String>,
    phone_number: Option<i64>,
    #[sea_orm(column_type = "Date", nullable)]
    birthday: Option<Date>,
    birthday_month_day: Option<i16>,
    additional: Option<String>,
    user_id: i64,
    avatar: Option<String>,
    avatar_object: Option<String>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(in crate::db) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns of a contact by which it is searched. Whoever writes trigrams reads these and not the whole row, so that
/// whatever else does not read back is not in the way.
pub(in crate::db) struct Searched {
    pub(in crate::db) id: i64,
    pub(in crate::db) user_id: i64,
    pub(in crate::db) fullname: String,
    pub(in crate::db) fullname_folded: String,
    /// The name in NFC, where it was given in another form.
    fullname_nfc: Option<String>,
    pub(in crate::db) email: Option<String>,
    pub(in crate::db) email_folded: Option<String>,
    /// The address in NFC, where it was given in another form.
    email_nfc: Option<String>,
}

row!(Searched: id, user_id, fullname, fullname_folded, fullname_nfc, email, email_folded, email_nfc);

/// The columns of [`Searched`].
pub(in crate::db) const SEARCHED: [Column; 8] = [
    Column::Id,
    Column::UserId,
    Column::Fullname,
    Column::FullnameFolded,
    Column::FullnameNfc,
    Column::Email,
    Column::EmailFolded,
    Column::EmailNfc,
];

impl From<&ContactFacts> for ActiveModel {
    fn from(facts: &ContactFacts) -> Self {
        let email = facts.email.as_ref().map(|email| email.as_str().to_owned());
        Self {
            id: NotSet,
            fullname: Set(facts.fullname.as_str().to_owned()),
            fullname_folded: Set(fold(facts.fullname.as_str())),
            fullname_nfc: Set(other_form(facts.fullname.as_str())),
            email_folded: Set(email.as_deref().map(fold)),
            email_nfc: Set(email.as_deref().and_then(other_form)),
            email: Set(email),
            phone_number: Set(facts.phone_number.map(PhoneNumber::get)),
            birthday: Set(facts.birthday),
            birthday_month_day: Set(facts.birthday.map(|born| MonthDay::of(born).number())),
            additional: Set(facts.additional.as_ref().map(|text| text.as_str().to_owned())),
            user_id: NotSet,
            avatar: NotSet,
            avatar_object: NotSet,
        }
    }
}

/// A text in NFC; `None` if it is in that form already.
fn other_form(text: &str) -> Option<String> {
    match normal_form(text) {
        Cow::Owned(normal) if normal != text => Some(normal),
        _ => None,
    }
}

impl Searched {
    /// The columns by which it is searched, made anew; `None` if they are so already.
    pub(in crate::db) fn refolded(&self) -> Option<ActiveModel> {
        let (fullname_folded, fullname_nfc) = (fold(&self.fullname), other_form(&self.fullname));
        let email = self.email.as_deref();
        let (email_folded, email_nfc) = (email.map(fold), email.and_then(other_form));
        let is_same = fullname_folded == self.fullname_folded
            && fullname_nfc == self.fullname_nfc
            && email_folded == self.email_folded
            && email_nfc == self.email_nfc;
        (!is_same).then(|| ActiveModel {
            fullname_folded: Set(fullname_folded),
            fullname_nfc: Set(fullname_nfc),
            email_folded: Set(email_folded),
            email_nfc: Set(email_nfc),
            ..Default::default()
        })
    }
}

impl From<&NewContact> for ActiveModel {
    fn from(contact: &NewContact) -> Self {
        let avatar = contact.avatar.as_ref();
        Self {
            user_id: Set(contact.owner.0),
            avatar: Set(avatar.map(|avatar| avatar.url.as_str().to_owned())),
            avatar_object: Set(avatar.and_then(|avatar| avatar.object).map(|key| key.to_string())),
            ..Self::from(&contact.facts)
        }
    }
}

/// The columns of a contact that are shown, in the order of [`SHOWN`]. Lists read these and not the whole row, and by
/// position and not by name, which takes a fraction of the time.
pub(in crate::db) type Shown = (
    i64,
    i64,
    String,
    Option<String>,
    Option<i64>,
    Option<Date>,
    Option<String>,
    Option<String>,
    Option<String>,
);

/// The columns of [`Shown`].
pub(in crate::db) const SHOWN: [Column; 9] = [
    Column::Id,
    Column::UserId,
    Column::Fullname,
    Column::Email,
    Column::PhoneNumber,
    Column::Birthday,
    Column::Additional,
    Column::Avatar,
    Column::AvatarObject,
];

/// Makes the contact.
pub(in crate::db) fn contact(shown: Shown) -> Result<Contact, StoreError> {
    let (id, owner, fullname, email, phone_number, birthday, additional, avatar, object) = shown;
    let unreadable = |column| damaged("contacts", column, id);
    let object = object.as_deref().map(ObjectKey::parse).transpose();
    let object = object.map_err(|_invalid| unreadable("avatar_object"))?;
    let phone_number = phone_number.map(PhoneNumber::new).transpose();
    Ok(Contact {
        id: ContactId(id),
        owner: AccountId(owner),
        facts: ContactFacts {
            fullname: Text::from_stored(fullname),
            email: email.map(Text::from_stored),
            phone_number: phone_number.map_err(|_invalid| unreadable("phone_number"))?,
            birthday,
            additional: additional.map(Text::from_stored),
        },
        avatar: avatar.map(|url| Avatar { url: Text::from_stored(url), object }),
    })
}

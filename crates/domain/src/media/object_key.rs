use std::fmt;

use uuid::Uuid;

use super::PictureFormat;

/// What a picture shows. It is the first part of the picture's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MediaFolder {
    /// Pictures of contacts.
    Contacts,
    /// Pictures of people with an account.
    Profiles,
}

impl MediaFolder {
    /// Every folder, in the order in which a sweep walks them.
    pub const ALL: [Self; 2] = [Self::Contacts, Self::Profiles];

    /// The folder's name in keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Profiles => "profiles",
        }
    }
}

/// The name under which the bytes of one picture are kept: `contacts/<32 hexadecimal digits>.jpg`.
///
/// A key holds nothing that a client chose, and does not tell who uploaded the picture. Each key is used for one
/// object only, and a new picture has a new key. So the content under a key never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectKey {
    folder: MediaFolder,
    name: Uuid,
    format: PictureFormat,
}

/// The text is not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the key of an object")]
pub struct InvalidObjectKey;

impl ObjectKey {
    /// A key with this name, which has to be new.
    pub fn new(folder: MediaFolder, name: Uuid, format: PictureFormat) -> Self {
        Self { folder, name, format }
    }

    /// Reads a key. Each key has exactly one spelling; every other spelling is refused.
    pub fn parse(text: &str) -> Result<Self, InvalidObjectKey> {
        let (folder, file) = text.split_once('/').ok_or(InvalidObjectKey)?;
        let (name, extension) = file.split_once('.').ok_or(InvalidObjectKey)?;
        let folder = MediaFolder::ALL.into_iter().find(|one| one.as_str() == folder);
        let format = PictureFormat::ALL.into_iter().find(|one| one.extension() == extension);
        let is_plain = name.len() == 32 && name.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'));
        match (folder, Uuid::try_parse(name), format) {
            (Some(folder), Ok(name), Some(format)) if is_plain => Ok(Self { folder, name, format }),
            _ => Err(InvalidObjectKey),
        }
    }

    /// The kind of thing in the picture.
    pub fn folder(&self) -> MediaFolder {
        self.folder
    }

    /// Its name without folder and extension.
    pub fn name(&self) -> Uuid {
        self.name
    }

    /// The format, which the extension of the key tells.
    pub fn format(&self) -> PictureFormat {
        self.format
    }
}

/// The spelling that is stored and that stands in URLs.
impl fmt::Display for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}.{}", self.folder.as_str(), self.name.simple(), self.format.extension())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAME: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn a_key_reads_back() {
        for folder in MediaFolder::ALL {
            for format in PictureFormat::ALL {
                let key = ObjectKey::new(folder, Uuid::from_u128(7), format);
                assert_eq!(ObjectKey::parse(&key.to_string()), Ok(key));
            }
        }
        assert_eq!(
            ObjectKey::parse(&format!("contacts/{NAME}.jpg")).unwrap().folder(),
            MediaFolder::Contacts
        );
    }

    #[test]
    fn whatever_leads_elsewhere_is_no_key() {
        let elsewhere = [
            String::new(),
            NAME.to_owned(),
            format!("{NAME}.jpg"),
            format!("/contacts/{NAME}.jpg"),
            format!("contacts//{NAME}.jpg"),
            format!("contacts/../contacts/{NAME}.jpg"),
            format!("./contacts/{NAME}.jpg"),
            format!("contacts\\{NAME}.jpg"),
            format!("contacts/{NAME}.jpg/"),
            format!("contacts/{NAME}.jpg\0"),
            format!("contacts/{NAME}\0.jpg"),
            format!("contacts/{NAME}.jpg.html"),
            format!("contacts/{NAME}.html"),
            format!("contacts/{NAME}.JPG"),
            format!("contacts/{}.jpg", NAME.to_uppercase()),
            format!("contacts/{}.jpg", &NAME[1..]),
            "contacts/01234567-89ab-cdef-0123-456789abcdef.jpg".to_owned(),
            "contacts/{0123456789abcdef0123456789abcde}.jpg".to_owned(),
            format!("Contacts/{NAME}.jpg"),
            format!("secrets/{NAME}.jpg"),
            format!(" contacts/{NAME}.jpg"),
            format!("https://example.org/contacts/{NAME}.jpg"),
            "con.jpg".to_owned(),
        ];
        for text in elsewhere {
            assert_eq!(ObjectKey::parse(&text), Err(InvalidObjectKey), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn only_the_one_spelling_is_read(text in "(contacts|profiles|\\PC{0,9})/?[0-9a-fA-F-]{30,36}\\.?(jpg|png|\\PC{0,4})") {
            if let Ok(key) = ObjectKey::parse(&text) {
                prop_assert_eq!(key.to_string(), text);
            }
        }
    }
}

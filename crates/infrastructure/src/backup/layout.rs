//! What stands where in a backup.

use vestibule_domain::media::ObjectKey;

/// The database.
pub(super) const DATABASE: &str = "vestibule.db";

/// The last entry: what the others are.
pub(super) const MANIFEST: &str = "manifest.json";

/// Before the keys of pictures.
const PICTURES: &str = "media/";

/// The mark of the installation, which lies beside the pictures.
pub(super) const MARK: &str = "vestibule-installation";

/// How long the block at the end is.
pub(super) const SEAL: usize = 512;

/// The largest manifest that is read: that of some millions of pictures.
pub(super) const LARGEST_MANIFEST: u64 = 1 << 30;

/// What an entry is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Name {
    Database,
    Manifest,
    Mark,
    Picture(ObjectKey),
}

impl Name {
    /// Reads a name. Only the spellings that we write are names, so none leads elsewhere.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            DATABASE => Some(Self::Database),
            MANIFEST => Some(Self::Manifest),
            _ => match text.strip_prefix(PICTURES)? {
                MARK => Some(Self::Mark),
                key => ObjectKey::parse(key).ok().map(Self::Picture),
            },
        }
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Database => f.write_str(DATABASE),
            Self::Manifest => f.write_str(MANIFEST),
            Self::Mark => write!(f, "{PICTURES}{MARK}"),
            Self::Picture(key) => write!(f, "{PICTURES}{key}"),
        }
    }
}

/// The block at the end of a file with this digest.
pub(super) fn seal(digest: &[u8]) -> [u8; SEAL] {
    let text = format!("vestibule-backup sha256 {}\n", hex::encode(digest));
    let mut block = [0; SEAL];
    for (byte, letter) in block.iter_mut().zip(text.bytes()) {
        *byte = letter;
    }
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_leads_elsewhere_is_no_name() {
        for name in [
            "",
            "/etc/passwd",
            "../vestibule.db",
            "media/../vestibule.db",
            "media/contacts/a.jpg",
            "media/",
            "./manifest.json",
        ] {
            assert_eq!(Name::parse(name), None, "{name}");
        }
        let picture = format!("media/contacts/{}.jpg", "0".repeat(32));
        assert_eq!(Name::parse(&picture).unwrap().to_string(), picture);
    }
}

//! Lists of the directory: which accounts, and in which order.

use time::OffsetDateTime;

use super::{AccountSurface, Role};

/// Which accounts of the directory are listed: those for which all of this holds. Without a state, those outside the
/// trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DirectoryFilter {
    /// Those with this role.
    pub role: Option<Role>,
    /// Those in this state.
    pub state: Option<ListedState>,
    /// Those that came through this surface.
    pub surface: Option<ListedSurface>,
}

/// The surface of the accounts of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListedSurface {
    /// They came through this one.
    Known(AccountSurface),
    /// Nobody noted through which one they came.
    Unknown,
}

/// The state of the accounts of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListedState {
    /// They may sign in.
    Active,
    /// They may not sign in: they wait for their activation or are locked out.
    Inactive,
    /// They wait for their activation.
    Waiting,
    /// They are in the trash, and their removal for good did not begin.
    InTrash,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DirectoryOrder {
    /// By their creation, and in the trash by the time at which they came there: the oldest first.
    #[default]
    Oldest,
    /// The other way round.
    Newest,
    /// By the user name in small letters, in the order of texts of the store.
    Name,
    /// By the address, in the order of code points.
    Address,
}

impl DirectoryOrder {
    /// Whether a place comes after another one. It does so after any place of another kind of order.
    pub fn follows(self, place: &DirectoryPlace, other: &DirectoryPlace) -> bool {
        match (place, other) {
            (DirectoryPlace::At { at, id }, DirectoryPlace::At { at: other_at, id: other_id }) => {
                let (place, other) = ((at, id), (other_at, other_id));
                if self == Self::Newest { place < other } else { place > other }
            }
            (DirectoryPlace::Text(text), DirectoryPlace::Text(other)) => text > other,
            _ => true,
        }
    }
}

/// Where an account stands in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DirectoryPlace {
    /// In a list by time.
    At {
        /// The time.
        at: OffsetDateTime,
        /// What tells accounts of one moment apart: the id, in the trash that of the entry.
        id: i64,
    },
    /// In a list by name or address: that text.
    Text(String),
}

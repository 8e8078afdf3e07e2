//! The action of an event in the trail.

use std::fmt;

use super::AuditAction;

/// What an event says was done. During an update a newer server writes actions that this release does not know. They are
/// kept by their names, so that the trail can be read meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordedAction {
    /// An action of this release.
    Known(AuditAction),
    /// The stored name of one that this release does not know.
    Unknown(String),
}

impl RecordedAction {
    /// Reads a stored name.
    pub fn from_stored(name: String) -> Self {
        name.parse().map_or(Self::Unknown(name), Self::Known)
    }

    /// The stored name.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(action) => action.as_str(),
            Self::Unknown(name) => name,
        }
    }

    /// The action, if this release knows it.
    pub fn known(&self) -> Option<AuditAction> {
        match self {
            Self::Known(action) => Some(*action),
            Self::Unknown(_) => None,
        }
    }
}

impl From<AuditAction> for RecordedAction {
    fn from(action: AuditAction) -> Self {
        Self::Known(action)
    }
}

impl PartialEq<AuditAction> for RecordedAction {
    fn eq(&self, action: &AuditAction) -> bool {
        self.known() == Some(*action)
    }
}

impl fmt::Display for RecordedAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back_whether_it_is_known_or_not() {
        for action in AuditAction::ALL {
            let read = RecordedAction::from_stored(action.as_str().to_owned());
            assert_eq!((read.known(), read.as_str()), (Some(*action), action.as_str()));
        }
        for name in ["farewell_said", "LOGGED_IN", ""] {
            let read = RecordedAction::from_stored(name.to_owned());
            assert_eq!((read.known(), read.as_str()), (None, name));
        }
    }
}

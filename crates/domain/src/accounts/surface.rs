//! The surface through which an account came.

use std::fmt;
use std::str::FromStr;

/// The surface at which an account was signed up, or that has the contract of the original from which it was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of the surfaces")]
pub enum AccountSurface {
    Theater,
    Contacts,
    Admin,
    Points,
    Mobile,
}

/// The text is not the name of a surface at which accounts are signed up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no such surface")]
pub struct UnknownSurface;

impl AccountSurface {
    /// All of them, in the order in which they are served.
    pub const ALL: [Self; 5] = [Self::Theater, Self::Contacts, Self::Admin, Self::Points, Self::Mobile];

    /// The name, as the audit trail has it and as it is stored; 32 characters at the most.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Theater => "theater",
            Self::Contacts => "contacts",
            Self::Admin => "admin",
            Self::Points => "points",
            Self::Mobile => "mobile",
        }
    }
}

impl fmt::Display for AccountSurface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for AccountSurface {
    type Err = UnknownSurface;

    fn from_str(name: &str) -> Result<Self, UnknownSurface> {
        Self::ALL.into_iter().find(|surface| surface.as_str() == name).ok_or(UnknownSurface)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_and_no_other() {
        for surface in AccountSurface::ALL {
            assert_eq!(surface.as_str().parse(), Ok(surface));
        }
        for other in ["", "Theater", "console", "command", "worker"] {
            assert_eq!(other.parse::<AccountSurface>(), Err(UnknownSurface), "{other}");
        }
    }
}

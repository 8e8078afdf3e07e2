//! `[surfaces.<name>]`: the front doors of this build.

use std::time::Duration;

use crate::contacts::ContactsRules;
use crate::expect::{duration, flag};
use crate::reader::Reader;
use crate::sheet::Sheet;

/// Declares the surfaces of this build. A new one is one line here, and its section in
/// `config/default.toml`.
macro_rules! surfaces {
    ($($name:ident: $surface:ident, $about:literal;)*) => {
        /// A surface of this build.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Surface {
            $(#[doc = $about] $surface,)*
        }

        impl Surface {
            /// Every surface of this build.
            pub const ALL: &'static [Self] = &[$(Self::$surface),*];

            /// Its name in the configuration: `theater` of `[surfaces.theater]`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$surface => stringify!($name)),* }
            }
        }

        /// `[surfaces]`.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Surfaces {
            $(#[doc = $about] pub $name: SurfaceSettings,)*
            /// What `[surfaces.contacts]` has beside these.
            pub contacts_rules: ContactsRules,
        }

        impl Surfaces {
            /// The settings of one surface.
            pub fn of(&self, surface: Surface) -> &SurfaceSettings {
                match surface { $(Surface::$surface => &self.$name),* }
            }

            pub(crate) fn read(reader: &mut Reader) -> Self {
                Self {
                    $($name: SurfaceSettings::read(reader, Surface::$surface),)*
                    contacts_rules: ContactsRules::read(reader),
                }
            }
        }
    };
}

surfaces! {
    theater: Theater, "Movies, accounts and profiles.";
    contacts: Contacts, "Accounts and address books.";
}

/// `[surfaces.<name>]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurfaceSettings {
    /// Whether it is served.
    pub enabled: bool,
    /// Lifetime of an access token.
    pub access: Duration,
    /// Lifetime of a refresh token, longer than that of an access token.
    pub refresh: Duration,
}

impl SurfaceSettings {
    fn read(reader: &mut Reader, surface: Surface) -> Self {
        let mut section = reader.section(&format!("surfaces.{}", surface.name()));
        let settings = Self {
            enabled: section.required("enabled", flag),
            access: section.required("access", duration),
            refresh: section.required("refresh", duration),
        };
        if settings.access >= settings.refresh && section.sound(&["access", "refresh"]) {
            section.refuse("refresh", format!("must be longer than {}", section.key("access")));
        }
        settings
    }
}

impl Surfaces {
    pub(crate) fn show(&self, sheet: &mut Sheet) {
        for surface in Surface::ALL {
            let settings = self.of(*surface);
            sheet.section(&format!("surfaces.{}", surface.name()));
            sheet.flag("enabled", settings.enabled);
            sheet.duration("access", settings.access);
            sheet.duration("refresh", settings.refresh);
            if *surface == Surface::Contacts {
                self.contacts_rules.show(sheet);
            }
        }
    }
}

//! `[doors]`: what a published contract promises and is unsafe on a network.

use crate::expect::flag;
use crate::posture::Posture;
use crate::reader::Reader;
use crate::sheet::Sheet;
use crate::surfaces::Surfaces;

/// Declares the doors of this build. A new one is one line here, and a comment in
/// `config/default.toml`.
macro_rules! doors {
    ($($key:ident: $door:ident of $surface:literal, $lets:literal;)*) => {
        /// A behaviour that a published contract promises and that is unsafe on a network.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Door {
            $(#[doc = $lets] $door,)*
        }

        impl Door {
            /// Every door of this build.
            pub const ALL: &'static [Self] = &[$(Self::$door),*];

            /// Its key under `[doors]`.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$door => stringify!($key)),* }
            }

            /// The name of the surface that has it.
            pub const fn surface(self) -> &'static str {
                match self { $(Self::$door => $surface),* }
            }

            /// What strangers can do while the door is open, as a sentence.
            pub const fn lets(self) -> &'static str {
                match self { $(Self::$door => $lets),* }
            }
        }
    };
}

doors! {
    verification_code_in_response: VerificationCodeInResponse of "points", "The answer to a request for a verification code has the code.";
    recovery_token: RecoveryToken of "points", "Anyone who knows an address sets the password of its account.";
    self_credit: SelfCredit of "points", "Anyone with an account adds points to it.";
    catalogue_writes: CatalogueWrites of "theater", "Anyone creates, changes and deletes movies.";
    admin_signup: AdminSignup of "admin", "Anyone signs up administrators.";
    mobile_activation: MobileActivation of "mobile", "Whoever knows a mobile number activates its account.";
    user_directory: UserDirectory of "mobile", "Whoever is signed in lists and reads all accounts.";
}

/// `[doors]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorSettings {
    /// Whether a network may reach a server with an open door, or with captured mail.
    pub allow_on_network: bool,
    open: Vec<Door>,
}

impl DoorSettings {
    /// Whether the door is open. A door of a surface that is not served is closed.
    pub fn is_open(&self, door: Door) -> bool {
        self.open.contains(&door)
    }

    /// The doors that are open.
    pub fn open(&self) -> impl Iterator<Item = Door> {
        self.open.iter().copied()
    }

    pub(crate) fn read(reader: &mut Reader, posture: Posture, surfaces: &Surfaces) -> Self {
        let allow_on_network = reader.section("doors").required("allow_on_network", flag);
        let mut open = Vec::new();
        for &door in Door::ALL {
            let key = format!("doors.{}", door.key());
            let is_set = reader.section("doors").optional(door.key(), flag);
            let is_known = reader.sound(&[&key]) && (is_set.is_some() || reader.sound(&["posture"]));
            let is_served = surfaces.of(door.surface()).enabled;
            if is_known && is_served && is_set.unwrap_or(posture == Posture::Documented) {
                open.push(door);
            }
        }
        Self { allow_on_network, open }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("doors");
        for &door in Door::ALL {
            sheet.flag(door.key(), self.is_open(door));
        }
        sheet.flag("allow_on_network", self.allow_on_network);
    }
}

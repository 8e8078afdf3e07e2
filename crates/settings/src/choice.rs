//! Settings that take one of a few words.

/// A closed set of words. The reader of settings puts the first in the place of a wrong word while it reports it.
pub(crate) trait Choice: Copy + Default + 'static {
    /// Every member, in the order in which a problem lists them.
    const ALL: &'static [Self];

    /// The word in the configuration.
    fn word(self) -> &'static str;
}

/// Declares an enum together with its words, so that neither can be forgotten.
macro_rules! choice {
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $(#[$about_first:meta])* $first:ident = $first_word:literal,
            $($(#[$about_other:meta])* $other:ident = $other_word:literal,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $name {
            $(#[$about_first])* #[default] $first,
            $($(#[$about_other])* $other,)*
        }

        impl $name {
            /// The word in the configuration.
            pub const fn as_str(self) -> &'static str {
                match self {
                    Self::$first => $first_word,
                    $(Self::$other => $other_word,)*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::choice::Choice for $name {
            const ALL: &'static [Self] = &[Self::$first, $(Self::$other),*];

            fn word(self) -> &'static str {
                self.as_str()
            }
        }
    };
}
pub(crate) use choice;

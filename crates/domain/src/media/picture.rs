/// How a kept picture is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureFormat {
    /// JPEG (ITU-T T.81), for pictures that hide what is behind them.
    Jpeg,
    /// PNG, for pictures that let something through.
    Png,
}

impl PictureFormat {
    /// All formats.
    pub const ALL: [Self; 2] = [Self::Jpeg, Self::Png];

    /// The extension in keys.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The media type under which it is served.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// The size of a kept picture, in pixels. What is uploaded is scaled until it fills it, and what stands out
/// is cut off, as much on either side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureSize {
    /// Pixels in a row.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl PictureSize {
    /// That of an avatar (contacts contract, decision 5).
    pub const AVATAR: Self = Self { width: 250, height: 250 };
}

/// A picture as it is kept: pixels and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// How it is encoded.
    pub format: PictureFormat,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Why an upload does not become a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPicture {
    /// Its content is none of JPEG, PNG, WebP and GIF, whatever its name and its declared type say.
    #[error("not a JPEG, PNG, WebP or GIF picture")]
    NotAPicture,
    /// It has more pixels than are decoded.
    #[error("more than {max} pixels")]
    TooManyPixels {
        /// How many it may have, width times height.
        max: u64,
    },
    /// It begins like a picture, and cannot be decoded.
    #[error("a damaged picture")]
    Broken,
}

use super::ForeignFormat;

/// How a kept picture is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureFormat {
    /// JPEG (ITU-T T.81), for opaque pictures.
    Jpeg,
    /// PNG, for pictures with transparent parts.
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

/// The size of a kept picture, in pixels. An upload is scaled until it covers this size; what stands over is cut off,
/// equally on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureSize {
    /// Pixels in a row.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl PictureSize {
    /// The size of an avatar (contacts contract, decision 5).
    pub const AVATAR: Self = Self { width: 250, height: 250 };
}

/// A picture as it is kept: pixels and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Picture {
    pub format: PictureFormat,
    /// The encoded file.
    pub bytes: Vec<u8>,
}

/// Why an upload does not become a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPicture {
    /// The content is not JPEG, PNG, WebP or GIF. The upload's name and declared type do not matter.
    #[error("not a JPEG, PNG, WebP or GIF picture")]
    NotAPicture,
    /// The content is a picture of a format that is not supported.
    #[error("pictures of the format {0} are not supported")]
    NotSupported(ForeignFormat),
    /// The picture has more pixels than the limit for decoding, or takes more memory than so many pixels may.
    #[error("more than {max} pixels")]
    TooManyPixels {
        /// The limit: width times height.
        max: u64,
    },
    /// The content begins like a picture and cannot be decoded.
    #[error("a damaged picture")]
    Broken,
}

use std::fmt;

/// A format of pictures that other programs know and this one does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ForeignFormat {
    Heic,
    Avif,
    JpegXl,
    /// JPEG with arithmetic coding, which most programs do not read.
    ArithmeticJpeg,
    /// JPEG without loss, of scanners and medicine.
    LosslessJpeg,
    /// JPEG with more than eight bits in a sample.
    DeepJpeg,
    /// JPEG with a sampling of colours that decoders get wrong.
    OddJpeg,
}

/// The name that people know.
impl fmt::Display for ForeignFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Heic => "HEIC",
            Self::Avif => "AVIF",
            Self::JpegXl => "JPEG XL",
            Self::ArithmeticJpeg => "JPEG with arithmetic coding",
            Self::LosslessJpeg => "lossless JPEG",
            Self::DeepJpeg => "JPEG with more than 8 bits",
            Self::OddJpeg => "JPEG with an unusual sampling of colours",
        })
    }
}

//! Pictures of formats that are not supported, by their first bytes.

use vestibule_domain::media::ForeignFormat;

/// The brands of a file in boxes (ISO/IEC 14496-12) that make it HEIC (ISO/IEC 23008-12) or AVIF.
const BRANDS: [(&[u8; 4], ForeignFormat); 9] = [
    (b"avif", ForeignFormat::Avif),
    (b"avis", ForeignFormat::Avif),
    (b"heic", ForeignFormat::Heic),
    (b"heix", ForeignFormat::Heic),
    (b"heim", ForeignFormat::Heic),
    (b"heis", ForeignFormat::Heic),
    (b"hevc", ForeignFormat::Heic),
    (b"hevx", ForeignFormat::Heic),
    (b"mif1", ForeignFormat::Heic),
];
/// The beginnings of a bare JPEG XL stream and of one in boxes (ISO/IEC 18181-2).
const JPEG_XL: [&[u8]; 2] = [b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n"];

/// The format, if it is one that phones and browsers know.
pub(super) fn foreign(upload: &[u8]) -> Option<ForeignFormat> {
    if JPEG_XL.iter().any(|begin| upload.starts_with(begin)) {
        return Some(ForeignFormat::JpegXl);
    }
    let (length, behind) = upload.split_first_chunk::<4>()?;
    let brands = behind.strip_prefix(b"ftyp")?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?.saturating_sub(8);
    let brands = brands.get(..length.min(brands.len()))?;
    // The first brand is the file's own; its version follows, and then what else it can be read as. A picture of many
    // kinds (`mif1`) says there which one it is.
    let all = || brands.as_chunks::<4>().0.iter();
    let known = |brand: &[u8; 4]| BRANDS.iter().find(|(known, _)| *known == brand).map(|(_, format)| *format);
    let own = all().next().filter(|brand| *brand != b"mif1").and_then(known);
    own.or_else(|| all().filter(|brand| *brand != b"mif1").find_map(known)).or_else(|| all().find_map(known))
}

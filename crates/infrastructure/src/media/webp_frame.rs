//! The size of a frame of WebP (RFC 9649), which may differ from that of the picture.

/// The size of the first lossy frame, which its decoder goes by, and compares with the picture's only afterwards.
/// `None` if there is none: frames without loss are compared before.
pub(super) fn lossy_size(webp: &[u8]) -> Option<(u32, u32)> {
    let mut rest = webp.get(12..)?;
    loop {
        let (name, behind) = rest.split_first_chunk::<4>()?;
        let (length, behind) = behind.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        match name {
            // A frame of an animation has chunks of its own behind a head of 16 bytes.
            b"ANMF" => rest = behind.get(16..)?,
            // Three bytes of a tag and three of a start code (RFC 6386, 9.1). Two bits of each side are its scale.
            b"VP8 " => {
                let [width, height] = *behind.get(6..10)?.as_chunks::<2>().0 else { return None };
                let side = |bytes| u32::from(u16::from_le_bytes(bytes) & 0x3fff);
                return Some((side(width), side(height)));
            }
            // Chunks are padded to even lengths.
            _ => rest = behind.get(length.checked_next_multiple_of(2)?..)?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_lossy_frame_is_found_behind_other_chunks_and_in_an_animation() {
        let head = b"RIFF\0\0\0\0WEBP";
        let frame = b"VP8 \x0a\0\0\0\x10\0\0\x9d\x01\x2a\xff\x3f\x01\x40";
        let odd = b"ICCP\x03\0\0\0abc\0";
        let animation = [&b"ANMF\x2a\0\0\0"[..], &[0; 16]].concat();
        assert_eq!(lossy_size(&[&head[..], frame].concat()), Some((16_383, 1)));
        assert_eq!(lossy_size(&[&head[..], odd, frame].concat()), Some((16_383, 1)));
        assert_eq!(lossy_size(&[&head[..], odd, &animation, frame].concat()), Some((16_383, 1)));
        assert_eq!(lossy_size(&[&head[..], &frame[..12]].concat()), None);
        assert_eq!(lossy_size(head), None);
    }
}

//! A check that the decoder of JPEG does not make.

/// Start of image, start of scan, end of image (ITU-T T.81, table B.1).
const BEGIN: [u8; 2] = [0xff, 0xd8];
const SCAN: u8 = 0xda;
const END: [u8; 2] = [0xff, 0xd9];

/// Whether a JPEG is complete. The decoder paints missing parts grey, as browsers do; but a photo that was cut off on
/// its way should rather be sent again.
pub(super) fn has_end(jpeg: &[u8]) -> bool {
    // An end mark before the first scan would belong to a thumbnail in the metadata.
    scan(jpeg).is_some_and(|scan| scan.windows(END.len()).any(|two| two == END))
}

/// The bytes behind the head of the first scan.
fn scan(jpeg: &[u8]) -> Option<&[u8]> {
    let mut rest = jpeg.strip_prefix(&BEGIN)?;
    loop {
        let (marker, behind) = rest.split_first_chunk::<2>()?;
        let [0xff, kind] = *marker else {
            return None;
        };
        if kind == 0xff {
            // Fill bytes may stand before a marker.
            rest = rest.get(1..)?;
            continue;
        }
        let length = usize::from(u16::from_be_bytes(*behind.first_chunk()?));
        rest = behind.get(length..)?;
        if kind == SCAN {
            return Some(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_comes_after_the_scan() {
        assert!(has_end(b"\xff\xd8\xff\xe1\0\x04\xff\xd9\xff\xff\xda\0\x02data\xff\xd9trailer"));
        assert!(!has_end(b"\xff\xd8\xff\xe1\0\x04\xff\xd9\xff\xda\0\x02data"));
        assert!(!has_end(b"\xff\xd8\xff\xe1\0\x04\xff\xd9"));
        assert!(!has_end(b"\xff\xd8"));
        assert!(!has_end(b""));
    }
}

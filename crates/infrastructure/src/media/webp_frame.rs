//! What stands in a file of WebP (RFC 9649) that its decoder does not count.

/// The sizes of all lossy frames. Their decoder goes by the size of a frame, which may differ from that of the picture,
/// and compares the two only afterwards.
///
/// Every place that could begin a frame counts, and not those that the lengths of chunks lead to: which of several
/// chunks a decoder takes, and how far each reaches, is the sender's to say.
pub(super) fn lossy_sizes(webp: &[u8]) -> impl Iterator<Item = (u32, u32)> {
    webp.windows(18).filter_map(|place| {
        // A name, a length, three bytes of a tag, a start code, and two sides (RFC 6386, 9.1). Two bits of each side are
        // its scale.
        let (name, behind) = place.split_first_chunk::<4>()?;
        let [0x9d, 0x01, 0x2a, wide, width, high, height] = *behind.get(7..)? else { return None };
        let side = |bytes| u32::from(u16::from_le_bytes(bytes) & 0x3fff);
        (name == b"VP8 ").then(|| (side([wide, width]), side([high, height])))
    })
}

/// Whether anything in it may be compressed without loss.
pub(super) fn may_be_lossless(webp: &[u8]) -> bool {
    webp.windows(4).any(|name| name == b"VP8L" || name == b"ALPH")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lossy_frame_is_found_wherever_it_stands() {
        let head = b"RIFF\0\0\0\0WEBP";
        let wide = b"VP8 \x0a\0\0\0\x10\0\0\x9d\x01\x2a\xff\x3f\x01\x40";
        let small = b"VP8 \xff\xff\0\0\x10\0\0\x9d\x01\x2a\x02\0\x03\0";
        let odd = b"ICCP\x03\0\0\0abc\0";
        let animation = [&b"ANMF\x2a\0\0\0"[..], &[0; 16]].concat();
        let sizes = |parts: &[&[u8]]| lossy_sizes(&parts.concat()).collect::<Vec<_>>();
        assert_eq!(sizes(&[head, wide]), [(16_383, 1)]);
        assert_eq!(sizes(&[head, odd, wide]), [(16_383, 1)]);
        // Neither a frame before it nor lengths that lead past it hide another one.
        assert_eq!(sizes(&[head, small, &animation, wide]), [(2, 3), (16_383, 1)]);
        assert_eq!(sizes(&[head, &animation, small, odd, wide]), [(2, 3), (16_383, 1)]);
        assert_eq!(sizes(&[head, &wide[..17]]), []);
        assert_eq!(sizes(&[head]), []);
    }

    #[test]
    fn what_may_have_no_loss_is_found() {
        assert!(may_be_lossless(b"RIFF\0\0\0\0WEBPVP8L\0"));
        assert!(may_be_lossless(b"RIFF\0\0\0\0WEBPVP8X\0ALPH"));
        assert!(!may_be_lossless(b"RIFF\0\0\0\0WEBPVP8 \0"));
    }
}

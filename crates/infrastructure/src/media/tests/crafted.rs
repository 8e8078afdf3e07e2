//! Files that no program for pictures writes.

/// A place, as bytes of the metadata that are found again.
pub(super) const PLACE: &[u8] = b"48.8584N 2.2945E";

/// A JPEG with metadata of a camera: an orientation and a place.
pub(super) fn with_exif(jpeg: &[u8], orientation: u16) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    // Orientation, one short.
    exif.extend(b"\x01\x12\0\x03\0\0\0\x01");
    exif.extend(orientation.to_be_bytes());
    exif.extend(b"\0\0");
    // Description, a text behind the directory.
    exif.extend(b"\x01\x0e\0\x02");
    exif.extend(u32::try_from(PLACE.len()).unwrap().to_be_bytes());
    exif.extend(38_u32.to_be_bytes());
    exif.extend(b"\0\0\0\0");
    exif.extend(PLACE);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length[..], &exif, &jpeg[2..]].concat()
}

/// A PNG that says how large it is, and has no more to say than a line.
pub(super) fn png_head(width: u32, height: u32) -> Vec<u8> {
    let mut head = b"IHDR".to_vec();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, &head);
    chunk(&mut png, b"IDAT\x78\x9c\x01\x00\x00\xff\xff\x00\x00\x00\x01");
    chunk(&mut png, b"IEND");
    png
}

/// Puts a chunk behind a file: length, name with data, check sum.
pub(super) fn chunk(png: &mut Vec<u8>, name_and_data: &[u8]) {
    png.extend(u32::try_from(name_and_data.len() - 4).unwrap().to_be_bytes());
    png.extend(name_and_data);
    png.extend(crc(name_and_data).to_be_bytes());
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    })
}

/// A GIF of one pixel, the same picture again and again.
pub(super) fn animation(frames: usize) -> Vec<u8> {
    let mut gif = b"GIF89a\x01\0\x01\0\x80\0\0\xff\0\0\0\0\xff".to_vec();
    for _ in 0..frames {
        gif.extend(b"\x21\xf9\x04\0\x01\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0");
    }
    gif.push(b';');
    gif
}

/// A GIF whose head says that it is huge.
pub(super) fn gif_head(side: u16) -> Vec<u8> {
    let [low, high] = side.to_le_bytes();
    let mut gif = b"GIF89a".to_vec();
    gif.extend([low, high, low, high, 0x80, 0, 0, 255, 0, 0, 0, 0, 255]);
    gif.extend([0x2c, 0, 0, 0, 0, low, high, low, high, 0]);
    gif.extend(b"\x02\x02\x44\x01\0;");
    gif
}

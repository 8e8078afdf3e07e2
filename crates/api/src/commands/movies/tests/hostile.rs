//! Whatever is in a file, it is read or refused.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{HEADER, rows};

/// Files near enough to tables to get far.
fn nearly() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&'static [u8]> = vec![
        HEADER.as_bytes(),
        b"name",
        b"date",
        b",",
        b";",
        b"\t",
        b"|",
        b"\"",
        b"\"\"",
        b"'",
        b"\n",
        b"\r\n",
        b"\r",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\0",
        b"\xe9",
        b"\xc3\xa9",
        b"PK\x03\x04",
        b"sep=;",
        b"#",
        b"Alien",
        b"1979-05-25",
        b"25/05/79",
        b"85,5",
        b"1e999",
        b"-0",
        b"[\"a\"]",
        b"Horror, Drama",
        b"US",
        b"=1+1",
        b" ",
    ];
    vec(select(pieces), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in vec(any::<u8>(), 0..400)) {
        let _read = rows(&bytes);
        let _read = rows(&[HEADER.as_bytes(), b"\n", &bytes].concat());
    }

    #[test]
    fn nothing_near_a_table_panics(bytes in nearly()) {
        let _read = rows(&bytes);
    }
}

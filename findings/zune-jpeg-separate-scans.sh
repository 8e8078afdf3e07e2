#!/usr/bin/env bash
# What zune-jpeg shows of a baseline JPEG whose colours come in scans of their own.
#
# Packages: zune-jpeg 0.5.15 (features std). The two pictures hold the same coefficients: red above, blue below, 32 by
#   32 pixels, colours of half the width and height (4:2:0). The first has one scan; the second was made of it with
#   jpegtran (libjpeg-turbo 2.1.5, -scans with the lines 0; 1; 2;), and has three.
# One would guess: both are decoded alike, as libjpeg-turbo does. ITU-T T.81, A.2.2 and A.2.3 describe both orders.
# Seen on 2026-11-28: the decoder answers Ok for both, and the pixels of the second are not those of the first.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
base64 --decode >"$folder/one.jpg" <<'JPEG'
/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAUDBAQEAwUEBAQFBQUGBwwIBwcHBw8LCwkMEQ8SEhEPERETFhwXExQaFRERGCEYGh0dHx8fExciJC
IeJBweHx7/2wBDAQUFBQcGBw4ICA4eFBEUHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh7/wAARCAAg
ACADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAgG/8
QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AnAGEUGAAmAFTJMAAf//Z
JPEG
base64 --decode >"$folder/three.jpg" <<'JPEG'
/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAUDBAQEAwUEBAQFBQUGBwwIBwcHBw8LCwkMEQ8SEhEPERETFhwXExQaFRERGCEYGh0dHx8fExciJC
IeJBweHx7/2wBDAQUFBQcGBw4ICA4eFBEUHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh7/wAARCAAg
ACADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AJwAATAAA//EABYBAQEBAA
AAAAAAAAAAAAAAAAAGCP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQIRAD8AhBqYf//EABUBAQEAAAAAAAAAAAAAAAAAAAAI/8QAFBEBAAAA
AAAAAAAAAAAAAAAAAP/aAAgBAxEAPwCgxJg//9k=
JPEG
cat >"$folder/Cargo.toml" <<'TOML'
[package]
name = "finding"
version = "0.0.0"
edition = "2021"

[dependencies]
zune-jpeg = { version = "=0.5.15", default-features = false, features = ["std"] }

[workspace]
TOML
cat >"$folder/src/main.rs" <<'RUST'
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;

fn main() {
    for file in ["one.jpg", "three.jpg"] {
        let bytes = std::fs::read(file).unwrap();
        let pixels = JpegDecoder::new(ZCursor::new(&bytes)).decode().unwrap();
        let at = |row: usize| &pixels[(row * 32 + 16) * 3..][..3];
        println!("{file}: {:?} above, {:?} below", at(8), at(24));
    }
}
RUST
cd "$folder"
seen="$(cargo run --quiet 2>/dev/null)"
expected="one.jpg: [221, 60, 40] above, [40, 80, 201] below
three.jpg: [115, 0, 0] above, [0, 65, 0] below"
if [ "$seen" != "$expected" ]; then
    printf 'this changed; seen now:\n%s\n' "$seen" >&2
    exit 1
fi
printf '%s\n' "$seen"

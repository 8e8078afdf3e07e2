//! Pictures out of uploads.

mod canvas;
mod foreign;
mod icc;
mod icc_tags;
mod jpeg;
mod jpeg_segments;
mod png_colours;
mod processor;
#[cfg(test)]
mod tests;
mod upload;
mod vp8l;
mod vp8l_codes;
mod webp;

pub use processor::{PictureSettings, Pictures};

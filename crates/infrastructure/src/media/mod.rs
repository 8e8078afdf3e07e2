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
mod webp_frame;

pub use processor::{PictureSettings, Pictures};

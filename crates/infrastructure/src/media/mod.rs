//! Pictures out of uploads.

mod canvas;
mod foreign;
mod icc;
mod jpeg;
mod png_colours;
mod processor;
#[cfg(test)]
mod tests;
mod upload;

pub use processor::{PictureSettings, Pictures};

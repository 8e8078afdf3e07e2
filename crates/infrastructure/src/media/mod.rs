//! Pictures out of uploads.

mod canvas;
mod jpeg;
mod processor;
#[cfg(test)]
mod tests;
mod upload;

pub use processor::{PictureSettings, Pictures};

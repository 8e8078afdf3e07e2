//! Pictures out of uploads.

mod canvas;
mod processor;
#[cfg(test)]
mod tests;
mod upload;

pub use processor::{PictureSettings, Pictures};

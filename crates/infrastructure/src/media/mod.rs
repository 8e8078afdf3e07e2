//! Pictures out of uploads.

mod canvas;
mod processor;
mod upload;

pub use processor::{PictureSettings, Pictures};

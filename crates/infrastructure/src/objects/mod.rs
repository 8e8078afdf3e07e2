//! The bytes of pictures: in a folder, in memory, in a bucket of S3 or of a compatible service.

mod cut_off;
mod errors;
mod mark;
mod s3;
mod store;
mod walk;

pub use s3::{S3Keys, S3Settings};
pub use store::{Objects, ObjectsSetupError};

//! `[media]`: where pictures are kept, and what may become one.

mod location;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::choice::choice;
use crate::database::Database;
use crate::expect::{choice, flag, number, parsed, size, text};
use crate::public_url;
use crate::reader::Reader;
use crate::secret::Secret;
use crate::sheet::Sheet;

/// An upload is held in memory.
const LARGEST_UPLOAD: usize = 100 << 20;
/// Addresses of pictures are kept in 500 characters, and a key has fewer than 100.
const LONGEST_PUBLIC_URL: usize = 400;
const MOST_UPLOADS: u32 = 1_000_000;
const MOST_PIXELS: u64 = 200_000_000;

/// Where pictures are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Media {
    /// In the process, gone when it stops.
    Memory,
    /// In a folder. It need not exist.
    Folder(PathBuf),
    /// In a bucket of S3, or of what speaks like it.
    Bucket {
        /// Its name.
        name: String,
        /// What stands before every key, without slashes at its ends; may be empty.
        prefix: String,
    },
}

impl Media {
    /// Reads a place in the form of `media.url`. The error says what is allowed.
    ///
    /// # Errors
    /// If it is not of that form.
    pub fn parse(url: &str) -> Result<Self, String> {
        location::parse(url)
    }
}

impl Default for Media {
    fn default() -> Self {
        Self::Folder(PathBuf::new())
    }
}

impl fmt::Display for Media {
    /// What `media.url` would be.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory => f.write_str("memory"),
            Self::Folder(path) => write!(f, "file://{}", path.display()),
            Self::Bucket { name, prefix } if prefix.is_empty() => write!(f, "s3://{name}"),
            Self::Bucket { name, prefix } => write!(f, "s3://{name}/{prefix}"),
        }
    }
}

choice! {
    /// What is done about pictures that no row refers to.
    pub enum MediaSweep {
        /// They are removed, if nothing speaks against it.
        Remove = "remove",
        /// They are counted.
        Report = "report",
        /// Nothing.
        Off = "off",
    }
}

/// `[media]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaSettings {
    /// Where pictures are kept.
    pub location: Media,
    /// The address of a service that speaks like S3, without a slash at its end; without one it is Amazon's.
    pub endpoint: Option<String>,
    /// The region of the bucket.
    pub region: String,
    /// Whether the bucket is named in the path of addresses, and not in their host.
    pub path_style: bool,
    /// The name of the keys to the bucket; there with `secret_key` or not at all.
    pub access_key: Option<Secret>,
    /// The secret of the keys to the bucket.
    pub secret_key: Option<Secret>,
    /// Largest file that is uploaded, in bytes.
    pub max_upload: usize,
    /// Uploads of one account in an hour; 0 is any number.
    pub uploads_per_hour: u32,
    /// Most pixels that an uploaded picture may have, width times height.
    pub max_pixels: u64,
    /// What is done about pictures that no row refers to.
    pub sweep: MediaSweep,
    /// The share of the pictures, in percent, above which none is removed.
    pub sweep_percent: u8,
    /// What addresses of pictures begin with, without a slash at its end.
    pub public_url: String,
}

impl MediaSettings {
    /// `server` is where clients reach the server.
    pub(crate) fn read(reader: &mut Reader, data_folder: &Path, database: &Database, server: &str) -> Self {
        let mut section = reader.section("media");
        let location = location::read(&mut section, data_folder, database);
        let settings = Self {
            endpoint: section.optional("endpoint", parsed(public_url::parse)),
            region: section.required("region", text),
            path_style: section.required("path_style", flag),
            access_key: section.optional("access_key", text).map(Secret::new),
            secret_key: section.optional("secret_key", text).map(Secret::new),
            max_upload: section.required("max_upload", size(1..=LARGEST_UPLOAD)),
            uploads_per_hour: section.required("uploads_per_hour", number(0..=MOST_UPLOADS)),
            max_pixels: section.required("max_pixels", number(1..=MOST_PIXELS)),
            sweep: section.required("sweep", choice),
            sweep_percent: section.required("sweep_percent", number(1..=100)),
            public_url: section
                .optional("public_url", parsed(public_url::parse))
                .unwrap_or_else(|| format!("{server}/media")),
            location,
        };
        location::refuse_mixture(&mut section, &settings.location);
        if settings.public_url.chars().count() > LONGEST_PUBLIC_URL && section.sound(&["public_url"]) {
            let message = format!(
                "is too long: addresses of pictures begin with it, or with server.public_url, and have room for at \
                 most {LONGEST_PUBLIC_URL} characters of it"
            );
            section.refuse("public_url", message);
        }
        settings
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("media");
        sheet.text("url", self.location.to_string());
        match &self.endpoint {
            Some(endpoint) => sheet.text("endpoint", endpoint),
            None => sheet.absent("endpoint"),
        }
        sheet.text("region", &self.region);
        sheet.flag("path_style", self.path_style);
        for (key, secret) in [("access_key", &self.access_key), ("secret_key", &self.secret_key)] {
            match secret {
                Some(secret) => sheet.text(key, secret.to_string()),
                None => sheet.absent(key),
            }
        }
        sheet.size("max_upload", self.max_upload);
        sheet.number("uploads_per_hour", self.uploads_per_hour);
        sheet.number("max_pixels", self.max_pixels);
        sheet.text("sweep", self.sweep.as_str());
        sheet.number("sweep_percent", self.sweep_percent);
        sheet.text("public_url", &self.public_url);
    }
}

//! `[cache]`: where sessions and rate limits are kept.

use crate::expect::parsed;
use crate::reader::Reader;
use crate::sheet::Sheet;

/// Where sessions and rate limits are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cache {
    /// In the process: one node only.
    #[default]
    Memory,
}

/// `[cache]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheSettings {
    /// Where sessions and rate limits are kept.
    pub location: Cache,
}

impl CacheSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        Self { location: reader.section("cache").required("url", parsed(parse)) }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("cache");
        let Cache::Memory = self.location;
        sheet.text("url", "memory");
    }
}

fn parse(url: &str) -> Result<Cache, String> {
    if url == "memory" {
        return Ok(Cache::Memory);
    }
    match url.split(':').next() {
        Some("redis" | "rediss") => {
            Err("Redis is not served by this build yet; this build serves \"memory\"".to_owned())
        }
        _ => Err("must be \"memory\"".to_owned()),
    }
}

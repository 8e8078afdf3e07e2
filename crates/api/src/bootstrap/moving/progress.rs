//! How far something is that takes long.

/// Who is told how far something is.
pub trait Progress: Send + Sync {
    /// A step begins, of so many parts.
    fn begins(&self, what: &'static str, parts: u64);
    /// So many more parts are done.
    fn advances(&self, parts: u64);
}

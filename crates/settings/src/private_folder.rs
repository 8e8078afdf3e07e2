//! Folders for files that are nobody else's business.

use std::fs::DirBuilder;
use std::io;
use std::path::Path;

/// Makes a folder, and those above it that are missing, for its owner only (mode 0700 on Unix): what the
/// server keeps there are password hashes, addresses, mail and secrets. One that exists is left as it is.
///
/// # Errors
/// When the folder cannot be made, or the path is that of a file.
pub fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

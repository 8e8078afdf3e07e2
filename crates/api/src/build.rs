//! From what this was built.

/// The commit, if the build was told: `VESTIBULE_COMMIT=… cargo build`.
pub(crate) const COMMIT: Option<&str> = match option_env!("VESTIBULE_COMMIT") {
    Some(commit) if !commit.is_empty() => Some(commit),
    _ => None,
};

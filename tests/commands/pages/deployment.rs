//! docs/deployment.md, which is walked on machines of its own.

/// The page whose blocks `scripts/deployment-walk` runs.
pub(super) const PAGE: &str = "docs/deployment.md";

//! The shape of the workspace: crate edges, file sizes, configuration files, documents.

mod configuration;
mod crate_edges;
mod documents;
mod file_sizes;
mod workspace;

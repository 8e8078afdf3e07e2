//! The shape of the workspace: codes of errors, adapters and crate edges, file sizes, configuration files, containers,
//! documents.

mod codes;
mod composition;
mod configuration;
mod containers;
mod crate_edges;
mod documents;
mod endpoints;
mod file_sizes;
mod inner_loop;
mod migrations;
mod watched_writes;
mod workspace;

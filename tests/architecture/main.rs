//! The shape of the workspace: codes of errors, adapters and crate edges, file sizes, configuration files, containers,
//! deployment, documents, names that stay.

mod codes;
mod composition;
mod configuration;
mod containers;
mod crate_edges;
mod deployment;
mod documents;
mod endpoints;
mod file_sizes;
mod inner_loop;
mod migrations;
mod names_stay;
mod watched_writes;
mod workspace;

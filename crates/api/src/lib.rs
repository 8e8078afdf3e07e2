#![doc = include_str!("../README.md")]

pub mod bootstrap;
pub mod commands;
pub mod docs;
mod health;
pub mod http;
mod mailbox;
mod media;
mod monitoring;
mod pages;
pub mod shutdown;
pub mod surfaces;
pub mod telemetry;

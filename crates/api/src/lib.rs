#![doc = include_str!("../README.md")]

mod account;
pub mod bootstrap;
mod browser;
mod build;
pub mod commands;
mod console;
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

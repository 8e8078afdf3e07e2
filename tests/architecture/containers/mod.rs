//! The containers, as far as they can be held to the rest without an engine: settings, ports, paths,
//! commands, secrets. That the images are what their tags promise is not seen here.

mod build;
mod compose;
mod file;
mod hardening;
mod secrets;
mod wiring;

//! Whether other services can check our tokens: with the libraries that clients of the originals have, and with
//! the snippets of `docs/tokens.md`. Ignored where the libraries are not there.

mod cases;
mod document;
mod issued;
mod libraries;
mod node;
mod outcomes;
mod python;
mod rust;
mod snippets;

//! Whether programs that others wrote get along with ours. Other services check our tokens: with the libraries that
//! clients of the originals have, and with the snippets of `docs/tokens.md`. Code generators make clients of our
//! documents, and Schemathesis asks whether the server does what they say. Ignored where the programs are not there.

mod cases;
mod clients;
mod document;
mod issued;
mod libraries;
mod node;
mod outcomes;
mod python;
mod rust;
mod schemathesis;
mod snippets;

//! The wording of messages: askama templates for the form, and a module for each language. Files of the operator may stand
//! in for those.

mod english;
mod facts;
mod files;
mod french;
mod kinds;
mod link;
mod mail;
mod moment;
mod origin;
#[cfg(test)]
mod tests;
mod words;

pub use files::{TemplateFiles, TemplateFilesError};
pub use link::Links;
pub use mail::AskamaTemplates;

//! The wording of messages: askama templates for the form, and a module for each language.

mod english;
mod french;
mod link;
mod mail;
mod origin;
#[cfg(test)]
mod tests;
mod words;

pub use mail::AskamaTemplates;

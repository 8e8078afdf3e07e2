//! The words of messages: askama templates for the form, a module for each language.

mod english;
mod french;
mod link;
mod mail;
mod origin;
#[cfg(test)]
mod tests;
mod words;

pub use mail::AskamaTemplates;

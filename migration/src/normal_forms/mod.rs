//! The parts of `m20261128_036_normal_forms`. They belong to that change and never change.

pub(crate) mod contacts;
pub(crate) mod directory;
mod names;
mod rule;

pub(crate) use names::Names;
pub(crate) use rule::Rule;

//! Every command of every page is run by a test, or it is said why none can run it.
//!
//! A command is one of a block, with all its lines, or a code span such as those in tables. The lists here have one entry
//! for each: what comes of it where it is run here, which test or script runs it elsewhere, or why nothing does.

mod blocks;
mod deployment;
mod entry;
mod every_command;
mod readme;
mod shell;
mod spans;
mod splitting;
mod walk;
mod walks;
mod written;

//! Which lines of a block belong to one command.

use std::process::{Command, Stdio};

/// The commands of a block, without comments that stand alone.
pub(super) fn split(lines: &[&str]) -> Vec<String> {
    let mut commands = Vec::new();
    let mut command = String::new();
    for line in lines {
        if command.is_empty() && (line.trim().is_empty() || line.starts_with('#')) {
            continue;
        }
        command.push_str(line);
        if is_whole(&command) {
            commands.push(std::mem::take(&mut command));
        } else {
            command.push('\n');
        }
    }
    assert!(command.is_empty(), "bash waits for the rest of {command}");
    commands
}

/// Whether bash would run this now, and not wait for another line.
fn is_whole(command: &str) -> bool {
    if command.ends_with('\\') {
        return false;
    }
    let read = Command::new("bash").args(["-n", "-c", command]).stdin(Stdio::null()).output().unwrap();
    // Of a document without its end bash only warns.
    read.status.success() && read.stderr.is_empty()
}

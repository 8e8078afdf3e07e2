//! `vestibule completions`.

use anyhow::Context as _;
use clap::{Args, CommandFactory as _};
use clap_complete::{Shell, generate};

use super::CommandLine;
use super::output::print;

#[derive(Args)]
pub(super) struct Completions {
    /// The shell.
    shell: Shell,
}

pub(super) fn run(command: &Completions) -> anyhow::Result<()> {
    print(script(command.shell)?.trim_end())
}

/// The script by which the shell completes commands and options.
fn script(shell: Shell) -> anyhow::Result<String> {
    let mut script = Vec::new();
    generate(shell, &mut CommandLine::command(), "vestibule", &mut script);
    String::from_utf8(script).context("the script is no text")
}

#[cfg(test)]
mod tests {
    use clap::{Arg, Command};

    use super::*;

    /// Every name of a command, and every long option, at any depth.
    fn words(command: &Command) -> (Vec<String>, Vec<String>) {
        let (mut commands, mut options) = (Vec::new(), Vec::new());
        options.extend(command.get_arguments().filter_map(Arg::get_long).map(str::to_owned));
        for below in command.get_subcommands() {
            let (deeper, long) = words(below);
            commands.push(below.get_name().to_owned());
            commands.extend(deeper);
            options.extend(long);
        }
        (commands, options)
    }

    #[test]
    fn every_command_and_every_option_is_completed_in_every_shell() {
        let (commands, options) = words(&CommandLine::command());
        assert!(commands.len() > 30 && options.len() > 40, "{commands:?} {options:?}");
        for (shell, before_an_option) in [(Shell::Bash, "--"), (Shell::Zsh, "--"), (Shell::Fish, "-l ")] {
            let script = script(shell).unwrap();
            for command in &commands {
                assert!(script.contains(command.as_str()), "{shell}: {command}");
            }
            for option in &options {
                assert!(script.contains(&format!("{before_an_option}{option}")), "{shell}: {option}");
            }
        }
    }
}

//! `migration completions`.

use anyhow::Context as _;
use clap::{Args, CommandFactory as _};
use clap_complete::{Shell, generate};

use crate::command::{Arguments, print};

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(command: &Completions) -> anyhow::Result<()> {
    print(script(command.shell)?.trim_end()).context("standard output could not be written")
}

/// The script by which the shell completes commands and options.
fn script(shell: Shell) -> anyhow::Result<String> {
    let mut script = Vec::new();
    generate(shell, &mut Arguments::command(), "migration", &mut script);
    String::from_utf8(script).context("the script is no text")
}

#[cfg(test)]
mod tests {
    use clap::Arg;

    use super::*;

    #[test]
    fn every_command_and_every_option_is_completed_in_every_shell() {
        let command = Arguments::command();
        for (shell, before_an_option) in [(Shell::Bash, "--"), (Shell::Zsh, "--"), (Shell::Fish, "-l ")] {
            let script = script(shell).unwrap();
            for below in command.get_subcommands() {
                assert!(script.contains(below.get_name()), "{shell}: {}", below.get_name());
                for option in below.get_arguments().filter_map(Arg::get_long) {
                    assert!(script.contains(&format!("{before_an_option}{option}")), "{shell}: {option}");
                }
            }
        }
        assert_eq!(command.get_subcommands().count(), 7);
    }
}

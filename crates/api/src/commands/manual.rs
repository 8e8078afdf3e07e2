//! `vestibule manual`.

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, CommandFactory as _};

use super::CommandLine;

#[derive(Args)]
pub(super) struct Manual {
    /// The folder of the pages, one for each command: vestibule-users-list.1. It is made if it is not there.
    #[arg(long, value_name = "FOLDER")]
    write: PathBuf,
}

pub(super) fn run(command: &Manual) -> anyhow::Result<()> {
    let folder = &command.write;
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(CommandLine::command(), folder))
        .with_context(|| format!("the pages were not written into {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap::{Arg, Command};

    use super::*;

    /// Looks for the page of a command and for those of the commands below it. Answers how many there are.
    fn pages(folder: &Path, name: &str, command: &Command) -> usize {
        let page = folder.join(format!("{name}.1"));
        let page = fs::read_to_string(&page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
        // Dashes and dots are escaped.
        let text = page.replace('\\', "");
        for option in command.get_arguments().filter_map(Arg::get_long) {
            assert!(text.contains(&format!("--{option}")), "{name}: {option}");
        }
        let below = command.get_subcommands();
        1 + below.map(|below| pages(folder, &format!("{name}-{}", below.get_name()), below)).sum::<usize>()
    }

    #[test]
    fn every_command_has_a_page_with_its_options() {
        let folder = tempfile::tempdir().unwrap();
        let write = folder.path().join("man1");
        run(&Manual { write: write.clone() }).unwrap();
        let found = pages(&write, "vestibule", &CommandLine::command());
        assert_eq!(fs::read_dir(&write).unwrap().count(), found);
        assert!(found > 30, "{found}");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let write = file.path().join("man1");
        let refused = run(&Manual { write: write.clone() }).unwrap_err();
        assert!(refused.to_string().contains(write.to_str().unwrap()), "{refused}");
    }
}

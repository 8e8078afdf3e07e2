//! `migration manual`.

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, CommandFactory as _};

use crate::command::Arguments;

#[derive(Debug, Args)]
pub(crate) struct Manual {
    /// The folder of the pages, one for each command: migration-up.1. It is made if it is not there
    #[arg(long, value_name = "FOLDER")]
    write: PathBuf,
}

pub(crate) fn run(command: &Manual) -> anyhow::Result<()> {
    let folder = &command.write;
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Arguments::command(), folder))
        .with_context(|| format!("the pages were not written into {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use clap::Arg;

    use super::*;

    #[test]
    fn every_command_has_a_page_with_its_options() {
        let folder = tempfile::tempdir().unwrap();
        run(&Manual { write: folder.path().to_owned() }).unwrap();
        let arguments = Arguments::command();
        for command in arguments.get_subcommands() {
            let page = folder.path().join(format!("migration-{}.1", command.get_name()));
            // Dashes are escaped.
            let text = fs::read_to_string(&page).unwrap().replace('\\', "");
            for option in command.get_arguments().filter_map(Arg::get_long) {
                assert!(text.contains(&format!("--{option}")), "{}: {option}", page.display());
            }
        }
        assert!(folder.path().join("migration.1").is_file());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), arguments.get_subcommands().count() + 1);
    }
}

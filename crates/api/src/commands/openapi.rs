//! `vestibule openapi`.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;

use super::output::print;
use crate::docs::{documents, json};

#[derive(Args)]
pub(super) struct OpenapiCommand {
    /// The surface; without it every document is printed, one JSON value after the other.
    #[arg(long)]
    surface: Option<String>,
    /// Write the documents into this folder, as SURFACE.json, in place of printing them.
    #[arg(long, value_name = "FOLDER")]
    write: Option<PathBuf>,
}

pub(super) fn run(command: &OpenapiCommand) -> anyhow::Result<()> {
    let mut found = documents();
    if let Some(surface) = &command.surface {
        let known: Vec<_> = found.iter().map(|documented| documented.surface).collect();
        found.retain(|documented| documented.surface == surface);
        if found.is_empty() {
            bail!("there is no surface {surface:?}; there is {}", known.join(", "));
        }
    }
    for documented in found {
        let json = json(&documented.document);
        match &command.write {
            Some(folder) => {
                let path = folder.join(format!("{}.json", documented.surface));
                std::fs::create_dir_all(folder)
                    .and_then(|()| std::fs::write(&path, json))
                    .with_context(|| format!("{} was not written", path.display()))?;
            }
            None => print(json.trim_end())?,
        }
    }
    Ok(())
}

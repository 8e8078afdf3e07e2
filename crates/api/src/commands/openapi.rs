//! `vestibule openapi`.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;

use super::output::print;
use crate::docs::json;
use crate::surfaces::{SURFACES, Surface};

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
    let wanted =
        |surface: &Surface| command.surface.as_deref().is_none_or(|name| name == surface.section.name);
    let mut found = SURFACES.iter().filter(|surface| wanted(surface)).peekable();
    if found.peek().is_none() {
        let known: Vec<_> = SURFACES.iter().map(|surface| surface.section.name).collect();
        let surface = command.surface.as_deref().unwrap_or_default();
        bail!("there is no surface {surface:?}; there is {}", known.join(", "));
    }
    for surface in found {
        let json = json(&(surface.document)());
        match &command.write {
            Some(folder) => {
                let path = folder.join(format!("{}.json", surface.section.name));
                std::fs::create_dir_all(folder)
                    .and_then(|()| std::fs::write(&path, json))
                    .with_context(|| format!("{} was not written", path.display()))?;
            }
            None => print(json.trim_end())?,
        }
    }
    Ok(())
}

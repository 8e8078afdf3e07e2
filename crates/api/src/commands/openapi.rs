//! `vestibule openapi`.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;

use super::output::print;
use crate::docs::{json, whole};
use crate::surfaces::{SURFACES, Surface};

#[derive(Args)]
pub(super) struct OpenapiCommand {
    /// The surface; without it the document of every surface is printed, one JSON value after the other.
    #[arg(long, conflicts_with = "whole")]
    surface: Option<String>,
    /// The one document of all surfaces, which a server has at `/openapi.json`.
    #[arg(long)]
    whole: bool,
    /// Write the documents into this folder, as SURFACE.json, in place of printing them; without a surface, the one of
    /// all surfaces too, as openapi.json.
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
    let mut documents: Vec<_> = found
        .filter(|_| !command.whole)
        .map(|surface| (surface.section.name, json(&(surface.document)())))
        .collect();
    if command.whole || (command.write.is_some() && command.surface.is_none()) {
        documents.push(("openapi", json(&whole(&SURFACES))));
    }
    for (name, json) in documents {
        match &command.write {
            Some(folder) => {
                let path = folder.join(format!("{name}.json"));
                std::fs::create_dir_all(folder)
                    .and_then(|()| std::fs::write(&path, json))
                    .with_context(|| format!("{} was not written", path.display()))?;
            }
            None => print(json.trim_end())?,
        }
    }
    Ok(())
}

//! A copy of all pictures into another place.

use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use vestibule_infrastructure::objects::{ObjectCopyReport, copy_objects};
use vestibule_infrastructure::system::SystemClock;
use vestibule_settings::{Media, MediaSettings};

use super::Progress;
use crate::bootstrap::media::objects;

/// What was copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopiedPictures {
    /// Pictures that were added.
    pub added: u64,
    /// Pictures that were there.
    pub here: u64,
}

/// Copies the pictures of one place (`file://…`, `s3://…`) into another. Buckets are reached as `[media]` says.
pub async fn copy_pictures(
    settings: &MediaSettings,
    from: &str,
    to: &str,
    stop: impl Future<Output = ()> + Send,
    progress: &dyn Progress,
) -> anyhow::Result<CopiedPictures> {
    let (source, target) = (place(from)?, place(to)?);
    if source == target {
        bail!("both places of pictures are {source}");
    }
    if let Media::Folder(folder) = &source
        && !folder.is_dir()
    {
        bail!("there is no folder {}", folder.display());
    }
    let at =
        |location: Media| objects(&MediaSettings { location, ..settings.clone() }, Arc::new(SystemClock));
    let copied = copy_objects(&*at(source)?, &*at(target)?, stop, &Told(progress)).await;
    let copied = copied.context("the pictures were not all copied; the same command goes on")?;
    Ok(CopiedPictures { added: copied.added, here: copied.here })
}

fn place(url: &str) -> anyhow::Result<Media> {
    match Media::parse(url) {
        Ok(Media::Memory) => bail!("pictures in memory end with their process"),
        Ok(place) => Ok(place),
        Err(allowed) => Err(anyhow!("a place of pictures {allowed}")),
    }
}

struct Told<'p>(&'p dyn Progress);

impl ObjectCopyReport for Told<'_> {
    fn begins(&self) {
        self.0.begins("pictures", 0);
    }

    fn advances(&self, objects: u64) {
        self.0.advances(objects);
    }
}

//! Where pictures are kept, and how they are made.

use std::sync::Arc;

use anyhow::Context as _;
use vestibule_domain::media::MediaFolder;
use vestibule_domain::ports::{Clock, ObjectStore, PictureProcessor};
use vestibule_infrastructure::media::{PictureSettings, Pictures};
use vestibule_infrastructure::memory::MemoryObjects;
use vestibule_infrastructure::objects::{Objects, S3Keys, S3Settings};
use vestibule_settings::{Media, MediaSettings, make_private_folder};

/// The object store of the settings. A folder is created. A bucket is connected to at its first use.
pub(super) fn objects(
    settings: &MediaSettings,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<Arc<dyn ObjectStore>> {
    let objects = match &settings.location {
        Media::Memory => return Ok(Arc::new(MemoryObjects::new(clock))),
        Media::Folder(folder) => {
            let inner = MediaFolder::ALL.map(|inner| folder.join(inner.as_str()));
            inner
                .iter()
                .try_for_each(|inner| make_private_folder(inner))
                .with_context(|| format!("the folder {} could not be made", folder.display()))?;
            Objects::in_folder(folder)
                .with_context(|| format!("the folder {} cannot be used", folder.display()))?
        }
        Media::Bucket { name, prefix } => {
            let keys = settings.access_key.as_ref().zip(settings.secret_key.as_ref());
            Objects::in_bucket(&S3Settings {
                bucket: name,
                prefix,
                endpoint: settings.endpoint.as_deref(),
                region: &settings.region,
                path_style: settings.path_style,
                keys: keys.map(|(access, secret)| S3Keys {
                    access_key: access.reveal(),
                    secret_key: secret.reveal(),
                }),
            })
            .with_context(|| format!("pictures cannot be kept in the bucket {name}"))?
        }
    };
    Ok(Arc::new(objects))
}

/// The processor with the limits of the settings.
pub(super) fn pictures(settings: &MediaSettings) -> anyhow::Result<Arc<dyn PictureProcessor>> {
    let pictures = Pictures::new(PictureSettings::with_max_pixels(settings.max_pixels))
        .context("the threads that decode pictures did not start")?;
    Ok(Arc::new(pictures))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use vestibule_domain::ports::IdGenerator as _;
    use vestibule_infrastructure::system::{SystemClock, SystemIds};
    use vestibule_settings::Source;

    use super::*;

    #[tokio::test]
    async fn the_folder_that_is_made_for_pictures_is_its_owners() {
        let data = std::env::temp_dir().join(format!("vestibule-media-{}", SystemIds.random()));
        let source = Source::default().with("VESTIBULE__DATA_FOLDER", data.display().to_string());
        let settings = crate::surfaces::settings(&source).unwrap().media;
        objects(&settings, Arc::new(SystemClock)).unwrap().ping().await.unwrap();
        let mode = data.join("media").metadata().unwrap().permissions().mode() & 0o777;
        std::fs::remove_dir_all(&data).unwrap();
        assert_eq!(mode, 0o700);
    }
}

//! Object stores.

use std::sync::Arc;

use uuid::Uuid;
use vestibule_domain::ports::ObjectStore;
use vestibule_infrastructure::memory::MemoryObjects;
use vestibule_infrastructure::objects::{Objects, S3Keys, S3Settings};
use vestibule_infrastructure::system::SystemClock;

use super::Backend;
use crate::service;

/// Objects in this process.
pub async fn memory() -> Backend<Arc<dyn ObjectStore>> {
    Backend::alone(Arc::new(MemoryObjects::new(Arc::new(SystemClock))))
}

/// Objects in a folder of their own.
pub async fn disk() -> Backend<Arc<dyn ObjectStore>> {
    let folder = tempfile::tempdir().unwrap();
    Backend::on(Arc::new(Objects::in_folder(folder.path()).unwrap()), folder)
}

/// Objects in the bucket of the service, below a prefix that no other test uses.
pub async fn s3() -> Backend<Arc<dyn ObjectStore>> {
    #[expect(clippy::disallowed_methods, reason = "the bucket outlives this run of the tests")]
    let prefix = format!("test/{}", Uuid::new_v4().simple());
    let address = service("s3");
    let (endpoint, bucket) = address.rsplit_once('/').expect("the address of a bucket");
    Backend::alone(Arc::new(bucket_of(endpoint, bucket, &prefix)))
}

/// A bucket of a service that is compatible with S3. The service of the tests accepts any keys.
pub fn bucket_of(endpoint: &str, bucket: &str, prefix: &str) -> Objects {
    Objects::in_bucket(&S3Settings {
        bucket,
        prefix,
        endpoint: Some(endpoint),
        region: "us-east-1",
        path_style: true,
        keys: Some(S3Keys { access_key: "test", secret_key: "test" }),
    })
    .unwrap()
}

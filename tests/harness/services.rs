//! The services that `scripts/services` starts.

use std::env;

/// The address of a service, by its name: `postgres`, `mariadb`, `redis`, `redis_cluster`, `s3`, `smtp`. Also the
/// path of a program: `pgbouncer`.
///
/// A test that calls this has to be ignored where the service is not running (`#[cfg_attr(not(service_redis), ignore
/// = "…")]`, as the `contract!` macro does). Then it fails where the service is required.
pub fn service(name: &str) -> String {
    let variable = format!("VESTIBULE_TEST_{}", name.to_uppercase());
    env::var(&variable).unwrap_or_else(|_missing| panic!("{variable} is not set: ./scripts/services start"))
}

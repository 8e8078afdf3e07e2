//! The services that `scripts/services` starts.

use std::env;

/// Where a service is, by its name: `postgres`, `mariadb`, `redis`, `redis_cluster`, `s3`, `smtp`; and where a program is: `pgbouncer`.
///
/// A test that asks must be ignored where the service is not running (`#[cfg_attr(not(service_redis),
/// ignore = "…")]`, as the `contract!` macro does), so that it fails where it is required.
pub fn service(name: &str) -> String {
    let variable = format!("VESTIBULE_TEST_{}", name.to_uppercase());
    env::var(&variable).unwrap_or_else(|_missing| panic!("{variable} is not set: ./scripts/services start"))
}

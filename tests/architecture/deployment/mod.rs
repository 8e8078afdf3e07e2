//! What `deploy` and its page name is there: settings, metrics, paths, files. That systemd, nginx, Caddy, Kubernetes,
//! Prometheus and Grafana take the files is not seen here.

mod kubernetes;
mod metrics;
mod package;
mod page;
mod units;

use crate::workspace::root;

/// A file of the repository.
fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

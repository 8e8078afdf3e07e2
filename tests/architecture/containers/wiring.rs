//! What one container says of another is so.

use std::collections::BTreeSet;

use serde_norway::Value;

use super::file::{OURS, compose, effective, environment, generated, nodes, services, texts};
use crate::workspace::root;

fn proxy_conf() -> String {
    std::fs::read_to_string(root().join("docker/proxy.conf")).unwrap()
}

fn dockerfile() -> String {
    std::fs::read_to_string(root().join("docker/Dockerfile")).unwrap()
}

fn networks(service: &Value) -> BTreeSet<String> {
    match &service["networks"] {
        Value::Mapping(networks) => networks.keys().map(|name| name.as_str().unwrap().to_owned()).collect(),
        list => texts(list).into_iter().map(str::to_owned).collect(),
    }
}

/// A service whose start is also its end.
fn is_job(service: &Value) -> bool {
    service["restart"].as_str() == Some("no")
}

#[test]
fn the_proxy_reaches_every_node_at_its_port() {
    let conf = proxy_conf();
    let upstreams: Vec<&str> = conf
        .lines()
        .filter_map(|line| line.trim().strip_prefix("server ")?.strip_suffix(';')?.split(' ').next())
        .collect();
    let expected: Vec<String> = nodes()
        .iter()
        .map(|(name, node)| format!("{name}:{}", environment(node)["VESTIBULE__SERVER__PORT"]))
        .collect();
    assert_eq!(upstreams, expected);
    let port = &environment(&nodes()[0].1)["VESTIBULE__SERVER__PORT"];
    assert!(dockerfile().contains(&format!("EXPOSE {port}\n")));
    assert!(dockerfile().contains(&format!("VESTIBULE__SERVER__PORT={port} ")));
}

#[test]
fn people_reach_the_proxy_where_links_lead() {
    let services = services();
    let published =
        texts(&services["proxy"]["ports"])[0].rsplitn(3, ':').map(str::to_owned).collect::<Vec<_>>();
    assert!(proxy_conf().contains(&format!("listen {};", published[0])));
    assert_eq!(generated()["PUBLIC_URL"], format!("http://localhost:{}", published[1]));
}

#[test]
fn the_nodes_believe_the_proxy_and_nobody_else() {
    let compose = compose();
    let address = services()["proxy"]["networks"]["front"]["ipv4_address"].as_str().unwrap().to_owned();
    let subnet = compose["networks"]["front"]["ipam"]["config"][0]["subnet"].as_str().unwrap();
    let (network, _) = subnet.split_once(".0/24").expect("a network of 256 addresses");
    assert!(address.starts_with(&format!("{network}.")), "{address} is not in {subnet}");
    for (name, node) in nodes() {
        assert_eq!(environment(&node)["VESTIBULE__SERVER__TRUSTED_PROXIES"], address, "{name}");
    }
    let forwarded = "proxy_set_header X-Forwarded-For $remote_addr;";
    assert!(proxy_conf().contains(forwarded), "what a client claims must not pass");
}

#[test]
fn every_host_that_a_node_names_is_a_service_on_a_network_of_it() {
    let (services, generated) = (services(), generated());
    for (name, node) in nodes() {
        let variables = effective(&node, &generated);
        let host_of = |variable: &str| {
            let url = reqwest::Url::parse(&variables[variable]).unwrap();
            url.host_str().unwrap().to_owned()
        };
        for host in [
            variables["VESTIBULE__DATABASE__HOST"].clone(),
            host_of("VESTIBULE__CACHE__URL"),
            host_of("VESTIBULE__MAIL__URL"),
            host_of("VESTIBULE__MEDIA__ENDPOINT"),
        ] {
            let service = services.get(&host).unwrap_or_else(|| panic!("{name}: no service {host}"));
            assert!(!networks(service).is_disjoint(&networks(&node)), "{name} does not reach {host}");
            assert!(!node["depends_on"][host.as_str()].is_null(), "{name} does not wait for {host}");
        }
    }
}

#[test]
fn the_bucket_that_is_made_is_the_one_that_is_used() {
    let services = services();
    let bucket = environment(&nodes()[0].1)["VESTIBULE__MEDIA__URL"].clone();
    let bucket = bucket.strip_prefix("s3://").unwrap();
    let command = texts(&services["bucket"]["entrypoint"]).join(" ");
    assert!(command.ends_with(&format!(" objects/{bucket}")), "{command}");
    assert!(command.contains(&environment(&nodes()[0].1)["VESTIBULE__MEDIA__ENDPOINT"]), "{command}");
}

#[test]
fn a_service_is_waited_for_until_it_is_healthy_and_a_job_until_it_is_done() {
    let services = services();
    for (name, service) in &services {
        let Some(dependencies) = service["depends_on"].as_mapping() else { continue };
        for (other, how) in dependencies {
            let other = other.as_str().unwrap();
            let expected =
                if is_job(&services[other]) { "service_completed_successfully" } else { "service_healthy" };
            assert_eq!(how["condition"].as_str(), Some(expected), "{name} on {other}");
        }
    }
    for (name, node) in nodes() {
        for job in ["migrate", "bucket"] {
            assert!(!node["depends_on"][job].is_null(), "{name} does not wait for {job}");
        }
    }
    for (name, service) in &services {
        let has_check = !texts(&service["healthcheck"]["test"]).is_empty();
        assert!(has_check != is_job(service), "{name}: a health check is for what goes on, and only that");
    }
}

#[test]
fn our_image_is_built_once_and_pulled_from_nowhere() {
    let services = services();
    let ours: Vec<_> = services.values().filter(|service| service["image"].as_str() == Some(OURS)).collect();
    let (built, used): (Vec<_>, Vec<_>) = ours.into_iter().partition(|service| !service["build"].is_null());
    assert_eq!((built.len(), used.len()), (1, nodes().len()));
    assert!(used.iter().all(|service| service["pull_policy"].as_str() == Some("never")));
}

#[test]
fn every_command_of_our_image_is_one_of_our_binaries_and_of_its_commands() {
    let root = root();
    for (name, service) in services() {
        if service["image"].as_str() != Some(OURS) {
            continue;
        }
        let check = texts(&service["healthcheck"]["test"]);
        let commands = [texts(&service["command"]), check.get(1..).unwrap_or_default().to_vec()];
        for command in commands.iter().filter(|command| !command.is_empty()) {
            assert!(is_command(&root, command), "{name}: {command:?}");
        }
    }
    assert!(dockerfile().contains("CMD [\"vestibule\", \"serve\"]"));
    assert!(dockerfile().contains("CMD [\"vestibule\", \"healthcheck\"]"));
}

fn is_command(root: &std::path::Path, words: &[&str]) -> bool {
    match words {
        ["vestibule", command] => root.join(format!("crates/api/src/commands/{command}.rs")).is_file(),
        ["migration", "up"] => {
            std::fs::read_to_string(root.join("migration/src/command.rs")).unwrap().contains("Up")
        }
        _ => false,
    }
}

#[test]
fn every_file_that_is_mounted_exists() {
    for (name, service) in services() {
        for volume in texts(&service["volumes"]) {
            let source = volume.split(':').next().unwrap();
            let is_there = match source.strip_prefix("./") {
                Some(file) => root().join("docker").join(file).is_file(),
                None => !compose()["volumes"][source].is_null(),
            };
            assert!(is_there, "{name}: {source}");
        }
    }
}

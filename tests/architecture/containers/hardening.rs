//! No container has more rights than it needs.

use super::compose::settings;
use super::file::{OURS, compose, effective, generated, nodes, services, texts};
use crate::workspace::root;

/// Whether an image is named so that it stays the same: with a version, and not `latest`.
fn is_pinned(image: &str) -> bool {
    let tag = image.rsplit_once(':').map_or("", |(_, tag)| tag);
    let (version, _) = tag.split_once('-').unwrap_or((tag, ""));
    tag.starts_with("RELEASE.20")
        || version.split('.').count() >= 2 && version.contains(|c: char| c.is_ascii_digit())
}

#[test]
fn every_image_is_pinned() {
    for (name, service) in services() {
        let image = service["image"].as_str().unwrap();
        assert!(image == OURS || is_pinned(image), "{name}: {image}");
    }
    let dockerfile = std::fs::read_to_string(root().join("docker/Dockerfile")).unwrap();
    let bases: Vec<&str> = dockerfile.lines().filter_map(|line| line.strip_prefix("FROM ")).collect();
    assert_eq!(bases.len(), 2);
    for base in bases {
        let image = base.split(' ').next().unwrap();
        assert!(is_pinned(image), "{image}");
    }
    assert!(!is_pinned("nginx") && !is_pinned("nginx:latest") && !is_pinned("nginx:alpine"));
}

#[test]
fn our_image_does_not_run_as_root() {
    let dockerfile = std::fs::read_to_string(root().join("docker/Dockerfile")).unwrap();
    let user = dockerfile.lines().rev().find_map(|line| line.strip_prefix("USER ")).unwrap();
    assert!(user.split(':').all(|id| id.parse::<u32>().unwrap() > 0), "{user}");
}

#[test]
fn our_containers_write_nothing_and_gain_nothing() {
    let services = services();
    let ours = ["migrate", "proxy"].map(|name| (name.to_owned(), services[name].clone()));
    for (name, service) in nodes().into_iter().chain(ours) {
        assert_eq!(service["read_only"].as_bool(), Some(true), "{name}");
        assert_eq!(texts(&service["cap_drop"]), ["ALL"], "{name}");
        assert!(service["privileged"].is_null() && service["cap_add"].is_null(), "{name}");
    }
    for (name, service) in &services {
        assert_eq!(texts(&service["security_opt"]).first(), expected(name), "{name}");
    }
}

#[test]
fn temporary_files_have_room_for_uploads_beside_archives_and_a_bound() {
    let generated = generated();
    for (name, node) in nodes() {
        let [folder] = texts(&node["tmpfs"])[..] else { panic!("{name} has other folders") };
        let limit = folder.strip_prefix("/tmp:size=").and_then(|size| size.strip_suffix('g')).expect(folder);
        let limit = limit.parse::<usize>().unwrap() << 30;
        let settings = settings(effective(&node, &generated));
        assert!(limit >= 2 * settings.console.max_upload, "{name}: {limit}");
        let docs = std::fs::read_to_string(root().join("docs/deployment.md")).unwrap();
        assert!(docs.contains(&format!("`{folder}`")), "docs/deployment.md does not tell {folder}");
    }
}

/// pgAdmin's image starts its server through `sudo`.
fn expected(name: &str) -> Option<&'static &'static str> {
    (name != "pgadmin").then_some(&"no-new-privileges:true")
}

#[test]
fn nothing_is_published_to_the_network() {
    for (name, service) in services() {
        for port in texts(&service["ports"]) {
            assert!(port.starts_with("127.0.0.1:"), "{name}: {port}");
        }
    }
    assert_eq!(compose()["networks"]["back"]["internal"].as_bool(), Some(true));
    for (name, node) in nodes() {
        assert!(node["ports"].is_null(), "{name} is reached past the proxy");
    }
}

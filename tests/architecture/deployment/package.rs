//! The Debian package. That it is installed, updated and removed is tried by `scripts/package-test`.

use std::process::Command;

use cargo_metadata::MetadataCommand;

use super::read;
use crate::workspace::root;

/// Source and destination of what the package holds.
fn assets() -> Vec<(String, String)> {
    let mut command = MetadataCommand::new();
    let metadata = command.manifest_path(root().join("Cargo.toml")).no_deps().exec().unwrap();
    let package = metadata.packages.iter().find(|package| package.name.as_str() == "vestibule").unwrap();
    let assets = package.metadata["deb"]["assets"].as_array().unwrap().clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    assets.iter().map(|asset| (text(&asset[0]), text(&asset[1]))).collect()
}

#[test]
fn what_is_packaged_is_there_or_made_by_the_script() {
    let script = read("scripts/package");
    for (source, _) in assets() {
        if let Some(made) = source.strip_prefix("target/release/package/") {
            let folder = made.strip_suffix("/*").unwrap();
            assert!(script.contains(&format!("$made/{folder}")), "{source}");
        } else if let Some(binary) = source.strip_prefix("target/release/") {
            assert!(script.contains(&format!(" -p {binary} ")), "{source}");
        } else {
            let path = source.strip_prefix("../../").unwrap().split('*').next().unwrap().to_owned();
            assert!(root().join(&path).exists(), "{source}");
        }
    }
}

#[test]
fn every_unit_is_packaged_and_known_to_the_maintainer_scripts() {
    let script = read("scripts/package");
    let units = ["vestibule.service", "vestibule-backup.service", "vestibule-backup.timer"];
    for unit in units {
        assert!(root().join("deploy").join(unit).is_file() && script.contains(&format!("deploy/{unit}")));
    }
    // The backup is started by its timer.
    let known = "units='vestibule.service vestibule-backup.timer'";
    for file in ["postinst", "postrm"] {
        assert!(read(&format!("deploy/debian/{file}")).contains(known), "{file}");
    }
}

#[test]
fn what_the_units_name_is_packaged_or_made_when_the_package_is_installed() {
    let postinst = read("deploy/debian/postinst");
    let assets = assets();
    let is_packaged = |path: &str| {
        assets.iter().any(|(source, to)| match to.strip_suffix('/') {
            Some(folder) => {
                let name = source.rsplit('/').next().unwrap();
                path.strip_prefix('/') == Some(&*format!("{folder}/{name}"))
            }
            None => path.strip_prefix('/') == Some(to.as_str()),
        })
    };
    for unit in ["vestibule.service", "vestibule-backup.service"] {
        let unit = read(&format!("deploy/{unit}")).replace("/usr/local/bin/", "/usr/bin/");
        for line in unit.lines() {
            let Some((key, value)) = line.split_once('=').filter(|(_, value)| value.starts_with('/')) else {
                continue;
            };
            // What an operator may leave out begins with a dash.
            let paths: Vec<&str> = match key {
                "ExecStart" => value.split(' ').filter(|word| word.starts_with('/')).collect(),
                _ => value.split(' ').collect(),
            };
            for path in paths {
                let is_made = postinst.contains(&format!("folder 700 vestibule:vestibule {path}\n"));
                assert!(is_made || is_packaged(path), "{key}: {path}");
            }
        }
    }
}

#[test]
fn maintainer_scripts_are_scripts_of_the_plain_shell() {
    for file in ["postinst", "prerm", "postrm"] {
        let path = root().join("deploy/debian").join(file);
        let checked = Command::new("sh").arg("-n").arg(&path).output().unwrap();
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
        assert!(read(&format!("deploy/debian/{file}")).starts_with("#!/bin/sh\n"), "{file}");
    }
}

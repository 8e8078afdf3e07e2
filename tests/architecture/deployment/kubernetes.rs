//! The manifests for Kubernetes.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_norway::Value;
use vestibule_settings::{Settings, Source};

use super::read;

/// What the Secret would hold, by its keys.
const SECRETS: [(&str, &str); 7] = [
    ("access-secret", "an access secret of more than 32 bytes"),
    ("refresh-secret", "a refresh secret of more than 32 bytes"),
    ("database-url", "postgres://vestibule:password@db.example.org/vestibule?sslmode=verify-full"),
    ("cache-url", "redis://:password@redis.example.org:6379"),
    ("mail-url", "smtps://user:password@mail.example.org"),
    ("media-access-key", "an access key"),
    ("media-secret-key", "a secret key"),
];

/// The manifest of this kind.
fn manifest(kind: &str) -> Value {
    let text = read("deploy/kubernetes/vestibule.yaml");
    let mut manifests = text.split("\n---\n").map(|text| serde_norway::from_str::<Value>(text).unwrap());
    manifests.find(|manifest| manifest["kind"].as_str() == Some(kind)).unwrap_or_else(|| panic!("no {kind}"))
}

fn pod() -> Value {
    manifest("Deployment")["spec"]["template"]["spec"].clone()
}

/// The settings that are no secrets.
fn config_map() -> BTreeMap<String, String> {
    let data = manifest("ConfigMap")["data"].clone();
    let pairs = data.as_mapping().unwrap().iter();
    pairs.map(|(name, value)| (text(name), text(value))).collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("text, in quotes").to_owned()
}

/// The variables of a container that are written one by one, with the secrets filled in.
fn variables(container: &Value) -> BTreeMap<String, String> {
    let mut variables = BTreeMap::new();
    for variable in container["env"].as_sequence().unwrap() {
        let secret = variable["valueFrom"]["secretKeyRef"]["key"].as_str();
        let value = secret.map_or_else(|| text(&variable["value"]), filled);
        variables.insert(text(&variable["name"]), value);
    }
    variables
}

fn filled(key: &str) -> String {
    let secret = SECRETS.iter().find(|(name, _)| *name == key);
    secret.unwrap_or_else(|| panic!("an unknown secret: {key}")).1.to_owned()
}

fn source(variables: BTreeMap<String, String>) -> Source {
    variables.into_iter().fold(Source::default(), |source, (name, value)| source.with(&name, value))
}

/// The settings of a node.
fn settings() -> Settings {
    let mut all = config_map();
    all.extend(variables(&pod()["containers"][0]));
    vestibule::surfaces::settings(&source(all)).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn a_node_starts_hardened_in_production() {
    let settings = settings();
    assert!(settings.environment.is_production());
    assert_eq!(settings.doors.open().count(), 0);
    assert!(!settings.database.migrate_on_start);
}

#[test]
fn the_migration_reads_the_database_of_the_nodes_and_no_other_secret() {
    let variables = variables(&pod()["initContainers"][0]);
    let names: Vec<&str> = variables.keys().map(String::as_str).collect();
    assert_eq!(names, ["VESTIBULE_ENV", "VESTIBULE__DATABASE__URL"]);
    let database = Settings::load_database_from(&source(variables));
    let database = database.unwrap_or_else(|problems| panic!("{problems}")).database.location;
    assert_eq!(database, settings().database.location);
}

#[test]
fn the_example_of_the_secrets_has_their_names_and_no_value() {
    let example = read("deploy/kubernetes/secrets.example");
    let lines = example.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let names: BTreeSet<&str> = lines.map(|line| line.strip_suffix('=').expect("no value")).collect();
    assert_eq!(names, SECRETS.iter().map(|(name, _)| *name).collect());
}

#[test]
fn every_probe_asks_whether_the_process_answers() {
    let served = read("crates/api/src/health/mod.rs");
    for probe in ["startupProbe", "livenessProbe", "readinessProbe"] {
        let path = pod()["containers"][0][probe]["httpGet"]["path"].as_str().unwrap().to_owned();
        assert_eq!(path, "/health/live", "{probe}");
        assert!(served.contains(&format!("\"{path}\"")), "{path} is not served");
    }
}

#[test]
fn a_pod_is_not_killed_before_its_server_has_stopped() {
    let patience = Duration::from_secs(pod()["terminationGracePeriodSeconds"].as_u64().unwrap());
    // The wait before the stop, and what the server takes beyond its own limit.
    let stops = Duration::from_secs(5 + 5);
    assert!(patience > settings().server.shutdown_timeout + stops);
}

#[test]
fn temporary_files_are_on_disk_and_have_room_for_uploads_beside_archives() {
    let pod = pod();
    for container in [&pod["initContainers"][0], &pod["containers"][0]] {
        let mounts = container["volumeMounts"].as_sequence().unwrap();
        let mounted = mounts.iter().find(|mount| mount["mountPath"].as_str() == Some("/tmp")).unwrap();
        assert_eq!(mounted["name"].as_str(), Some("tmp"));
    }
    let volumes = pod["volumes"].as_sequence().unwrap();
    let folder = &volumes.iter().find(|volume| volume["name"].as_str() == Some("tmp")).unwrap()["emptyDir"];
    assert!(folder["medium"].is_null(), "in memory it counts against the limit of the container");
    let limit = folder["sizeLimit"].as_str().unwrap().strip_suffix("Gi").unwrap();
    let limit = limit.parse::<usize>().unwrap() << 30;
    assert!(limit >= 2 * settings().console.max_upload, "{limit}");
    let told = format!("`sizeLimit` {}", folder["sizeLimit"].as_str().unwrap());
    assert!(read("docs/deployment.md").contains(&told), "docs/deployment.md does not tell {told}");
}

#[test]
fn containers_run_as_the_user_of_the_image_and_gain_nothing() {
    let pod = pod();
    let user = pod["securityContext"]["runAsUser"].as_u64().unwrap();
    assert!(read("docker/Dockerfile").contains(&format!("\nUSER {user}:{user}\n")));
    for container in [&pod["initContainers"][0], &pod["containers"][0]] {
        let context = &container["securityContext"];
        assert_eq!(context["allowPrivilegeEscalation"].as_bool(), Some(false));
        assert_eq!(context["readOnlyRootFilesystem"].as_bool(), Some(true));
        assert_eq!(context["capabilities"]["drop"][0].as_str(), Some("ALL"));
    }
}

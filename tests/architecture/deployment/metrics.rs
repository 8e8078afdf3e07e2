//! Dashboard and alerts ask for what is counted.

use std::collections::BTreeSet;

use super::read;
use crate::workspace::{files, root};

/// The words of a text that begin like this.
fn words(text: &str, beginning: &str) -> BTreeSet<String> {
    let tails = text.split(beginning).skip(1);
    let ends = tails.map(|tail| tail.split(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap());
    ends.map(|end| format!("{beginning}{end}")).collect()
}

/// The metric of a series: a histogram has several.
fn metric(series: &str) -> &str {
    let ends = ["_bucket", "_sum", "_count"];
    ends.iter().find_map(|end| series.strip_suffix(end)).unwrap_or(series)
}

/// What the code says in quotes that could be the name of a metric, with the quote before it.
fn counted() -> BTreeSet<String> {
    let sources = files(&root().join("crates"), "rs");
    sources.iter().flat_map(|file| words(&std::fs::read_to_string(file).unwrap(), "\"vestibule_")).collect()
}

#[test]
fn what_dashboard_and_alerts_ask_for_is_counted() {
    let counted = counted();
    for file in ["deploy/grafana/vestibule.json", "deploy/prometheus/alerts.yaml"] {
        let asked = words(&read(file), "vestibule_");
        assert!(asked.len() > 10, "{file} asks for {asked:?}");
        for series in &asked {
            assert!(counted.contains(&format!("\"{}", metric(series))), "{file}: nothing counts {series}");
        }
    }
}

#[test]
fn what_the_page_tells_is_counted() {
    let counted = counted();
    let page = read("docs/deployment.md");
    let told: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("| `vestibule_")?.split('`').next()).collect();
    assert!(told.len() > 10, "{told:?}");
    for name in told {
        assert!(counted.contains(&format!("\"vestibule_{name}")), "nothing counts vestibule_{name}");
    }
}

#[test]
fn every_panel_has_an_id_of_its_own() {
    let dashboard: serde_json::Value = serde_json::from_str(&read("deploy/grafana/vestibule.json")).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let ids: BTreeSet<u64> = panels.iter().map(|panel| panel["id"].as_u64().unwrap()).collect();
    assert_eq!(ids.len(), panels.len());
}

/// The alerts and the example of a scrape speak of one job.
#[test]
fn the_job_of_the_alerts_is_the_one_that_is_scraped() {
    assert!(read("deploy/prometheus/scrape.yaml").contains("job_name: vestibule\n"));
    let alerts = read("deploy/prometheus/alerts.yaml");
    assert!(alerts.split("job=").skip(1).all(|rest| rest.starts_with("\"vestibule\"")));
}

//! Every configuration file can be used.

use vestibule_settings::Source;

use crate::workspace::{files, root};

#[test]
fn every_environment_loads_with_the_files_of_the_repository() {
    let folder = root().join("config");
    let names: Vec<String> = files(&folder, "toml")
        .iter()
        .map(|file| file.file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| !["default", "local"].contains(&name.as_str()))
        .collect();
    assert_eq!(names, ["development", "production", "test"]);
    for name in names {
        let mut source = Source::default().in_folder(&folder).with("VESTIBULE_ENV", name.as_str());
        if name == "production" {
            for (variable, value) in [
                ("VESTIBULE__TOKENS__ACCESS_SECRET", "an access secret of more than 32 bytes"),
                ("VESTIBULE__TOKENS__REFRESH_SECRET", "a refresh secret of more than 32 bytes"),
                ("VESTIBULE__SERVER__PUBLIC_URL", "https://accounts.example.org"),
                ("VESTIBULE__MAIL__URL", "smtps://mail.example.org"),
                ("VESTIBULE__MAIL__FROM", "no-reply@example.org"),
            ] {
                source = source.with(variable, value);
            }
        }
        if let Err(problems) = vestibule::surfaces::settings(&source) {
            panic!("{name}: {problems}");
        }
    }
}

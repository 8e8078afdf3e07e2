use std::path::PathBuf;

use vestibule_settings::{Media, MediaSettings, MediaSweep};

use crate::given::{problem, problems, production, variables};

fn media(given: &[(&str, &str)]) -> MediaSettings {
    vestibule::surfaces::settings(&variables(given)).unwrap().media
}

fn location(url: &str) -> Media {
    media(&[("VESTIBULE__MEDIA__URL", url)]).location
}

#[test]
fn pictures_are_kept_in_the_data_folder() {
    let media = media(&[("VESTIBULE__DATA_FOLDER", "/var/lib/v")]);
    assert_eq!(media.location, Media::Folder(PathBuf::from("/var/lib/v/media")));
}

#[test]
fn a_database_in_memory_has_its_pictures_there() {
    let memory = ("VESTIBULE__DATABASE__URL", "memory");
    assert_eq!(media(&[memory]).location, Media::Memory);
    let folder = ("VESTIBULE__MEDIA__URL", "file://data/pictures");
    assert_eq!(media(&[memory, folder]).location, Media::Folder(PathBuf::from("data/pictures")));
}

#[test]
fn a_place_is_read() {
    let bucket =
        |name: &str, prefix: &str| Media::Bucket { name: name.to_owned(), prefix: prefix.to_owned() };
    assert_eq!(location("memory"), Media::Memory);
    assert_eq!(location("file://data/pictures"), Media::Folder(PathBuf::from("data/pictures")));
    assert_eq!(location("file:///srv/pictures"), Media::Folder(PathBuf::from("/srv/pictures")));
    assert_eq!(location("s3://vestibule"), bucket("vestibule", ""));
    assert_eq!(location("s3://vestibule/media/pictures/"), bucket("vestibule", "media/pictures"));
}

#[test]
fn what_is_no_place_is_refused() {
    for url in [
        "data/media",
        "file://",
        "ftp://host/media",
        "s3://",
        "s3://ab",
        "s3://Bucket",
        "s3://key:secret@bucket",
        "s3://bucket/../other",
        "s3://bucket/a//b",
        "s3://bucket?region=eu",
    ] {
        let said = problem(&variables(&[("VESTIBULE__MEDIA__URL", url)]));
        assert!(said.contains("media.url") && said.contains("must be \"memory\", a folder"), "{url}: {said}");
    }
}

#[test]
fn addresses_begin_with_that_of_the_server_unless_another_is_given() {
    let server = ("VESTIBULE__SERVER__PUBLIC_URL", "http://localhost:8000");
    assert_eq!(media(&[server]).public_url, "http://localhost:8000/media");
    let other = ("VESTIBULE__MEDIA__PUBLIC_URL", "https://cdn.example.org/v");
    assert_eq!(media(&[server, other]).public_url, "https://cdn.example.org/v");
}

#[test]
fn what_a_bucket_needs_is_refused_without_one() {
    for key in ["ENDPOINT", "ACCESS_KEY", "SECRET_KEY"] {
        let said = problem(&variables(&[(&format!("VESTIBULE__MEDIA__{key}"), "https://hunter2")]));
        assert!(said.contains("has no meaning unless media.url is the s3://"), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn keys_to_a_bucket_come_together() {
    let bucket = ("VESTIBULE__MEDIA__URL", "s3://bucket");
    let said = problem(&variables(&[bucket, ("VESTIBULE__MEDIA__ACCESS_KEY", "AKIA")]));
    assert!(said.contains("media.access_key") && said.contains("without media.secret_key"), "{said}");
    let said = problem(&variables(&[bucket, ("VESTIBULE__MEDIA__SECRET_KEY", "hunter2")]));
    assert!(said.contains("media.secret_key") && said.contains("without media.access_key"), "{said}");
}

#[test]
fn keys_to_a_bucket_are_not_shown() {
    let settings = vestibule::surfaces::settings(&variables(&[
        ("VESTIBULE__MEDIA__URL", "s3://bucket/media"),
        ("VESTIBULE__MEDIA__ENDPOINT", "http://127.0.0.1:9000"),
        ("VESTIBULE__MEDIA__ACCESS_KEY", "AKIAHUNTER2"),
        ("VESTIBULE__MEDIA__SECRET_KEY", "hunter2"),
    ]))
    .unwrap();
    let shown = settings.show() + &format!("{settings:?}");
    assert!(!shown.to_lowercase().contains("hunter2"), "{shown}");
    assert!(shown.contains("url = \"s3://bucket/media\""), "{shown}");
}

#[test]
fn pictures_in_memory_are_refused_in_production() {
    let said = problems(&production().with("VESTIBULE__MEDIA__URL", "memory"));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("media.url") && said[0].contains("lost at the next stop"), "{said:?}");
}

#[test]
fn what_is_done_about_orphans_is_one_of_three_words_and_a_share() {
    assert_eq!((media(&[]).sweep, media(&[]).sweep_percent), (MediaSweep::Remove, 20));
    for (word, sweep) in
        [("remove", MediaSweep::Remove), ("report", MediaSweep::Report), ("off", MediaSweep::Off)]
    {
        assert_eq!(media(&[("VESTIBULE__MEDIA__SWEEP", word)]).sweep, sweep);
    }
    let said = problem(&variables(&[("VESTIBULE__MEDIA__SWEEP", "yes")]));
    assert!(said.contains("media.sweep") && said.contains("\"remove\", \"report\", \"off\""), "{said}");
    for percent in ["0", "101", "-1", "x"] {
        let said = problem(&variables(&[("VESTIBULE__MEDIA__SWEEP_PERCENT", percent)]));
        assert!(said.contains("media.sweep_percent"), "{said}");
    }
}

#[test]
fn uploads_and_pixels_have_bounds() {
    for (key, value) in [
        ("MAX_UPLOAD", "0"),
        ("MAX_UPLOAD", "101MiB"),
        ("MAX_PIXELS", "0"),
        ("MAX_PIXELS", "-1"),
        ("UPLOADS_PER_HOUR", "-1"),
        ("UPLOADS_PER_HOUR", "1000001"),
    ] {
        assert!(
            !problems(&variables(&[(&format!("VESTIBULE__MEDIA__{key}"), value)])).is_empty(),
            "{key} {value}"
        );
    }
}

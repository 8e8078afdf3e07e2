//! `vestibule copy --media-from … --media-to …`.

use std::fs;
use std::path::Path;

use uuid::Uuid;
use vestibule_tests::service;

use crate::house::{House, ended, files};

#[test]
#[cfg_attr(not(service_s3), ignore = "no S3: ./scripts/services start")]
fn pictures_go_from_a_folder_to_a_bucket_and_back() {
    let house = House::new();
    fs::create_dir_all(house.path("one/contacts")).unwrap();
    for number in 0..30_u8 {
        let name = format!("{:032x}.png", u32::from(number));
        fs::write(house.path("one/contacts").join(name), vec![number; 3_000]).unwrap();
    }
    let mark = format!("{}\n", Uuid::from_u128(7));
    fs::write(house.path("one/vestibule-installation"), mark).unwrap();
    fs::write(house.path("one/contacts/notes.txt"), "not a picture").unwrap();
    let address = service("s3");
    let (endpoint, bucket) = address.rsplit_once('/').unwrap();
    let number = std::process::id();
    let place = format!("s3://{bucket}/house-{number}");
    let copy = |from: &str, to: &str| {
        let mut command = house.command("memory", &["copy", "--media-from", from, "--media-to", to]);
        command
            .env("VESTIBULE__MEDIA__URL", &place)
            .env("VESTIBULE__MEDIA__ENDPOINT", endpoint)
            .env("VESTIBULE__MEDIA__PATH_STYLE", "true")
            .env("VESTIBULE__MEDIA__ACCESS_KEY", "test")
            .env("VESTIBULE__MEDIA__SECRET_KEY", "test");
        ended(command.spawn().unwrap())
    };
    let folder = |name: &str| format!("file://{}", house.path(name).display());
    assert!(copy(&folder("one"), &place).well().contains("30 added, 0 were there"));
    // As after a copy that was cut off.
    assert!(copy(&folder("one"), &place).well().contains("0 added, 30 were there"));
    assert!(copy(&place, &folder("two")).well().contains("30 added, 0 were there"));
    let (one, two) = (files(&house.path("one")), files(&house.path("two")));
    let pictures = |files: &[(String, Vec<u8>)]| {
        files
            .iter()
            .filter(|(name, _)| Path::new(name).extension() == Some("png".as_ref()))
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(pictures(&two), pictures(&one));
    let mark = fs::read_to_string(house.path("two/vestibule-installation")).unwrap();
    assert!(mark.starts_with(&Uuid::from_u128(7).to_string()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mark = house.path("two/vestibule-installation").metadata().unwrap();
        assert_eq!(mark.permissions().mode() & 0o777, 0o600);
    }
    // The place of another installation.
    fs::create_dir_all(house.path("three")).unwrap();
    fs::write(house.path("three/vestibule-installation"), Uuid::from_u128(8).to_string()).unwrap();
    let told = copy(&folder("one"), &folder("three")).refused();
    assert!(told.contains("another installation"), "{told}");
}

//! `vestibule backup` and `vestibule restore`.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use sea_orm::ConnectionTrait as _;

use crate::house::{House, Ran, connect, ended, files, fill, numbers};

const PICTURES: u32 = 40;

/// A house with so many accounts and with pictures, all of which rows name, in its data folder.
async fn furnished(accounts: u32) -> (House, String) {
    let house = House::new();
    fs::create_dir_all(house.path("data/media/profiles")).unwrap();
    let url = fill(&house, "data/v.db", accounts).await;
    let db = connect(&url).await;
    for number in 0..PICTURES {
        let key = format!("profiles/{number:032x}.jpg");
        fs::write(house.path("data/media").join(&key), vec![u8::try_from(number).unwrap(); 5_000]).unwrap();
        let names = format!(
            "INSERT INTO contacts (fullname, fullname_folded, user_id, avatar_object) VALUES ('p', 'p', 1, '{key}')"
        );
        db.execute_unprepared(&names).await.unwrap();
    }
    db.close().await.unwrap();
    fs::write(house.path("data/media/vestibule-installation"), "30000000-0000-4000-8000-000000000005\n")
        .unwrap();
    (house, url)
}

fn back_up(house: &House, url: &str, file: &Path) -> Ran {
    house.run(url, &["backup", file.to_str().unwrap()])
}

fn restore(house: &House, file: &Path) -> Ran {
    house.run(&house.file("data/v.db"), &["restore", file.to_str().unwrap()])
}

/// The tables of a database with their checksums.
fn sums(house: &House, url: &str) -> Vec<String> {
    let to = house.path("compared.db");
    let copied = house.copy(url, &format!("sqlite://{}", to.display())).well();
    for end in ["", "-wal", "-shm"] {
        drop(fs::remove_file(house.path(&format!("compared.db{end}"))));
    }
    copied.lines().filter(|line| line.split_whitespace().count() == 3).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_backup_is_restored_as_it_was_made() {
    let (house, url) = furnished(300).await;
    let file = house.path("a.backup");
    let told = back_up(&house, &url, &file).well();
    assert!(told.contains("holds the database and 40 pictures"), "{told}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    let other = House::new();
    let told = restore(&other, &file).well();
    assert!(told.contains("40 pictures"), "{told}");
    assert_eq!(files(&other.path("data/media")), files(&house.path("data/media")));
    assert_eq!(sums(&other, &other.file("data/v.db")), sums(&house, &url));
    other.run(&other.file("data/v.db"), &["users", "list"]).well();
    let left: Vec<_> =
        fs::read_dir(other.path("data")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".restor")), "{left:?}");
}

#[tokio::test]
async fn nothing_is_overwritten_and_data_are_not_restored_over() {
    let (house, url) = furnished(4).await;
    let file = house.path("a.backup");
    back_up(&house, &url, &file).well();
    let before = fs::read(&file).unwrap();
    let told = back_up(&house, &url, &file).refused();
    assert!(told.contains("exists, and is not overwritten"), "{told}");
    assert!(fs::read(&file).unwrap() == before);
    let told = restore(&house, &file).refused();
    assert!(told.contains("holds data"), "{told}");
    // Pictures alone are data, too.
    let other = House::new();
    fs::create_dir_all(other.path("data/media/contacts")).unwrap();
    fs::write(other.path("data/media/contacts/theirs.jpg"), "theirs").unwrap();
    assert!(restore(&other, &file).refused().contains("holds data"));
    assert!(!other.path("data/v.db").exists());
    assert_eq!(numbers(&url, "SELECT count(*) FROM users").await, [4]);
}

#[tokio::test]
async fn where_a_restore_was_cut_off_nothing_is_copied_or_backed_up() {
    let (house, url) = furnished(4).await;
    let other = House::new();
    fs::create_dir_all(other.path("data")).unwrap();
    fs::write(other.path("data/v.db.restoring"), "").unwrap();
    let target = other.file("data/v.db");
    for told in [
        house.copy(&url, &target).refused(),
        house.copy(&target, &url).refused(),
        back_up(&other, &target, &other.path("a.backup")).refused(),
    ] {
        assert!(told.contains("restore` of the database was cut off"), "{told}");
    }
    assert!(!other.path("data/v.db").exists());
}

#[tokio::test]
async fn a_damaged_backup_touches_nothing() {
    let (house, url) = furnished(4).await;
    let file = house.path("a.backup");
    back_up(&house, &url, &file).well();
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    let damaged = house.path("damaged.backup");
    fs::write(&damaged, bytes).unwrap();
    let other = House::new();
    let told = restore(&other, &damaged).refused();
    assert!(told.contains("this is no backup, or it is damaged"), "{told}");
    assert!(!other.path("data/v.db").exists() && files(&other.path("data/media")).is_empty());
    restore(&other, &file).well();
}

#[tokio::test]
async fn other_databases_are_left_to_their_own_tools() {
    let house = House::new();
    for (url, tool) in
        [("postgres://h/db", "pg_dump"), ("mysql://h/db", "mysqldump"), ("memory", "in memory")]
    {
        for command in ["backup", "restore"] {
            let told = house.run(url, &[command, "file"]).refused();
            assert!(told.contains(tool), "{told}");
        }
    }
}

#[tokio::test]
async fn a_backup_made_while_rows_and_pictures_change_has_every_picture_that_it_names() {
    let (house, url) = furnished(3_000).await;
    let media = house.path("data/media/profiles");
    let writes = async {
        let db = connect(&url).await;
        // As an upload does: the picture, then the row, then the former picture goes.
        for number in 100..400_u32 {
            let key = format!("profiles/{number:032x}.jpg");
            fs::write(media.join(format!("{number:032x}.jpg")), vec![7; 5_000]).unwrap();
            let one = number % PICTURES;
            let row = format!(
                "SELECT avatar_object FROM contacts WHERE avatar_object IS NOT NULL ORDER BY id LIMIT 1 OFFSET {one}"
            );
            let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, row);
            let former = db.query_one_raw(statement).await.unwrap().unwrap();
            let former: String = former.try_get_by_index(0).unwrap();
            db.execute_unprepared(&format!(
                "UPDATE contacts SET avatar_object = '{key}' WHERE avatar_object = '{former}'"
            ))
            .await
            .unwrap();
            fs::remove_file(house.path("data/media").join(former)).unwrap();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        db.close().await.unwrap();
    };
    let file = house.path("a.backup");
    let mut command = house.command(&url, &["backup", file.to_str().unwrap()]);
    let backup = tokio::task::spawn_blocking(move || ended(command.spawn().unwrap()));
    let ((), backup) = tokio::join!(writes, backup);
    let told = backup.unwrap().well();
    assert!(!told.contains("is nowhere"), "{told}");
    let other = House::new();
    restore(&other, &file).well();
    let restored = other.file("data/v.db");
    let db = connect(&restored).await;
    let named = "SELECT avatar_object FROM contacts WHERE avatar_object IS NOT NULL";
    let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, named);
    let rows = db.query_all_raw(statement).await.unwrap();
    assert_eq!(rows.len(), 40);
    for row in rows {
        let key: String = row.try_get_by_index(0).unwrap();
        assert!(other.path("data/media").join(&key).is_file(), "{key}");
    }
    db.close().await.unwrap();
}

/// Runs a command again and again, each time killed a little later, until it is done before it is killed. Answers how
/// often it was killed.
fn killed_ever_later(run: impl Fn() -> std::process::Child, mut after_kill: impl FnMut()) -> u32 {
    let mut kills = 0;
    let mut patience = Duration::from_millis(4);
    loop {
        let mut child = run();
        let end = Instant::now() + patience;
        while child.try_wait().unwrap().is_none() && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(1));
        }
        if child.try_wait().unwrap().is_some() {
            ended(child).well();
            return kills;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
        after_kill();
        patience = patience * 5 / 4;
    }
}

#[tokio::test]
async fn a_backup_that_is_killed_is_whole_or_is_not_there() {
    let (house, url) = furnished(3_000).await;
    let file = house.path("a.backup");
    let other = House::new();
    let kills = killed_ever_later(
        || house.command(&url, &["backup", file.to_str().unwrap()]).spawn().unwrap(),
        || {
            if file.exists() {
                // It was killed behind its last step. The next run would be refused.
                restore(&other, &file).well();
                fs::remove_file(&file).unwrap();
                fs::remove_dir_all(other.path("data")).unwrap();
            }
        },
    );
    assert!(kills > 3, "{kills}");
    let other = House::new();
    restore(&other, &file).well();
    assert_eq!(files(&other.path("data/media")).len(), 41);
}

/// As on a disk that is full, the database cannot be written: no file may be larger than a part of it.
#[cfg(unix)]
#[tokio::test]
async fn a_backup_that_fails_while_the_database_is_written_leaves_nothing() {
    let (house, url) = furnished(3_000).await;
    let size = house.path("data/v.db").metadata().unwrap().len();
    assert!(size > 1_200_000, "{size}");
    let folder = house.path("backups");
    fs::create_dir(&folder).unwrap();
    let file = folder.join("a.backup");
    let mut command = std::process::Command::new("bash");
    let limited = "trap '' XFSZ; ulimit -f 1000; exec \"$0\" backup \"$1\"";
    command.args(["-c", limited, env!("CARGO_BIN_EXE_node"), file.to_str().unwrap()]);
    for (name, value) in house.command(&url, &[]).get_envs() {
        command.env(name, value.unwrap());
    }
    let output = command.current_dir(house.path("")).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(1) && told.contains("no backup was made"), "{output:?}");
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.is_empty(), "{left:?}");
    back_up(&house, &url, &file).well();
}

#[tokio::test]
async fn a_restore_that_is_killed_is_served_by_nobody_and_goes_on() {
    let (house, url) = furnished(3_000).await;
    let file = house.path("a.backup");
    back_up(&house, &url, &file).well();
    let other = House::new();
    let restored = other.file("data/v.db");
    let mut refused = 0;
    let kills = killed_ever_later(
        || {
            if !other.path("data/v.db.restoring").exists() && other.path("data/v.db").exists() {
                // It was killed behind its last step: there is nothing left to do.
                return other.command(&restored, &["users", "list"]).spawn().unwrap();
            }
            other.command(&restored, &["restore", file.to_str().unwrap()]).spawn().unwrap()
        },
        || {
            if other.path("data/v.db.restoring").exists() {
                let told = other.run(&restored, &["users", "list"]).refused();
                assert!(told.contains("was cut off"), "{told}");
                refused += 1;
            }
        },
    );
    assert!(kills > 3 && refused > 0, "{kills} {refused}");
    assert_eq!(files(&other.path("data/media")), files(&house.path("data/media")));
    assert_eq!(sums(&other, &restored), sums(&house, &url));
}

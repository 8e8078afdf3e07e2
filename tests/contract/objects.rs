//! The contract of `ObjectStore`.

use std::collections::BTreeSet;
use std::sync::Arc;

use time::{Duration, OffsetDateTime};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use uuid::Uuid;
use vestibule_domain::installation::InstallationId;
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureFormat};
use vestibule_domain::ports::{Clock as _, ObjectError, ObjectStore};
use vestibule_infrastructure::objects::Objects;
use vestibule_infrastructure::system::SystemClock;
use vestibule_tests::backends::objects::bucket_of;
use vestibule_tests::{at_once, contract, service};

contract!(objects on [memory, disk, s3]: [
    it_answers,
    an_object_is_found_under_its_key,
    an_object_may_be_any_bytes,
    an_object_may_be_empty,
    what_was_never_put_is_not_there,
    keys_differ_in_folder_name_and_format,
    a_part_of_an_object_is_read,
    a_part_beyond_the_end_is_no_part,
    an_object_is_removed_for_good,
    what_is_not_there_can_be_removed,
    a_walk_meets_every_object_once_however_many_it_is_given_at_once,
    a_walk_passes_over_what_was_put_later,
    an_empty_store_has_no_walk,
    many_objects_are_put_at_once,
    the_first_mark_stays,
    of_marks_at_once_one_stays,
    the_mark_is_no_object,
]);

type At = Arc<dyn ObjectStore>;

fn key(number: u128) -> ObjectKey {
    ObjectKey::new(MediaFolder::Contacts, Uuid::from_u128(number), PictureFormat::Jpeg)
}

fn later() -> OffsetDateTime {
    SystemClock.now() + Duration::hours(1)
}

async fn put(at: &At, key: &ObjectKey, bytes: &[u8]) {
    at.put(key, bytes.to_vec()).await.unwrap();
}

async fn get(at: &At, key: &ObjectKey) -> Option<Vec<u8>> {
    at.get(key, None).await.unwrap()
}

async fn walked(at: &At, before: OffsetDateTime, limit: usize) -> Vec<ObjectKey> {
    let mut walk = at.put_before(before);
    let mut keys = Vec::new();
    loop {
        let next = walk.next(limit).await.unwrap();
        assert!(next.len() <= limit);
        if next.is_empty() {
            return keys;
        }
        keys.extend(next);
    }
}

async fn it_answers(at: At) {
    at.ping().await.unwrap();
    put(&at, &key(1), b"x").await;
    at.ping().await.unwrap();
}

async fn an_object_is_found_under_its_key(at: At) {
    put(&at, &key(1), b"object").await;
    assert_eq!(get(&at, &key(1)).await.as_deref(), Some(&b"object"[..]));
    assert_eq!(at.length(&key(1)).await.unwrap(), Some(6));
}

async fn an_object_may_be_any_bytes(at: At) {
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    put(&at, &key(1), &bytes).await;
    assert_eq!(get(&at, &key(1)).await, Some(bytes));
}

async fn an_object_may_be_empty(at: At) {
    put(&at, &key(1), b"").await;
    assert_eq!(get(&at, &key(1)).await, Some(Vec::new()));
    assert_eq!(at.length(&key(1)).await.unwrap(), Some(0));
}

async fn what_was_never_put_is_not_there(at: At) {
    assert_eq!(get(&at, &key(1)).await, None);
    assert_eq!(at.get(&key(1), Some(0..1)).await.unwrap(), None);
    assert_eq!(at.length(&key(1)).await.unwrap(), None);
}

async fn keys_differ_in_folder_name_and_format(at: At) {
    let name = Uuid::from_u128(1);
    let keys = [
        key(1),
        key(2),
        ObjectKey::new(MediaFolder::Profiles, name, PictureFormat::Jpeg),
        ObjectKey::new(MediaFolder::Contacts, name, PictureFormat::Png),
    ];
    for key in keys {
        put(&at, &key, key.to_string().as_bytes()).await;
    }
    for key in keys {
        assert_eq!(get(&at, &key).await, Some(key.to_string().into_bytes()));
    }
}

async fn a_part_of_an_object_is_read(at: At) {
    put(&at, &key(1), b"0123456789").await;
    for (range, part) in [(0..10, "0123456789"), (0..1, "0"), (3..6, "345"), (9..10, "9")] {
        assert_eq!(at.get(&key(1), Some(range)).await.unwrap().as_deref(), Some(part.as_bytes()));
    }
}

async fn a_part_beyond_the_end_is_no_part(at: At) {
    put(&at, &key(1), b"0123456789").await;
    for range in [5..11, 10..11, 100..200] {
        let answer = at.get(&key(1), Some(range.clone())).await;
        assert!(answer.is_err(), "{range:?} {answer:?}");
    }
}

async fn an_object_is_removed_for_good(at: At) {
    put(&at, &key(1), b"object").await;
    put(&at, &key(2), b"other").await;
    at.delete(&key(1)).await.unwrap();
    assert_eq!(get(&at, &key(1)).await, None);
    assert_eq!(walked(&at, later(), 10).await, [key(2)]);
}

async fn what_is_not_there_can_be_removed(at: At) {
    at.delete(&key(1)).await.unwrap();
    put(&at, &key(1), b"object").await;
    at.delete(&key(1)).await.unwrap();
    at.delete(&key(1)).await.unwrap();
}

async fn a_walk_meets_every_object_once_however_many_it_is_given_at_once(at: At) {
    let name = Uuid::from_u128(1);
    let others = [
        ObjectKey::new(MediaFolder::Profiles, name, PictureFormat::Jpeg),
        ObjectKey::new(MediaFolder::Profiles, name, PictureFormat::Png),
    ];
    let keys: BTreeSet<_> = (1..=5).map(key).chain(others).collect();
    for key in &keys {
        put(&at, key, b"x").await;
    }
    for limit in [1, 3, 7, 100] {
        let walked = walked(&at, later(), limit).await;
        assert_eq!(walked.len(), keys.len());
        assert_eq!(walked.into_iter().collect::<BTreeSet<_>>(), keys);
    }
}

async fn a_walk_passes_over_what_was_put_later(at: At) {
    put(&at, &key(1), b"x").await;
    assert_eq!(walked(&at, SystemClock.now() - Duration::hours(1), 10).await, []);
}

async fn an_empty_store_has_no_walk(at: At) {
    assert_eq!(walked(&at, later(), 10).await, []);
}

async fn many_objects_are_put_at_once(at: At) {
    at_once(20, |number| {
        let at = at.clone();
        async move { put(&at, &key(number as u128), number.to_string().as_bytes()).await }
    })
    .await;
    for number in 0..20_usize {
        assert_eq!(get(&at, &key(number as u128)).await, Some(number.to_string().into_bytes()));
    }
}

fn installation(number: usize) -> InstallationId {
    InstallationId(Uuid::from_u128(number as u128))
}

async fn the_first_mark_stays(at: At) {
    assert_eq!(at.owner().await.unwrap(), None);
    for number in 1..3 {
        assert_eq!(at.claim(installation(number)).await.unwrap(), installation(1));
        assert_eq!(at.owner().await.unwrap(), Some(installation(1)));
    }
}

async fn of_marks_at_once_one_stays(at: At) {
    let answers = at_once(8, |number| {
        let at = at.clone();
        // One may be told to come back later.
        async move { (installation(number), at.claim(installation(number)).await.ok()) }
    })
    .await;
    let owner = at.owner().await.unwrap();
    assert!(owner.is_some());
    let winners: Vec<_> = answers.iter().filter(|(own, answer)| *answer == Some(*own)).collect();
    assert!(winners.iter().all(|(own, _)| Some(*own) == owner), "{owner:?} {answers:?}");
    assert_eq!(at.claim(installation(99)).await.ok(), owner);
}

async fn the_mark_is_no_object(at: At) {
    at.claim(installation(1)).await.unwrap();
    assert_eq!(walked(&at, later(), 10).await, []);
    put(&at, &key(1), b"x").await;
    assert_eq!(walked(&at, later(), 10).await, [key(1)]);
    at.delete(&key(1)).await.unwrap();
    assert_eq!(at.owner().await.unwrap(), Some(installation(1)));
}

#[tokio::test]
async fn a_mark_that_cannot_be_read_is_told_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let at = Objects::in_folder(folder.path()).unwrap();
    let mark = folder.path().join("vestibule-installation");
    for text in ["", "hunter2", "\n\n"] {
        std::fs::write(&mark, text).unwrap();
        assert!(matches!(at.owner().await, Err(ObjectError::Unexpected(_))), "{text}");
        assert!(at.claim(installation(1)).await.is_err(), "{text}");
        assert_eq!(std::fs::read_to_string(&mark).unwrap(), text);
    }
}

async fn remove_cut_off(at: &dyn ObjectStore, before: OffsetDateTime, limit: usize) -> u64 {
    let mut uploads = at.cut_off_before(before);
    let mut removed = 0;
    while let Some(more) = uploads.remove_next(limit).await.unwrap() {
        assert!(more <= limit as u64);
        removed += more;
    }
    removed
}

#[tokio::test]
async fn what_uploads_have_left_is_removed_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let at = Objects::in_folder(folder.path()).unwrap();
    assert_eq!(remove_cut_off(&at, later(), 2).await, 0);
    at.claim(installation(1)).await.unwrap();
    at.put(&key(1), b"x".to_vec()).await.unwrap();
    let profile = ObjectKey::new(MediaFolder::Profiles, Uuid::from_u128(2), PictureFormat::Png);
    let left = [
        format!("{}#1", key(1)),
        format!("{}#27", key(2)),
        format!("{}#3", key(3)),
        format!("{profile}#1"),
        "vestibule-installation#1".to_owned(),
    ];
    let kept = [
        "notes#1".to_owned(),
        "contacts/notes#1".to_owned(),
        format!("{}#", key(4)),
        format!("{}#1a", key(4)),
        format!("{}#1.bak", key(4)),
        format!("{}.1", key(4)),
        format!("other/{}#1", key(4)),
    ];
    std::fs::create_dir_all(folder.path().join("other/contacts")).unwrap();
    std::fs::create_dir_all(folder.path().join("profiles")).unwrap();
    for name in left.iter().chain(&kept) {
        std::fs::write(folder.path().join(name), "half").unwrap();
    }
    std::fs::create_dir(folder.path().join(format!("{}#9", key(5)))).unwrap();
    assert_eq!(remove_cut_off(&at, SystemClock.now() - Duration::hours(1), 3).await, 0);
    assert_eq!(remove_cut_off(&at, later(), 3).await, 5);
    assert!(left.iter().all(|name| !folder.path().join(name).exists()));
    assert!(kept.iter().all(|name| folder.path().join(name).exists()));
    assert_eq!(at.get(&key(1), None).await.unwrap().as_deref(), Some(&b"x"[..]));
}

#[tokio::test]
async fn a_folder_that_is_gone_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let objects = Objects::in_folder(folder.path()).unwrap();
    drop(folder);
    assert!(matches!(objects.ping().await, Err(ObjectError::Unavailable(_))));
}

#[tokio::test]
async fn what_else_lies_in_the_folder_is_left_out_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let at: At = Arc::new(Objects::in_folder(folder.path()).unwrap());
    put(&at, &key(1), b"x").await;
    let strangers = ["README", "contacts/notes.txt", "contacts/0.jpg", "other/picture.jpg"];
    for stranger in strangers {
        let path = folder.path().join(stranger);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "x").unwrap();
    }
    assert_eq!(walked(&at, later(), 10).await, [key(1)]);
    assert!(strangers.iter().all(|stranger| folder.path().join(stranger).is_file()));
}

#[tokio::test]
async fn a_service_that_is_not_there_is_told_within_the_time_of_a_request() {
    // A port that was free a moment ago, and on which nobody listens.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let objects = bucket_of(&format!("http://127.0.0.1:{port}"), "vestibule", "");
    let patience = std::time::Duration::from_secs(25);
    let put = tokio::time::timeout(patience, objects.put(&key(1), b"x".to_vec())).await;
    assert!(matches!(put, Ok(Err(ObjectError::Unavailable(_)))), "{put:?}");
    assert!(matches!(objects.ping().await, Err(ObjectError::Unavailable(_))));
}

#[tokio::test]
#[cfg_attr(not(service_s3), ignore = "no S3: ./scripts/services start")]
async fn a_bucket_that_is_not_there_is_told() {
    let address = service("s3");
    let (endpoint, _) = address.rsplit_once('/').unwrap();
    let objects = bucket_of(endpoint, "no-such-bucket-here", "");
    let told = [
        objects.ping().await,
        objects.put(&key(1), b"x".to_vec()).await,
        objects.get(&key(1), None).await.map(drop),
    ];
    for answer in told {
        let Err(ObjectError::Unavailable(cause)) = answer else { panic!("{answer:?}") };
        let mut causes = std::iter::successors(
            Some(&*cause as &(dyn std::error::Error + 'static)),
            |cause: &&(dyn std::error::Error + 'static)| (*cause).source(),
        );
        assert!(causes.any(|cause| cause.to_string().contains("NoSuchBucket")), "{cause:?}");
    }
}

#[tokio::test]
async fn a_bucket_is_told_the_type_of_a_picture_and_that_it_never_changes() {
    for (format, expected) in [(PictureFormat::Jpeg, "image/jpeg"), (PictureFormat::Png, "image/png")] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let service = async {
            let (mut client, _) = listener.accept().await.unwrap();
            let (mut request, mut chunk) = (Vec::new(), [0; 4096]);
            while !request.windows(4).any(|bytes| bytes == b"\r\n\r\n") {
                let read = client.read(&mut chunk).await.unwrap();
                assert!(read > 0);
                request.extend(&chunk[..read]);
            }
            let answer = b"HTTP/1.1 200 OK\r\nconnection: close\r\netag: \"x\"\r\ncontent-length: 0\r\n\r\n";
            client.write_all(answer).await.unwrap();
            String::from_utf8_lossy(&request).to_lowercase()
        };
        let objects = bucket_of(&endpoint, "vestibule", "");
        let key = ObjectKey::new(MediaFolder::Contacts, Uuid::from_u128(7), format);
        let patience = std::time::Duration::from_secs(25);
        let both = async { tokio::join!(objects.put(&key, b"x".to_vec()), service) };
        let (put, request) = tokio::time::timeout(patience, both).await.unwrap();
        put.unwrap();
        assert!(request.contains(&format!("\r\ncontent-type: {expected}\r\n")), "{request}");
        let lasting = "\r\ncache-control: public, max-age=31536000, immutable\r\n";
        assert!(request.contains(lasting), "{request}");
    }
}

/// A service that answers every call with a status.
async fn refusing(status: &'static str) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let _ = client.read(&mut request).await;
                let body = "<Error><Code>AccessDenied</Code></Error>";
                let answer = format!(
                    "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len()
                );
                let _ = client.write_all(answer.as_bytes()).await;
            });
        }
    });
    address
}

#[tokio::test]
async fn keys_that_are_refused_are_an_outage_with_its_cause() {
    let objects = bucket_of(&refusing("403 Forbidden").await, "vestibule", "");
    for answer in [objects.ping().await, objects.put(&key(1), b"x".to_vec()).await] {
        let Err(ObjectError::Unavailable(cause)) = answer else { panic!("{answer:?}") };
        assert!(
            format!("{cause:?}").contains("403") || format!("{cause:?}").contains("AccessDenied"),
            "{cause:?}"
        );
    }
}

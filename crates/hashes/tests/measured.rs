//! What comparisons take beside what they are estimated at.
//!
//! `cargo test -p vestibule-hashes --release --test measured -- --ignored --nocapture`

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use serde_json::Map;
use vestibule_hashes::{ImportKeys, read};

/// A hash for each engine; it matches no password here, and that takes no less.
const HASHES: [(&str, &str); 22] = [
    ("bcrypt 10", "$2b$10$aeffz221ERsdact30h9JoeilAjdnVN2wDSsbxNJD.UXuZGZGR6otu"),
    (
        "argon2id 64 MiB, 3",
        "$argon2id$v=19$m=65536,t=3,p=4$hSYUW8whizBimPhSy/Dpvw$H7I5TGhFTs84TLOzcNxV4fyfNuvqCbgQK6hZZglHowU",
    ),
    (
        "argon2id 7 MiB, 5",
        "$argon2id$v=19$m=7168,t=5,p=1$hSYUW8whizBimPhSy/Dpvw$H7I5TGhFTs84TLOzcNxV4fyfNuvqCbgQK6hZZglHowU",
    ),
    (
        "scrypt 2^14, 8",
        "$scrypt$ln=14,r=8,p=1$ovQ+BwCAMGZMaS0FwDhHCA$H7I5TGhFTs84TLOzcNxV4fyfNuvqCbgQK6hZZglHowU",
    ),
    (
        "scrypt 2^16, 8",
        "$scrypt$ln=16,r=8,p=1$ovQ+BwCAMGZMaS0FwDhHCA$H7I5TGhFTs84TLOzcNxV4fyfNuvqCbgQK6hZZglHowU",
    ),
    ("yescrypt j9T", "$y$j9T$qtejEZp68OsUsuriKxPfm.$QB9XQtyQSjHDbN15RD2E4AImprMcus6j4AeHxCSHJKB"),
    ("pbkdf2-sha1 131,000", "$pbkdf2$131000$OAfA.B/DuDdm7P1/79279w$AAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    (
        "pbkdf2-sha256 290,000",
        "$pbkdf2-sha256$290000$OAfA.B/DuDdm7P1/79279w$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ),
    (
        "pbkdf2-sha512 100,000",
        "$pbkdf2-sha512$100000$OAfA.B/DuDdm7P1/79279w$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ),
    ("sha1-crypt 480,000", "$sha1$480000$aKzsl/nY$cuszY0Imz1gU55aKEXY1D47NznZl"),
    ("sha256-crypt 100,000", "$5$rounds=100000$SIBQ9.whcWeK33Op$0zhvS5rybGXowSKw8xt/aa4LXpo/vy5Q4dMiO3PjohB"),
    (
        "sha512-crypt 100,000",
        "$6$rounds=100000$aaaaaaaaaaaaaaaa$0zhvS5rybGXowSKw8xt/aa4LXpo/vy5Q4dMiO3PjohB0zhvS5rybGXowSKw8xt/aa4LXpo/vy5Q4dMiO3PjohB",
    ),
    ("md5-crypt", "$1$R7meKaZW$s4stfsnxo1ccABlV1G0Zl1"),
    ("phpass 2^13", "$P$BPHpjsu7rnQMiNAW3j4joj.9CEwcR.0"),
    ("phpass 2^18", "$P$GPHpjsu7rnQMiNAW3j4joj.9CEwcR.0"),
    ("drupal 2^15", "$S$D012345678901234567890123456789012345678901234567890"),
    ("drupal 2^19", "$S$H012345678901234567890123456789012345678901234567890"),
    (
        "spring sha256, 1024 times",
        "{sha256}00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff0011223344556677",
    ),
    ("wordpress bcrypt 10", "$wp$2y$10$6eqM/Mzc5GqWfd2AGJntxesYXQRawjA7F5EFdbxxZvVOpbjcrHdAS"),
    (
        "scram-sha-256 4096",
        "SCRAM-SHA-256$4096:T4mKOHW9z+/PWYMbjDnmSg==$GXqhcxo4liKZJUxZ/ztOlcYAER3rFPkX5OymJvpWUzk=:Xe9AEcKuRJr3/BPk4KI9OH9hu+vggnC5BqoqYyYYEMU=",
    ),
    ("ldap sha", "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="),
    ("crypt scrypt", "$7$CU..../....whWeOSPXunbOg9vfYYkZv1$ohJ2nk4G0d2mO7AXBKjbuTF/G.nGqseMlCnD7oI7I.."),
];

/// How long each measurement is, at least.
const LEAST: Duration = Duration::from_millis(50);

/// The time that this thread was on a processor, where the system tells it.
fn spent() -> Duration {
    static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGAN.elapsed(), Duration::from_nanos)
}

#[test]
#[ignore = "a measurement: run it alone, on an idle machine"]
fn measured_comparisons_beside_their_estimates() {
    let keys = ImportKeys::default();
    let long = format!("it's {}", "x".repeat(490));
    for (name, text) in HASHES {
        let foreign =
            read(None, text.into(), &Map::new(), &keys).unwrap_or_else(|why| panic!("{name}: {why}"));
        for password in ["correct horse", &long] {
            let estimate = Duration::from_nanos(foreign.cost_of(password).nanoseconds);
            let measure = |times: u32| {
                let began = spent();
                for _ in 0..times {
                    assert!(!foreign.verify(password, &keys), "{name}");
                }
                spent().saturating_sub(began) / times
            };
            // The system tells the time every few milliseconds alone.
            let times = 1 + u32::try_from(LEAST.as_nanos() / estimate.as_nanos()).unwrap_or_default();
            let least = (0..5).map(|_| measure(times)).min().unwrap_or_default();
            println!(
                "{name:26} {:4} bytes: {least:>12.1?}, estimated {estimate:>12.1?}: {:.2}",
                password.len(),
                least.as_secs_f64() / estimate.as_secs_f64()
            );
        }
    }
}

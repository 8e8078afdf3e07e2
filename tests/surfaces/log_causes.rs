//! What the log says of a dependency that fails, in both of its forms: why, and no secret.

use std::io::{self, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use sea_orm::{DbErr, RuntimeErr};
use vestibule::http::{Plain, Rejection};
use vestibule::telemetry;
use vestibule_application::accounts::RegisterAccountInput;
use vestibule_application::sessions::{Device, LogInInput};
use vestibule_application::{CodedError, Deps};
use vestibule_domain::accounts::Password;
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureFormat};
use vestibule_domain::messages::{Notice, Recipient};
use vestibule_domain::ports::{HashError, MockPasswordHasher};
use vestibule_domain::store::StoreError;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_infrastructure::objects::{Objects, S3Keys, S3Settings};
use vestibule_infrastructure::redis::{RedisConnection, RedisOptions, RedisRateLimiter};
use vestibule_infrastructure::sms::{SmsWebhook, SmsWebhookSettings};
use vestibule_infrastructure::smtp::{Sender, SmtpLimits, SmtpMailer, SmtpSettings};
use vestibule_settings::{LogFormat, LogLevel, LogSettings};
use vestibule_tests::UseCases;
use vestibule_tests::use_cases::{REGISTRATION, ROTATING, address, new_password};

const FORMS: [LogFormat; 2] = [LogFormat::Pretty, LogFormat::Json];
/// In every address and key of these tests that may hold one.
const SECRET: &str = "hunter2-of-the-operator";
/// Who registers.
const EMAIL: &str = "ada.the.first@example.com";

/// What `work` logs. It runs on this thread.
async fn logged(format: LogFormat, work: impl Future<Output = ()>) -> String {
    let settings = LogSettings { format, level: LogLevel::Info };
    vestibule_tests::logged(|lines| telemetry::dispatch(&settings, false, lines), work).await
}

/// What a request logs that fails so.
fn answered(error: impl CodedError) {
    let _answer = Rejection::<Plain>::from(error);
}

/// Fails unless the log is of that form, and says all of this and no secret.
fn assert_says(format: LogFormat, log: &str, parts: &[&str]) {
    for part in parts {
        assert!(log.contains(part), "{part:?} is missing: {log}");
    }
    for secret in [SECRET, EMAIL, "Engine1843", "+33612345678"] {
        assert!(!log.contains(secret), "{log}");
    }
    assert!(log.contains("error.sources"), "{log}");
    if format == LogFormat::Json {
        for line in log.lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            if let Some(error) = line["error"].as_str() {
                let sources = line["error.sources"].as_array().unwrap();
                assert!(!error.is_empty() && sources.iter().all(serde_json::Value::is_string), "{line}");
            }
        }
    }
}

#[tokio::test]
async fn a_cause_that_another_one_tells_is_told_once() {
    for format in FORMS {
        let log = logged(format, async {
            let refused = DbErr::Conn(RuntimeErr::Internal("nobody listens there".to_owned()));
            let error = StoreError::Unavailable(Box::new(refused));
            tracing::error!(error = &error as &dyn std::error::Error, attempt = 7, "it failed");
        });
        let log = log.await;
        assert_eq!(log.matches("nobody listens there").count(), 1, "{log}");
        assert!(log.contains("it failed") && log.contains('7') && log.contains("not available"), "{log}");
    }
}

/// What a registration logs that fails by an adapter.
async fn registration(format: LogFormat, replace: impl FnOnce(&mut Deps)) -> String {
    let app = UseCases::with(replace);
    let register = async {
        let input = RegisterAccountInput {
            email: address(EMAIL),
            display_name: None,
            password: new_password("Engine1843"),
            language: None,
            client_address: None,
            policy: REGISTRATION,
        };
        answered(app.services.register_account.execute(input).await.expect_err("it fails"));
    };
    logged(format, register).await
}

/// What the delivery of a notice logs.
async fn delivery(format: LogFormat, notice: Notice, replace: impl FnOnce(&mut Deps)) -> String {
    let app = UseCases::with(replace);
    app.queue(&notice).await;
    logged(format, async {
        assert_eq!(app.services.deliver_messages.execute().await.unwrap().postponed, 1);
    })
    .await
}

/// An address at which nobody listens.
fn nowhere() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// A server that answers whatever it is asked with these words.
fn server(words: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || listener.incoming().flatten().for_each(|client| repeat(client, words)));
    address
}

/// A server that says this to whoever comes, and nothing else.
fn refusing(words: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        listener.incoming().flatten().for_each(|mut client| client.write_all(words.as_bytes()).unwrap());
    });
    address
}

fn repeat(mut client: TcpStream, words: &str) {
    let mut asked = [0; 4096];
    while io::Read::read(&mut client, &mut asked).is_ok_and(|read| read > 0) {
        if client.write_all(words.as_bytes()).is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn a_database_that_fails_is_told_with_what_it_said() {
    for format in FORMS {
        // Without a schema.
        let empty = SeaStore::connect(&DatabaseOptions::new("sqlite::memory:")).await.unwrap();
        let log = registration(format, |deps| deps.store = Arc::new(empty)).await;
        assert_says(format, &log, &["request failed", "no such table"]);
    }
}

#[tokio::test]
async fn a_redis_that_refuses_our_password_is_told_with_what_it_said() {
    const TOLD: &str = "Password authentication failed";
    // To each of the commands that a new connection begins with.
    const WRONG_PASSWORD: &str = "-WRONGPASS invalid username-password pair or user is disabled.\r\n\
                                  -NOAUTH Authentication required.\r\n\
                                  -NOAUTH Authentication required.\r\n";
    for format in FORMS {
        let place = server(WRONG_PASSWORD);
        let options = RedisOptions::new(vec![format!("redis://vestibule:{SECRET}@{place}")]);
        let limiter = RedisRateLimiter::new(Arc::new(RedisConnection::new(options).unwrap()), "log:");
        let app = UseCases::with(|deps| deps.limiter = Arc::new(limiter));
        let log_in = async {
            let input = LogInInput {
                identifier: address(EMAIL).into(),
                password: Password::new("Engine1843"),
                device: Device::default(),
                policy: ROTATING,
            };
            answered(app.services.log_in.execute(input).await.expect_err("it fails"));
        };
        let log = logged(format, log_in).await;
        assert_says(format, &log, &["Redis is away: ", "request turned away", TOLD]);
        assert!(log.lines().all(|line| line.contains(TOLD)), "{log}");
    }
}

#[tokio::test]
async fn a_hasher_that_fails_is_told_with_its_cause() {
    for format in FORMS {
        let mut hasher = MockPasswordHasher::new();
        hasher.expect_hash().returning(|_| Err(HashError::Failed("the threads are gone".into())));
        let log = registration(format, |deps| deps.hasher = Arc::new(hasher)).await;
        let named = ["registration_failed", "RegisterAccountError"];
        assert_says(format, &log, &[&["request failed", "the threads are gone"][..], &named].concat());
        let mut hasher = MockPasswordHasher::new();
        let retry_after = Duration::from_secs(1);
        hasher.expect_hash().returning(move |_| Err(HashError::Busy { retry_after }));
        let log = registration(format, |deps| deps.hasher = Arc::new(hasher)).await;
        assert_says(format, &log, &["request turned away", "too many passwords are being hashed"]);
    }
}

/// A bucket at this address.
fn bucket(endpoint: &str) -> Objects {
    Objects::in_bucket(&S3Settings {
        bucket: "pictures",
        prefix: "",
        endpoint: Some(&format!("http://{endpoint}")),
        region: "us-east-1",
        path_style: true,
        keys: Some(S3Keys { access_key: "AKIAEXAMPLE", secret_key: SECRET }),
    })
    .unwrap()
}

#[tokio::test]
async fn a_bucket_that_fails_is_told_with_its_cause() {
    const REFUSED: &str = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    for format in FORMS {
        for (endpoint, cause) in [(nowhere(), "Connection refused"), (server(REFUSED), "403")] {
            let app = UseCases::with(|deps| deps.objects = Arc::new(bucket(&endpoint)));
            let key = ObjectKey::new(MediaFolder::Profiles, app.deps.ids.random(), PictureFormat::Jpeg);
            let asked = async { answered(app.services.show_picture.bytes(key, None).await.unwrap_err()) };
            assert_says(format, &logged(format, asked).await, &[cause, "ShowPictureError"]);
        }
    }
}

#[tokio::test]
async fn a_mail_server_that_fails_is_told_with_its_cause() {
    for format in FORMS {
        for (place, cause) in
            [(nowhere(), "Connection refused"), (refusing("554 5.7.1 Go away\r\n"), "Go away")]
        {
            let mailer = SmtpMailer::new(SmtpSettings {
                url: &format!("smtp://vestibule:{SECRET}@{place}?tls=none"),
                from: Sender { name: None, address: "no-reply@example.com" },
                hello_name: "client.example.com",
                authorities: None,
                limits: SmtpLimits::default(),
            })
            .unwrap();
            let notice = Notice::ActivateAccount {
                email: EMAIL.to_owned(),
                token: SECRET.to_owned(),
                valid_minutes: 5,
                origin: None,
            };
            let log = delivery(format, notice, |deps| deps.mailer = Arc::new(mailer)).await;
            assert_says(format, &log, &["message postponed", cause]);
        }
    }
}

#[tokio::test]
async fn an_sms_gateway_that_fails_is_told_with_its_cause() {
    const BUSY: &str = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
    for format in FORMS {
        for (place, cause) in [(nowhere(), "Connection refused"), (server(BUSY), "answered 503")] {
            let notice = Notice::VerificationCode {
                to: Recipient::Mobile("+33612345678".to_owned()),
                code: SECRET.to_owned(),
                valid_minutes: 5,
            };
            let log = delivery(format, notice, |deps| {
                let url = format!("http://vestibule:{SECRET}@{place}/send?key={SECRET}");
                let gateway =
                    SmsWebhookSettings { url: &url, secret: SECRET, timeout: Duration::from_secs(2) };
                deps.sms = Arc::new(SmsWebhook::new(gateway, deps.clock.clone()).unwrap());
            })
            .await;
            assert_says(format, &log, &["message postponed", cause]);
        }
    }
}

#[tokio::test]
async fn what_the_servers_of_this_run_log_is_searched_for_secrets() {
    let app = vestibule_tests::TestApp::start().await;
    let before = vestibule_tests::searched_lines();
    app.get("/health/live").await;
    assert!(vestibule_tests::searched_lines() > before);
}

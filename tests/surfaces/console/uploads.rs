//! The upload of a file of movies.

use std::time::Duration;

use reqwest::RequestBuilder;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use vestibule_domain::accounts::Role;
use vestibule_tests::{Answer, TestApp};

use super::clerk::{COOKIE, Clerk, SCRIPT, staffed, with_console};
use super::guarded::{is_guarded, moderator, takes_no_foreign_form};
use super::roles::set_role;
use crate::admin::person::admin;

const PATH: &str = "/console/catalogue/upload";
const HEADER: &str = "name,date,score,genre,overview,crew,orig_title,status,orig_lang,budget,revenue,country";
const EVIL: &str = "<script>alert(1)</script><img src=x onerror=alert(1)>";
/// How a form in parts ends.
const LAST: &[u8] = b"--xyz--\r\n";
/// Much longer than any import of a test takes.
const PATIENCE: Duration = Duration::from_mins(1);

fn row(name: &str, date: &str) -> String {
    format!("{name},{date},85,Horror,In space.,\"Sigourney Weaver, Ian Holm\",,Released,English,11,106,US")
}

fn file(rows: &[String]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

fn part(name: &str, value: &str) -> String {
    format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
}

/// The file as the last part of a form.
fn file_part(name: &str, content: &str) -> String {
    format!(
        "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: text/csv\r\n\r\n{content}\r\n--xyz--\r\n"
    )
}

fn in_parts(request: RequestBuilder, parts: String) -> RequestBuilder {
    request.header("content-type", "multipart/form-data; boundary=xyz").body(parts)
}

/// Sends a file as the form of the page does.
async fn send(app: &TestApp, clerk: &Clerk, values: &[(&str, &str)], name: &str, content: &str) -> Answer {
    let mut parts = part("form", &clerk.mark(app).await);
    for (name, value) in values {
        parts += &part(name, value);
    }
    let request = app.request("POST", PATH).header("sec-fetch-site", "same-origin");
    clerk.send(app, in_parts(request, parts + &file_part(name, content))).await
}

/// Sends a file, and answers the page when the import has ended.
async fn imported(app: &TestApp, clerk: &Clerk, values: &[(&str, &str)], content: &str) -> String {
    let answer = send(app, clerk, values, "movies.csv", content).await;
    assert_eq!((answer.status, answer.header("location")), (303, PATH), "{answer:?}");
    ended(app, clerk).await
}

/// The page when nothing is under way.
async fn ended(app: &TestApp, clerk: &Clerk) -> String {
    let waiting = async {
        loop {
            let answer = clerk.get(app, PATH).await;
            let is_under_way = answer.headers.contains_key("refresh");
            assert_eq!(
                answer.body.contains("<form method=\"post\" action=\"/console/catalogue/upload\""),
                !is_under_way
            );
            if !is_under_way {
                return answer.body;
            }
        }
    };
    timeout(PATIENCE, waiting).await.expect("an end")
}

/// An upload of which everything has come but [`LAST`].
async fn begun(app: &TestApp, clerk: &Clerk, content: &str) -> TcpStream {
    let parts = part("form", &clerk.mark(app).await) + &file_part("slow.csv", content);
    let head = format!(
        "POST {PATH} HTTP/1.1\r\nhost: {}\r\ncookie: {COOKIE}={}\r\nsec-fetch-site: same-origin\r\n\
         content-type: multipart/form-data; boundary=xyz\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        app.address(),
        clerk.cookie.borrow(),
        parts.len(),
    );
    let mut stalled = TcpStream::connect(app.address()).await.unwrap();
    let whole = head + &parts;
    let (all_but_last, _) = whole.as_bytes().split_at(whole.len() - LAST.len());
    stalled.write_all(all_but_last).await.unwrap();
    stalled
}

/// The page while a file is received.
async fn receiving(app: &TestApp, clerk: &Clerk) -> Answer {
    let receiving = async {
        loop {
            let answer = clerk.get(app, PATH).await;
            if answer.body.contains("A file is being received.") {
                return answer;
            }
        }
    };
    timeout(PATIENCE, receiving).await.expect("the stalled upload is in")
}

#[track_caller]
fn counted(page: &str, rows: u64, added: u64, known: u64, refused: u64) {
    for (label, number) in [("Rows", rows), ("Added", added), ("Known already", known), ("Refused", refused)]
    {
        let fact = format!("<dt>{label}</dt><dd>{number}</dd>");
        assert!(page.contains(&fact), "no {fact} in {page}");
    }
}

#[tokio::test]
async fn a_file_is_imported_and_once_more_adds_only_what_is_missing() {
    let (app, clerk, _) = staffed().await;
    let first = clerk.page(&app, PATH).await;
    assert!(!first.contains("The latest upload") && first.contains("enctype=\"multipart/form-data\""));
    let page =
        imported(&app, &clerk, &[], &file(&[row("Alien", "1979-05-25"), row("Aliens", "1986-07-18")])).await;
    assert!(page.contains("<p role=\"status\" class=\"done\">The file is imported.</p>"), "{page}");
    assert!(page.contains("<bdi>movies.csv</bdi>") && page.contains("<dd>100 %</dd>"), "{page}");
    counted(&page, 2, 2, 0, 0);
    let list = clerk.page(&app, "/console/catalogue").await;
    assert!(list.contains("><bdi>Alien</bdi></a>") && list.contains("><bdi>Aliens</bdi></a>"), "{list}");
    let more = file(&[row("Alien", "1979-05-25"), row("Prometheus", "2012-06-08")]);
    counted(&imported(&app, &clerk, &[], &more).await, 2, 1, 1, 0);
    // Another administrator sees it as well, and may have left meanwhile.
    admin(&app, "eva").await;
    let page = Clerk::signed_in(&app, "eva").await.page(&app, PATH).await;
    counted(&page, 2, 1, 1, 0);
}

#[tokio::test]
async fn one_bad_row_means_that_nothing_is_imported_unless_bad_rows_are_left_out() {
    let (app, clerk, _) = staffed().await;
    let rows = [row("Alien", "1979-05-25"), row("", "1986-07-18"), row("Later", "2999-01-01")];
    let page = imported(&app, &clerk, &[], &file(&rows)).await;
    assert!(page.contains("class=\"fault\">Some rows are bad, so nothing was imported.</p>"), "{page}");
    counted(&page, 3, 0, 0, 2);
    assert!(page.contains("<th scope=\"row\">3</th><td><bdi>name is missing</bdi></td>"), "{page}");
    assert!(page.contains("<th scope=\"row\">4</th>"), "{page}");
    assert!(clerk.page(&app, "/console/catalogue").await.contains("There are no movies here."));

    let page = imported(&app, &clerk, &[("skip_bad", "yes")], &file(&rows)).await;
    assert!(page.contains("The file is imported."), "{page}");
    counted(&page, 3, 1, 0, 2);
    let page = imported(&app, &clerk, &[("skip_bad", "yes")], &file(&rows[1..])).await;
    assert!(page.contains("All rows are bad, so nothing was imported."), "{page}");
}

#[tokio::test]
async fn of_many_bad_rows_the_first_are_listed() {
    let (app, clerk, _) = staffed().await;
    let rows: Vec<_> = (0..150).map(|_| row("", "1979-05-25")).collect();
    let page = imported(&app, &clerk, &[], &file(&rows)).await;
    assert_eq!(page.matches("name is missing").count(), 100, "{page}");
    assert!(page.contains("More refused rows, not listed: 50"), "{page}");
    assert!(page.len() < 60_000, "{} bytes", page.len());
}

#[tokio::test]
async fn what_the_file_does_not_say_is_asked_for() {
    let (app, clerk, _) = staffed().await;
    let day_first = file(&[row("Alien", "25/04/1979"), row("Aliens", "03/02/1986")]);
    let page = imported(&app, &clerk, &[], &day_first).await;
    assert!(page.contains("A date is day-first") && page.contains("<bdi>2: 25/04/1979</bdi>"), "{page}");
    counted(&imported(&app, &clerk, &[("dates", "dmy")], &day_first).await, 2, 2, 0, 0);
    let page = imported(&app, &clerk, &[], "nothing,of,this\n1,2,3\n").await;
    assert!(page.contains("The file cannot be read as a table of movies:"), "{page}");
    let page = imported(&app, &clerk, &[], "").await;
    assert!(page.contains("the file is empty"), "{page}");
    // An encoding that is named is believed.
    let page =
        imported(&app, &clerk, &[("encoding", "windows-1252")], &file(&[row("Amelie", "2001-04-25")])).await;
    counted(&page, 1, 1, 0, 0);
}

#[tokio::test]
async fn a_form_without_a_file_or_with_an_unknown_encoding_is_shown_again() {
    let (app, clerk, _) = staffed().await;
    let good = file(&[row("Alien", "1979-05-25")]);
    for (values, name, words) in [
        (&[][..], "", "id=\"file-fault\">Choose a file.</p>"),
        (
            &[("encoding", "klingon")][..],
            "movies.csv",
            "id=\"encoding-fault\">No encoding of this name is known.</p>",
        ),
    ] {
        let answer = send(&app, &clerk, values, name, &good).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        assert!(answer.body.contains(words), "{answer:?}");
    }
    let mark = clerk.mark(&app).await;
    let without = part("form", &mark) + "--xyz--\r\n";
    let cut_off = part("form", &mark) + &file_part("movies.csv", &good).replace("\r\n--xyz--\r\n", "");
    for (parts, status) in [(without, 422), (cut_off, 400), (part("form", &mark) + "--xyz\r\nnonsense", 400)]
    {
        let request = app.request("POST", PATH).header("sec-fetch-site", "same-origin");
        let answer = clerk.send(&app, in_parts(request, parts)).await;
        assert_eq!(answer.status, status, "{answer:?}");
    }
    // A form that is not in parts has no mark.
    assert_ne!(clerk.submit(&app, PATH, &[]).await.status, 303);
    assert!(clerk.page(&app, "/console/catalogue").await.contains("There are no movies here."));
    counted(&imported(&app, &clerk, &[], &good).await, 1, 1, 0, 0);
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused_and_the_next_one_is_not() {
    let app = with_console().with("console.max_upload", "1KiB").start().await;
    admin(&app, "root").await;
    let clerk = Clerk::signed_in(&app, "root").await;
    assert!(clerk.page(&app, PATH).await.contains("At most, in KiB: 1</p>"));
    let large = format!("{}{}", file(&[row("Alien", "1979-05-25")]), "x".repeat(1024));
    let answer = send(&app, &clerk, &[], "movies.csv", &large).await;
    assert_eq!(answer.status, 413, "{answer:?}");
    assert!(answer.body.contains("The file is larger than this server takes."), "{answer:?}");
    let page = imported(&app, &clerk, &[], &file(&[row("Alien", "1979-05-25")])).await;
    counted(&page, 1, 1, 0, 0);
}

#[tokio::test]
async fn one_file_at_a_time_and_one_that_is_cut_off_makes_room() {
    let (app, clerk, _) = staffed().await;
    let good = file(&[row("Alien", "1979-05-25")]);
    let stalled = begun(&app, &clerk, &good).await;
    let answer = receiving(&app, &clerk).await;
    assert_eq!(answer.header("refresh"), "3");
    assert!(answer.body.contains("?refresh=off\">Stop that</a>"), "{answer:?}");
    let still = clerk.get(&app, &format!("{PATH}?refresh=off")).await;
    assert!(
        !still.headers.contains_key("refresh") && still.body.contains("Reload by itself</a>"),
        "{still:?}"
    );
    let refused = send(&app, &clerk, &[], "movies.csv", &good).await;
    assert_eq!(refused.status, 409, "{refused:?}");
    assert!(refused.body.contains("Another file is being imported."), "{refused:?}");
    drop(stalled);
    ended(&app, &clerk).await;
    counted(&imported(&app, &clerk, &[], &good).await, 1, 1, 0, 0);
}

#[tokio::test]
async fn whoever_may_no_longer_when_the_file_is_there_imports_nothing() {
    let (app, root, _) = staffed().await;
    let good = file(&[row("Alien", "1979-05-25")]);
    for (name, role, status, words) in [
        ("eva", Some(Role::Moderator), "403", "This is for administrators alone."),
        ("eve", None, "303", "\r\nlocation: /console/login\r\n"),
    ] {
        let id = admin(&app, name).await.id;
        let clerk = Clerk::signed_in(&app, name).await;
        let mut slow = begun(&app, &clerk, &good).await;
        receiving(&app, &root).await;
        match role {
            Some(role) => set_role(&app, name, role).await,
            None => {
                root.submit(&app, &format!("/console/users/{id}/sessions/end"), &[]).await;
            }
        }
        slow.write_all(LAST).await.unwrap();
        let mut answer = String::new();
        slow.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")) && answer.contains(words), "{answer}");
        let page = ended(&app, &root).await;
        assert!(!page.contains("The latest upload"), "{page}");
    }
    assert!(root.page(&app, "/console/catalogue").await.contains("There are no movies here."));
    counted(&imported(&app, &root, &[], &good).await, 1, 1, 0, 0);
}

#[tokio::test]
async fn markup_in_a_file_and_in_its_name_is_text() {
    let (app, clerk, _) = staffed().await;
    let rows = [row(EVIL, "1979-05-25"), row("Alien", EVIL)];
    let answer = send(&app, &clerk, &[("skip_bad", "yes")], EVIL, &file(&rows)).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    let page = ended(&app, &clerk).await;
    counted(&page, 2, 1, 0, 1);
    for page in [page, clerk.page(&app, "/console/catalogue").await] {
        let page = page.replace(SCRIPT, "");
        assert!(page.contains("alert(1)") && !page.contains("<script") && !page.contains("<img"), "{page}");
    }
}

#[tokio::test]
async fn files_are_taken_from_administrators_and_their_pages_alone() {
    let (app, root, _) = staffed().await;
    let mia = moderator(&app).await;
    is_guarded(&app, &mia, PATH).await;
    let good = file(&[row("Alien", "1979-05-25")]);
    let whole = |mark: &str| part("form", mark) + &file_part("movies.csv", &good);
    takes_no_foreign_form(&app, &root, &mia, PATH, |request, mark| in_parts(request, whole(mark))).await;
    // The mark comes first, or the file is not read.
    let mark = root.mark(&app).await;
    let swapped = file_part("movies.csv", &good).replace("--xyz--\r\n", &part("form", &mark)) + "--xyz--\r\n";
    let request = app.request("POST", &format!("{PATH}?form={mark}")).header("sec-fetch-site", "same-origin");
    let answer = root.send(&app, in_parts(request, swapped)).await;
    assert_eq!(answer.status, 403, "{answer:?}");
    let page = ended(&app, &root).await;
    assert!(!page.contains("The latest upload"), "{page}");
    assert!(root.page(&app, "/console/catalogue").await.contains("There are no movies here."));
}

#[tokio::test]
async fn what_is_wrong_with_a_file_is_told_in_the_language_of_the_browser() {
    let (app, clerk, _) = staffed().await;
    let in_french = async || {
        let answer = clerk.send(&app, app.request("GET", PATH).header("accept-language", "fr")).await;
        answer.body
    };
    let short = "Alien,1979-05-25".to_owned();
    let priced = row("Aliens", "1986-07-18").replace(",11,", ",$11,");
    imported(&app, &clerk, &[], &file(&[row("", "1979-05-25"), row("Alien", "soon"), short, priced])).await;
    let page = in_french().await;
    for words in [
        "<bdi>name manque</bdi>",
        "<bdi>date &#34;soon&#34; : ce n’est pas une date de la forme YYYY-MM-DD ou MM/DD/YYYY</bdi>",
        "<bdi>la ligne n’a pas autant de colonnes (2) que l’en-tête (12)</bdi>",
        "<bdi>budget &#34;$11&#34; : ce n’est pas un nombre ; écrivez-le sans monnaie</bdi>",
    ] {
        assert!(page.contains(words), "no {words} in {page}");
    }
    for (content, words) in [
        (
            "PK\u{3}\u{4}xl/workbook.xml",
            "c’est un classeur Excel (.xlsx) ; ouvrez-le dans un tableur et exportez-le en CSV",
        ),
        ("{\"name\": \"Alien\"}", "c’est un document JSON, pas du CSV"),
        ("", "le fichier est vide ; sa première ligne doit nommer les colonnes"),
        (
            "score,genre,overview,crew,status,orig_lang,budget,revenue\n",
            "il y manque name (ou names), date (ou date_x) et country",
        ),
    ] {
        let english = imported(&app, &clerk, &[], content).await;
        assert!(english.contains("The file cannot be read as a table of movies:"), "{english}");
        let page = in_french().await;
        assert!(page.contains("Le fichier ne se lit pas comme un tableau de films : <bdi>"), "{page}");
        assert!(page.contains(words), "no {words} in {page}");
    }
}

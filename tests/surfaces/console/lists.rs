//! Lists: accounts, and the trail.

use super::clerk::staffed;
use crate::admin::person::member;

#[tokio::test]
async fn accounts_are_found_by_a_part_of_the_name_and_by_what_names_them_whole() {
    let (app, clerk, ada) = staffed().await;
    member(&app, "adam").await;
    let part = clerk.page(&app, "/console/users?q=ADA").await;
    assert!(
        part.contains("><bdi>ada</bdi></a>")
            && part.contains("><bdi>adam</bdi></a>")
            && !part.contains("><bdi>root</bdi></a>"),
        "{part}"
    );
    for whole in ["ada%40example.com", &ada] {
        let page = clerk.page(&app, &format!("/console/users?q={whole}")).await;
        assert!(page.contains(&format!(
            "This account fits exactly: <a href=\"/console/users/{ada}\"><bdi>ada</bdi></a>"
        )));
        assert!(!page.contains("id=\"names\""), "no name has it as a part: {page}");
        assert!(!page.contains("No account fits."), "{page}");
    }
    let none = clerk.page(&app, "/console/users?q=zz").await;
    assert!(none.contains("No account fits.") && !none.contains("fits exactly"), "{none}");
    let all = clerk.page(&app, "/console/users").await;
    assert!(all.contains("Accounts: 3"), "{all}");
}

#[tokio::test]
async fn a_list_goes_on_over_pages() {
    let (app, clerk, _) = staffed().await;
    for number in 0..26 {
        member(&app, &format!("m{number:02}")).await;
    }
    let first = clerk.page(&app, "/console/users?q=m").await;
    // Above the names stand the first addresses, and below them two with an m in `.com` alone.
    assert_eq!(first.matches("<th scope=\"row\">").count(), 5 + 25 + 2);
    assert!(first.contains("rel=\"next\" href=\"/console/users?q=m&amp;page=2\""), "{first}");
    assert!(!first.contains("rel=\"prev\""));
    let second = clerk.page(&app, "/console/users?q=m&page=2").await;
    assert_eq!(second.matches("<th scope=\"row\">").count(), 1);
    assert!(second.contains("rel=\"prev\"") && !second.contains("rel=\"next\""), "{second}");
    for page in ["0", "-1", "x", "18446744073709551615"] {
        clerk.page(&app, &format!("/console/users?q=m&page={page}")).await;
        clerk.page(&app, &format!("/console/trash?after={page}")).await;
    }
}

/// Where the first link of this kind leads.
pub(super) fn link(page: &str, rel: &str) -> Option<String> {
    let after = page.split(&format!("rel=\"{rel}\" href=\"")).nth(1)?;
    Some(after.split('"').next()?.replace("&#38;", "&").replace("&amp;", "&"))
}

#[tokio::test]
async fn all_accounts_go_on_after_the_last_one_of_a_page() {
    let (app, clerk, ada) = staffed().await;
    for number in 0..26 {
        member(&app, &format!("m{number:02}")).await;
    }
    let first = clerk.page(&app, "/console/users").await;
    assert_eq!(first.matches("<th scope=\"row\">").count(), 25);
    assert!(first.contains("Accounts: 28") && link(&first, "first").is_none(), "{first}");
    let second = clerk.page(&app, &link(&first, "next").unwrap()).await;
    assert_eq!(second.matches("<th scope=\"row\">").count(), 3, "{second}");
    assert!(second.contains("><bdi>m25</bdi></a>") && link(&second, "next").is_none(), "{second}");
    assert_eq!(link(&second, "first").as_deref(), Some("/console/users"));
    for after in ["x", "1.x", "-99999999999999999999.1", "99999999999999999999.1"] {
        clerk.page(&app, &format!("/console/users?after={after}")).await;
    }

    let administrators = clerk.page(&app, "/console/users?show=administrators").await;
    assert!(
        administrators.contains("><bdi>root</bdi></a>") && !administrators.contains("><bdi>ada</bdi></a>"),
        "{administrators}"
    );
    assert!(administrators.contains("?show=administrators\" aria-current=\"page\">administrator</a>"));
    let moderators = clerk.page(&app, "/console/users?show=moderators").await;
    assert!(moderators.contains("No account fits."), "{moderators}");
    clerk.submit(&app, &format!("/console/users/{ada}/role"), &[("role", "MODERATOR")]).await;
    assert!(clerk.page(&app, "/console/users?show=moderators").await.contains("><bdi>ada</bdi></a>"));
    assert!(clerk.page(&app, "/console/users?show=inactive").await.contains("No account fits."));
}

#[tokio::test]
async fn accounts_are_found_by_the_beginning_of_their_address_in_the_trash_too() {
    let (app, clerk, ada) = staffed().await;
    for number in 0..26 {
        member(&app, &format!("m{number:02}")).await;
    }
    clerk.submit(&app, &format!("/console/users/{ada}/trash"), &[]).await;
    let found = clerk.page(&app, "/console/users?q=ADA%40ex").await;
    assert!(found.contains("<h2 id=\"addresses\">Addresses that begin so</h2>"), "{found}");
    assert!(found.contains("><bdi>ada</bdi></a> (in the trash)</th>"), "{found}");
    assert!(link(&found, "next").is_none(), "{found}");

    let some = clerk.page(&app, "/console/users?q=m").await;
    let more = link(&some, "next").unwrap();
    assert_eq!(more, "/console/users?q=m&by=address");
    let first = clerk.page(&app, &more).await;
    assert_eq!(first.matches("<th scope=\"row\">").count(), 25, "{first}");
    assert!(!first.contains("id=\"names\""), "{first}");
    let second = clerk.page(&app, &link(&first, "next").unwrap()).await;
    assert_eq!(second.matches("<th scope=\"row\">").count(), 1, "{second}");
    assert!(second.contains("><bdi>m25</bdi></a>") && link(&second, "next").is_none(), "{second}");
}

#[tokio::test]
async fn the_trail_is_filtered_and_goes_on_without_a_gap() {
    let (app, clerk, ada) = staffed().await;
    let path = format!("/console/users/{ada}/role");
    for number in 0..30 {
        let role = if number % 2 == 0 { "MODERATOR" } else { "USER" };
        clerk.submit(&app, &path, &[("role", role)]).await;
        app.clock.advance(std::time::Duration::from_millis(1));
    }
    let query = "/console/audit?account=ada&action=role_changed&since=2026-01-02";
    let first = clerk.page(&app, query).await;
    assert_eq!(first.matches(">role_changed</th>").count(), 25, "{first}");
    assert!(first.contains("<option selected>role_changed</option>"), "{first}");
    let older = first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = clerk.page(&app, &older.replace("&#38;", "&").replace("&amp;", "&")).await;
    assert_eq!(second.matches(">role_changed</th>").count(), 5, "{second}");
    assert!(!second.contains("rel=\"next\""), "{second}");
    let none = clerk.page(&app, "/console/audit?since=2026-01-03").await;
    assert!(none.contains("No event fits."), "{none}");
}

#[tokio::test]
async fn a_filter_that_names_nothing_says_so_beside_its_field() {
    let (app, clerk, _) = staffed().await;
    for (query, field, words) in [
        ("account=nobody", "account-fault", "There is no such account."),
        ("since=yesterday", "since-fault", "This is no day."),
    ] {
        let answer = clerk.get(&app, &format!("/console/audit?{query}")).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        assert!(answer.body.contains(&format!("aria-describedby=\"{field}\"")), "{answer:?}");
        assert!(answer.body.contains(&format!("id=\"{field}\">{words}")), "{answer:?}");
    }
    for query in [
        "since=-5000-01-01",
        "since=9999-12-31",
        "action=x",
        "after=x",
        "after=-999999999999999999999.0",
        "since=",
        "account=%00",
    ] {
        let answer = clerk.get(&app, &format!("/console/audit?{query}")).await;
        assert_eq!(answer.status, 200, "{query}: {answer:?}");
    }
}

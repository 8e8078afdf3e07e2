//! Holds the server to the table.

use vestibule_domain::accounts::{Account, Role};
use vestibule_tests::Answer;

use super::cast::{Caller, House, Tokens};
use super::request::{NONE, Scene, send};
use super::row::{Before, Credential, Row, rows};

/// Which doors are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Posture {
    /// All.
    Documented,
    /// None.
    Hardened,
}

/// Which token is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// That for the use.
    Due,
    /// The refresh token where access is asked for, and the other way round.
    OtherUse,
}

/// Asks every endpoint of a surface for every caller with tokens that these surfaces issued, and fails with a list of
/// all answers that are not those of the table.
pub(super) async fn judge(surface: &'static str, issuers: &[&'static str], posture: Posture, kind: Kind) {
    let are_doors_open = posture == Posture::Documented;
    let house = House::new(if are_doors_open { "documented" } else { "hardened" }).await;
    let mut wrong = Vec::new();
    for row in rows(surface) {
        for issuer in issuers.iter().filter(|issuer| is_of_interest(&row, surface, issuer, kind)) {
            for caller in Caller::ALL {
                let expected = expected(&row, caller, surface == *issuer, are_doors_open, kind);
                let Asked { answer, complaint } = ask(&house, &row, surface, issuer, caller, kind).await;
                let name = row.name(surface);
                if answer.status != expected {
                    let Answer { status, body, .. } = &answer;
                    wrong
                        .push(format!("{name} for {caller:?} by {issuer}: {status}, not {expected}: {body}"));
                }
                wrong.extend(complaint.map(|words| format!("{name} for {caller:?} by {issuer}: {words}")));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Whether tokens of an issuer make a difference.
fn is_of_interest(row: &Row, surface: &str, issuer: &str, kind: Kind) -> bool {
    match (kind, row.credential) {
        (Kind::Due, Credential::Access) => true,
        (Kind::Due, Credential::Nothing | Credential::Password) => surface == issuer,
        // Points has no refresh tokens.
        (_, Credential::RefreshInHeader | Credential::RefreshInBody)
        | (Kind::OtherUse, Credential::Access) => {
            issuer != "points" || kind == Kind::OtherUse && row.credential != Credential::Access
        }
        (Kind::OtherUse, Credential::Nothing | Credential::Password) => false,
    }
}

fn expected(row: &Row, caller: Caller, is_own: bool, are_doors_open: bool, kind: Kind) -> u16 {
    let is_refresh = matches!(row.credential, Credential::RefreshInHeader | Credential::RefreshInBody);
    let due = row.expected(caller, are_doors_open);
    match kind {
        _ if caller == Caller::Anonymous => due,
        Kind::OtherUse => row.other_use,
        // As if it had ended.
        Kind::Due if is_refresh && !is_own => row.expected(Caller::Trashed, are_doors_open),
        Kind::Due => due,
    }
}

struct Asked {
    answer: Answer,
    /// What is wrong beside the status.
    complaint: Option<&'static str>,
}

async fn ask(house: &House, row: &Row, surface: &str, issuer: &str, caller: Caller, kind: Kind) -> Asked {
    let owner = house.account(Role::User).await;
    let mut scene = Scene::new(house, surface, owner).await;
    let who = house.account_of(caller, &scene.owner).await;
    let tokens = prepared(house, &mut scene, issuer, caller, who.as_ref(), kind).await;
    match row.before {
        Before::Nothing => {}
        Before::Trashed => house.trash(&scene.owner).await,
        Before::Waiting => {
            house.waiting().await.details.mobile.unwrap().as_str().clone_into(&mut scene.waiting);
        }
    }
    let before = stored(house, &scene).await;
    let answer = send(house, row, &scene, tokens.as_ref(), surface == issuer && surface == "points").await;
    let is_refused = answer.status >= 400;
    let complaint = if is_refused && stored(house, &scene).await != before {
        Some("the account was changed all the same")
    } else if caller != Caller::Owner && answer.body.contains(&scene.contact_name) {
        Some("the contact of another was shown")
    } else if is_refused
        && row.credential != Credential::Nothing
        && answer.body.contains(&scene.owner_email())
    {
        Some("the refusal tells the address of another")
    } else {
        None
    };
    Asked { answer, complaint }
}

/// Signs the caller in, and then does to him what he is known for.
async fn prepared(
    house: &House,
    scene: &mut Scene,
    issuer: &str,
    caller: Caller,
    who: Option<&Account>,
    kind: Kind,
) -> Option<Tokens> {
    let who = who?;
    let mut tokens = house.sign_in(issuer, who).await;
    if kind == Kind::OtherUse {
        std::mem::swap(&mut tokens.access, &mut tokens.refresh);
    }
    house.change(caller, who).await;
    let name = who.details.username.as_ref().unwrap().as_str().to_owned();
    scene.caller = [who.details.email.as_ref().unwrap().to_string(), name];
    scene.refresh = if tokens.refresh.is_empty() { NONE.to_owned() } else { tokens.refresh.clone() };
    Some(tokens)
}

async fn stored(house: &House, scene: &Scene) -> Option<Account> {
    house.app.deps.store.repositories().accounts().by_id(scene.owner.id).await.unwrap()
}

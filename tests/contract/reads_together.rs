//! Reads by keys that are asked for at the same time on a thread, which go to PostgreSQL together.

use std::sync::Arc;
use std::time::Duration;

use futures::future::{join_all, maybe_done, poll_immediate};
use tokio::runtime::Handle;
use tokio::time::timeout;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::accounts::{AccountId, AccountUuid, Role};
use vestibule_domain::page::{PageLimit, PageRequest};
use vestibule_domain::store::StoreError;
use vestibule_infrastructure::db::SeaStore;
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::{contract, statements};

use crate::contacts::given::{add as add_contact, facts};
use crate::given::{
    NOBODY, NOW, Stored, account, add_account, add_refresh_token, id, refresh_token, session, signed_in,
};
use crate::own_connections::{EACH, in_a_thread, store, units_of_its_own};
use crate::servers::cut;

contract!(database on [postgres]: [
    accounts_that_are_read_together_are_each_their_own,
    pages_that_are_read_together_are_each_their_own,
    pages_far_behind_that_are_read_together_are_each_their_own,
    refresh_tokens_that_are_read_together_are_each_their_own,
    those_who_wait_are_answered_by_few_statements,
    who_hangs_up_takes_nothing_from_others,
    who_asks_after_a_change_sees_it,
    reads_go_on_where_all_of_its_own_are_in_use,
    reads_are_answered_after_connections_were_cut,
    reads_end_with_an_error_where_there_is_no_connection,
    within_a_unit_of_work_its_own_changes_are_read,
]);

/// So many at the same time: more than one statement takes.
const MANY: i64 = 150;

/// Runs a task in a thread that has its own connections to a database with our schema.
async fn with_its_own<F: Future<Output = ()>>(
    database: &EmptyDatabase,
    task: impl FnOnce(SeaStore, Stored, Handle) -> F + Send + 'static,
) {
    let store = store(database).await;
    in_a_thread(async move |others| {
        let _own = store.own_connections();
        task(store.clone(), Arc::new(store.clone()), others).await;
    })
    .await;
}

async fn by_id(store: &Stored, id: AccountId) -> Result<Option<AccountId>, StoreError> {
    Ok(store.repositories().accounts().by_id(id).await?.map(|account| account.id))
}

async fn accounts(store: &Stored, count: i64) -> Vec<AccountId> {
    let mut ids = Vec::new();
    for number in 0..count {
        ids.push(add_account(store, &format!("{number}@example.com")).await);
    }
    ids
}

async fn accounts_that_are_read_together_are_each_their_own(database: EmptyDatabase) {
    with_its_own(&database, async |_, store, _| {
        let known = accounts(&store, MANY).await;
        let asked = known.iter().flat_map(|id| [*id, NOBODY]);
        let found = join_all(asked.map(|id| by_id(&store, id))).await;
        for (pair, id) in found.chunks(2).zip(&known) {
            let [Ok(one), Ok(nobody)] = pair else { panic!("{pair:?}") };
            assert_eq!((*one, *nobody), (Some(*id), None));
        }
        let uuids = (0..MANY).map(|number| AccountUuid(id(&format!("{number}@example.com"))));
        let read = async |uuid| {
            let mut repositories = store.repositories();
            let account = repositories.accounts().by_uuid(uuid).await.unwrap();
            let entry = repositories.directory().view(uuid).await.unwrap();
            (account.map(|account| account.id), entry.map(|entry| entry.id))
        };
        let found = join_all(uuids.chain([AccountUuid(id("nobody"))]).map(read)).await;
        let both = |id: &AccountId| (Some(*id), Some(*id));
        assert_eq!(found, known.iter().map(both).chain([(None, None)]).collect::<Vec<_>>());
    })
    .await;
}

async fn pages_that_are_read_together_are_each_their_own(database: EmptyDatabase) {
    with_its_own(&database, async |_, store, _| {
        let owners = accounts(&store, 6).await;
        let mut books = Vec::new();
        for (owner, size) in owners.iter().zip(0_u64..) {
            let mut book = Vec::new();
            for number in 0..size {
                book.push(add_contact(&store, *owner, &format!("Somebody {number}")).await);
            }
            books.push(book);
        }
        let pages = [(0, 20), (0, 2), (1, 2), (3, 100), (100, 20), (0, 0)];
        let asked =
            books.iter().zip(&owners).flat_map(|(book, owner)| pages.map(|page| (book, *owner, page)));
        let read = async |(book, owner, (offset, limit)): (&Vec<_>, _, (u64, u16))| {
            let page = PageRequest { offset, limit: PageLimit::new(limit) };
            let found = store.repositories().contacts().list(owner, page).await.unwrap();
            let shown = book.iter().skip(usize::try_from(offset).unwrap()).take(limit.into()).copied();
            assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), shown.collect::<Vec<_>>());
            assert!(found.iter().all(|contact| contact.owner == owner));
        };
        join_all(asked.map(read)).await;
    })
    .await;
}

fn imported(name: &str) -> ImportedContact {
    ImportedContact { facts: facts(name), avatar: None }
}

async fn pages_far_behind_that_are_read_together_are_each_their_own(database: EmptyDatabase) {
    with_its_own(&database, async |_, store, _| {
        let owners = accounts(&store, 3).await;
        for owner in &owners {
            let contacts: Vec<_> = (0..1_100).map(|number| imported(&format!("Somebody {number}"))).collect();
            store.repositories().contacts().insert_all(*owner, &contacts).await.unwrap();
        }
        let read = async |(owner, offset, limit)| {
            let page = PageRequest { offset, limit: PageLimit::new(limit) };
            let found = store.repositories().contacts().list(owner, page).await.unwrap();
            assert!(found.iter().all(|contact| contact.owner == owner));
            let names = found.into_iter().map(|contact| contact.facts.fullname.as_str().to_owned());
            let shown = (offset..1_100).take(limit.into()).map(|number| format!("Somebody {number}"));
            assert_eq!(names.collect::<Vec<_>>(), shown.collect::<Vec<_>>());
        };
        let pages = [(1_001, 20), (1_050, 3), (1_090, 100), (1_100, 20), (u64::MAX, 20), (1_050, 0)];
        join_all(
            owners.into_iter().flat_map(|owner| pages.map(|(offset, limit)| read((owner, offset, limit)))),
        )
        .await;
    })
    .await;
}

async fn refresh_tokens_that_are_read_together_are_each_their_own(database: EmptyDatabase) {
    with_its_own(&database, async |_, store, _| {
        let (account, _) = signed_in(&store, "ada@example.com").await;
        let mut tokens = Vec::new();
        for number in 0..20 {
            let session = session(account, &format!("session {number}"));
            store.repositories().sessions().insert(&session).await.unwrap();
            let token = refresh_token(account, session.id, &format!("token {number}"));
            add_refresh_token(&store, &token).await;
            tokens.push(token);
        }
        let read = async |token: &_| store.repositories().refresh_tokens().by_digest(token).await.unwrap();
        let digests: Vec<_> = tokens.iter().map(|token| token.digest).collect();
        let found = join_all(digests.iter().map(read)).await;
        assert_eq!(found, tokens.into_iter().map(Some).collect::<Vec<_>>());
    })
    .await;
}

async fn those_who_wait_are_answered_by_few_statements(database: EmptyDatabase) {
    with_its_own(&database, async |_, store, _| {
        let ids = accounts(&store, 40).await;
        // A statement for several belongs to none of them, and is not counted here.
        let (found, alone) = statements(join_all(ids.iter().map(|id| by_id(&store, *id)))).await;
        assert!(found.iter().all(|found| matches!(found, Ok(Some(_)))), "{found:?}");
        // The first one, and whoever lost patience.
        assert!((1..20).contains(&alone.len()), "{}", alone.len());
        // Who comes alone does not wait for others.
        let (_, alone) = statements(by_id(&store, ids[0])).await;
        assert_eq!(alone.len(), 1);
    })
    .await;
}

async fn who_hangs_up_takes_nothing_from_others(database: EmptyDatabase) {
    with_its_own(&database, async |_, store, _| {
        let ids = accounts(&store, 40).await;
        for hung_up in [0..1, 0..20, 1..2, 30..40, 0..39] {
            let mut reads: Vec<_> = ids.iter().map(|id| Box::pin(maybe_done(by_id(&store, *id)))).collect();
            for read in &mut reads {
                // The first may be answered at once.
                let _ = poll_immediate(read).await;
            }
            drop(reads.drain(hung_up.clone()));
            let rest = ids.iter().enumerate().filter(|(place, _)| !hung_up.contains(place));
            for ((_, id), mut read) in rest.zip(reads) {
                read.as_mut().await;
                assert_eq!(read.as_mut().take_output().unwrap().unwrap(), Some(*id));
            }
        }
        assert_eq!(by_id(&store, ids[0]).await.unwrap(), Some(ids[0]));
    })
    .await;
}

async fn who_asks_after_a_change_sees_it(database: EmptyDatabase) {
    with_its_own(&database, async |_, store, others| {
        let ids = accounts(&store, 10).await;
        let changed = ids[0];
        for round in 0..200 {
            let role = if round % 2 == 0 { Role::Admin } else { Role::User };
            let noise = join_all(ids.iter().map(|id| by_id(&store, *id)));
            let theirs = store.clone();
            let change = others
                .spawn(async move { theirs.repositories().accounts().set_role(changed, role, NOW).await });
            let reads = async {
                assert!(change.await.unwrap().unwrap());
                let read = async || store.repositories().accounts().by_id(changed).await.unwrap().unwrap();
                for account in join_all((0..5).map(|_| read())).await {
                    assert_eq!(account.details.role, role);
                }
            };
            futures::join!(noise, reads);
        }
    })
    .await;
}

async fn reads_go_on_where_all_of_its_own_are_in_use(database: EmptyDatabase) {
    with_its_own(&database, async |store, stored, others| {
        let ids = accounts(&stored, 40).await;
        let [held, rest] = units_of_its_own(&store, &others).await;
        assert_eq!(held.len(), EACH);
        drop(rest);
        let found = join_all(ids.iter().map(|id| by_id(&stored, *id))).await;
        assert!(found.into_iter().zip(ids).all(|(found, id)| found.unwrap() == Some(id)));
        drop(held);
    })
    .await;
}

async fn reads_are_answered_after_connections_were_cut(database: EmptyDatabase) {
    let database = Arc::new(database);
    with_its_own(&database.clone(), async move |_, store, _| {
        let ids = accounts(&store, 40).await;
        for _ in 0..10 {
            let reads = join_all(ids.iter().map(|id| by_id(&store, *id)));
            let (found, ()) = futures::join!(reads, cut(&database));
            for (found, id) in found.into_iter().zip(&ids) {
                match found {
                    Ok(found) => assert_eq!(found, Some(*id)),
                    Err(StoreError::Unavailable(_)) => {}
                    Err(error) => panic!("{error:?}"),
                }
            }
        }
        let again = async { while by_id(&store, ids[0]).await.is_err() {} };
        timeout(Duration::from_secs(10), again).await.unwrap();
        let found = join_all(ids.iter().map(|id| by_id(&store, *id))).await;
        assert!(found.into_iter().all(|found| found.is_ok()));
    })
    .await;
}

async fn reads_end_with_an_error_where_there_is_no_connection(database: EmptyDatabase) {
    with_its_own(&database, async |store, stored, others| {
        let ids = accounts(&stored, 10).await;
        let held = units_of_its_own(&store, &others).await;
        for found in join_all(ids.iter().map(|id| by_id(&stored, *id))).await {
            assert!(matches!(found, Err(StoreError::Unavailable(_))), "{found:?}");
        }
        drop(held);
        assert_eq!(by_id(&stored, ids[0]).await.unwrap(), Some(ids[0]));
    })
    .await;
}

async fn within_a_unit_of_work_its_own_changes_are_read(database: EmptyDatabase) {
    with_its_own(&database, async |_, store, _| {
        let ids = accounts(&store, 10).await;
        let mut unit = store.begin().await.unwrap();
        let new = unit.accounts().insert(&account("new@example.com")).await.unwrap();
        let noise = join_all(ids.iter().chain([&new]).map(|id| by_id(&store, *id)));
        let (found, own) = futures::join!(noise, unit.accounts().by_id(new));
        assert_eq!(own.unwrap().map(|account| account.id), Some(new));
        assert_eq!(found.into_iter().next_back().unwrap().unwrap(), None, "it is not committed");
        unit.commit().await.unwrap();
        assert_eq!(by_id(&store, new).await.unwrap(), Some(new));
    })
    .await;
}

//! Pages of an address book.

use vestibule_tests::contract;

use super::given::{add, owner, page};
use crate::given::Stored;

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    any_part_is_that_part_of_the_whole_in_order_of_ids,
    an_offset_beyond_counting_is_past_the_end,
]);

async fn any_part_is_that_part_of_the_whole_in_order_of_ids(store: Stored) {
    let owner = owner(&store).await;
    let mut whole = Vec::new();
    for name in ["c", "a", "d", "b", "e"] {
        whole.push(add(&store, owner, name).await);
    }
    for offset in 0..7 {
        for limit in [0, 1, 2, 5, 100] {
            let expected: Vec<_> = whole.iter().skip(offset).take(limit.into()).copied().collect();
            assert_eq!(page(&store, owner, offset as u64, limit).await, expected, "{offset}, {limit}");
        }
    }
}

async fn an_offset_beyond_counting_is_past_the_end(store: Stored) {
    let owner = owner(&store).await;
    add(&store, owner, "Bob").await;
    for offset in [1, i64::MAX.unsigned_abs(), u64::MAX] {
        assert_eq!(page(&store, owner, offset, 100).await, []);
    }
}

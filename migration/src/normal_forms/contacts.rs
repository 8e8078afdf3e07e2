//! What address books are searched by.

use std::collections::BTreeMap;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::QueryResult;

use super::rule::{Letter, Rule, pack};

const TABLE: &str = "contacts";
const TRIGRAMS: &str = "contact_trigrams";
/// How many contacts are read at once.
const PART: u64 = 5_000;

/// Makes the folded texts of contacts anew, and their three characters in a row.
pub(crate) async fn make_anew(manager: &SchemaManager<'_>, after: Rule) -> Result<(), DbErr> {
    let mut last = i64::MIN;
    loop {
        let some = Query::select()
            .columns(["id", "user_id", "fullname", "email", "fullname_folded", "email_folded"])
            .from(TABLE)
            .and_where(Expr::col("id").gt(last))
            .order_by("id", Order::Asc)
            .limit(PART)
            .to_owned();
        let rows = manager.get_connection().query_all(&some).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            let contact = Contact::read(&row)?;
            last = contact.id;
            if !contact.is_ascii() {
                contact.make_anew(manager, after).await?;
            }
        }
    }
}

struct Contact {
    id: i64,
    owner: i64,
    name: String,
    email: Option<String>,
    name_folded: String,
    email_folded: Option<String>,
}

impl Contact {
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        Ok(Self {
            id: row.try_get_by_index(0)?,
            owner: row.try_get_by_index(1)?,
            name: row.try_get_by_index(2)?,
            email: row.try_get_by_index(3)?,
            name_folded: row.try_get_by_index(4)?,
            email_folded: row.try_get_by_index(5)?,
        })
    }

    fn is_ascii(&self) -> bool {
        self.name.is_ascii() && self.email.as_ref().is_none_or(|email| email.is_ascii())
    }

    async fn make_anew(&self, manager: &SchemaManager<'_>, after: Rule) -> Result<(), DbErr> {
        let email = self.email.as_deref();
        let (name_folded, email_folded) = (after.folded(&self.name), email.map(|email| after.folded(email)));
        let forms = (after.other_form(&self.name), email.and_then(|email| after.other_form(email)));
        let is_same = name_folded == self.name_folded && email_folded == self.email_folded;
        if is_same && forms == (None, None) {
            return Ok(());
        }
        let plain = |text: &str| text.chars().map(|letter| (letter, false)).collect::<Vec<Letter>>();
        let old =
            trigrams(&plain(&self.name_folded), &plain(self.email_folded.as_deref().unwrap_or_default()));
        let new = trigrams(&after.letters(&self.name), &after.letters(email.unwrap_or_default()));
        let gone: Vec<i64> = old.into_keys().filter(|trigram| !new.contains_key(trigram)).collect();
        let mut delete = Query::delete();
        delete.from_table(TRIGRAMS).and_where(Expr::col("user_id").eq(self.owner));
        delete.and_where(Expr::col("trigram").is_in(gone)).and_where(Expr::col("contact_id").eq(self.id));
        manager.execute(delete).await?;
        self.add(manager, new).await?;
        let mut update = Query::update();
        update.table(TABLE);
        update.value("fullname_folded", name_folded).value("email_folded", email_folded);
        if after == Rule::Normal {
            update.value("fullname_nfc", forms.0).value("email_nfc", forms.1);
        }
        // Last, so that a run that is cut off does it all again; and only if nobody changed it meanwhile.
        update.and_where(Expr::col("id").eq(self.id)).and_where(Expr::col("fullname").eq(&*self.name));
        update.and_where(match email {
            Some(email) => Expr::col("email").eq(email),
            None => Expr::col("email").is_null(),
        });
        manager.execute(update).await
    }

    async fn add(&self, manager: &SchemaManager<'_>, trigrams: BTreeMap<i64, i16>) -> Result<(), DbErr> {
        if trigrams.is_empty() {
            return Ok(());
        }
        let mut insert = Query::insert();
        insert.into_table(TRIGRAMS).columns(["user_id", "trigram", "contact_id", "cases"]);
        for (trigram, cases) in trigrams {
            insert.values_panic([self.owner.into(), trigram.into(), self.id.into(), cases.into()]);
        }
        let key = ["user_id", "trigram", "contact_id"];
        insert.on_conflict(OnConflict::columns(key).update_column("cases").to_owned());
        manager.execute(insert).await
    }
}

/// Each three characters in a row, with the letter cases in which the contact has them. Those of addresses are negative.
fn trigrams(name: &[Letter], email: &[Letter]) -> BTreeMap<i64, i16> {
    let mut all = BTreeMap::new();
    for (letters, sign) in [(name, 0), (email, i64::MIN)] {
        for place in 0..letters.len() {
            let at = |offset: usize| letters.get(place + offset).copied().unwrap_or_default();
            let three = [at(0), at(1), at(2)];
            let case = three.iter().fold(0, |case, (_, changed)| case << 1 | u32::from(*changed));
            *all.entry(pack(three.map(|(letter, _)| letter)) | sign).or_default() |= 1 << case;
        }
    }
    all
}

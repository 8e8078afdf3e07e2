//! Profiles.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query, Value};
use vestibule_domain::accounts::{AccountId, Gender, Profile, ProfileRepository};
use vestibule_domain::media::ObjectKey;
use vestibule_domain::store::StoreError;

use super::errors::store_error;
use super::pool::Statements as _;
use super::scope::{Handle, SeaScope};

pub(super) const TABLE: &str = "user_profiles";

/// The profile of a row.
pub(super) fn profile(picture: Option<String>, gender: Option<String>) -> Profile {
    let of_text =
        |text: String| [Gender::Man, Gender::Woman].into_iter().find(|gender| stored_gender(*gender) == text);
    Profile { picture: picture.and_then(|key| ObjectKey::parse(&key).ok()), gender: gender.and_then(of_text) }
}

/// How a gender is stored.
pub(super) fn stored_gender(gender: Gender) -> &'static str {
    match gender {
        Gender::Man => "MAN",
        Gender::Woman => "WOMAN",
    }
}

#[async_trait]
impl<H: Handle> ProfileRepository for SeaScope<H> {
    async fn of(&mut self, account: AccountId) -> Result<Profile, StoreError> {
        let find = Query::select()
            .columns(["avatar", "gender"])
            .from(TABLE)
            .and_where(Expr::col("user_id").eq(account.0))
            .to_owned();
        let row = self.reads().first::<(Option<String>, Option<String>)>(&find).await.map_err(store_error)?;
        Ok(row.map(|(picture, gender)| profile(picture, gender)).unwrap_or_default())
    }

    async fn set_picture(&mut self, account: AccountId, picture: ObjectKey) -> Result<(), StoreError> {
        self.put_profile(account, "avatar", picture.to_string().into()).await
    }

    async fn set_gender(&mut self, account: AccountId, gender: Option<Gender>) -> Result<(), StoreError> {
        self.put_profile(account, "gender", gender.map(stored_gender).into()).await
    }
}

impl<H: Handle> SeaScope<H> {
    /// Writes one column, in a new row if there is none.
    async fn put_profile(
        &mut self,
        account: AccountId,
        column: &'static str,
        value: Value,
    ) -> Result<(), StoreError> {
        let mut insert = Query::insert();
        insert.into_table(TABLE).columns(["user_id", column]);
        insert.values_panic([account.0.into(), value.into()]);
        insert.on_conflict(OnConflict::column("user_id").update_column(column).to_owned());
        self.writes().execute(&insert).await.map_err(store_error)?;
        Ok(())
    }
}

//! Accounts.

use std::collections::BTreeSet;

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, Query};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, UpdateMany,
};
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::{
    Account, AccountDetails, AccountEdit, AccountId, AccountRepository, AccountUuid, EmailAddress,
    ListedAccount, MobileNumber, PasswordHash, PurgedAccounts, Role, Username,
};
use vestibule_domain::page::{Page, PageRequest};
use vestibule_domain::store::StoreError;

use super::super::directory::{self, Change, Named};
use super::super::entities::users::{ActiveModel, Column, Entity, Model};
use super::super::entities::{Utc, groups, points_entries};
use super::super::errors::store_error;
use super::super::expiry::at_most;
use super::super::parts::parts;
use super::super::pool::Statements as _;
use super::super::scope::{Handle, SeaScope};
use super::super::sent_messages;
use super::{by_key, list};

#[async_trait]
impl<H: Handle> AccountRepository for SeaScope<H> {
    async fn insert(&mut self, account: &AccountDetails) -> Result<AccountId, StoreError> {
        let together = self.together().await?;
        let insert = Entity::insert(ActiveModel::from(account));
        let id = AccountId(together.insert(insert).await.map_err(store_error)?);
        if account.points != 0 {
            let opening = points_entries::ActiveModel::opening(id, account.points, account.created_at);
            let entry = points_entries::Entity::insert(opening);
            together.run(entry).await.map_err(store_error)?;
        }
        if account.deleted_at.is_none() {
            directory::list_new(&together, &Vec::from_iter(named(id, account))).await?;
            directory::count(&together, [id], LISTED).await?;
        }
        together.commit().await.map_err(store_error)?;
        Ok(id)
    }

    async fn by_id(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        by_key::with_id(self.reads(), id).await
    }

    async fn lock(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        // SQLite has no row locks and needs none: a unit of work there is the only writer.
        self.find_one(Entity::find_by_id(id.0).lock_exclusive()).await
    }

    async fn lock_all(&mut self, ids: &[AccountId]) -> Result<Vec<Account>, StoreError> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect::<BTreeSet<_>>().into_iter().collect();
        let mut locked = Vec::new();
        for part in parts(&ids) {
            let find = Entity::find()
                .filter(Column::Id.is_in(part.iter().copied()))
                .order_by_asc(Column::Id)
                .lock_exclusive();
            let rows = self.reads().all(find).await.map_err(store_error)?;
            for row in rows {
                locked.push(Account::try_from(row)?);
            }
        }
        Ok(locked)
    }

    async fn ids_of(&mut self, uuids: &[AccountUuid]) -> Result<Vec<(AccountUuid, AccountId)>, StoreError> {
        let mut found = Vec::new();
        for part in parts(uuids) {
            let find = Entity::find()
                .select_only()
                .columns([Column::Uuid, Column::Id])
                .filter(Column::Uuid.is_in(part.iter().map(|uuid| uuid.0)));
            let rows = self.reads().rows::<(Uuid, i64)>(find.as_query()).await.map_err(store_error)?;
            found.extend(rows.into_iter().map(|(uuid, id)| (AccountUuid(uuid), AccountId(id))));
        }
        Ok(found)
    }

    async fn has_other_admin(&mut self, than: &[AccountId]) -> Result<bool, StoreError> {
        let group = groups::group_id(Role::Admin);
        // Whoever takes an administrator away waits for this row, so that there is one after the other.
        let turn = Query::select()
            .column("id")
            .from("user_groups")
            .and_where(Expr::col("id").eq(group))
            .lock(LockType::Update)
            .to_owned();
        self.reads().first::<(i64,)>(&turn).await.map_err(store_error)?;
        let find = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::GroupId.eq(group))
            .filter(Column::IsActive.eq(true))
            .filter(Column::DeletedAt.is_null())
            // One more than may not be it.
            .limit(than.len() as u64 + 1);
        let admins = self.reads().rows::<(i64,)>(find.as_query()).await.map_err(store_error)?;
        Ok(admins.into_iter().any(|(id,)| !than.contains(&AccountId(id))))
    }

    async fn taken_names(&mut self, names: &[Username]) -> Result<Vec<Username>, StoreError> {
        let mut taken = Vec::new();
        for part in parts(names) {
            let find = Entity::find()
                .select_only()
                .column(Column::UsernameFolded)
                .filter(Column::UsernameFolded.is_in(part.iter().map(Username::folded)));
            let rows = self.reads().rows::<(String,)>(find.as_query()).await.map_err(store_error)?;
            let rows: BTreeSet<String> = rows.into_iter().map(|(name,)| name).collect();
            taken.extend(part.iter().filter(|name| rows.contains(&name.folded())).cloned());
        }
        Ok(taken)
    }

    async fn edit(&mut self, id: AccountId, edit: &AccountEdit) -> Result<bool, StoreError> {
        let together = self.together().await?;
        let row = together.one(Entity::find_by_id(id.0).lock_exclusive()).await.map_err(store_error)?;
        let Some(before) = row.map(Account::try_from).transpose()? else {
            together.commit().await.map_err(store_error)?;
            return Ok(false);
        };
        let mut update = of(id)
            .col_expr(Column::UpdatedBy, Expr::val(edit.updated_by.map(|by| by.0)))
            .col_expr(Column::UpdatedAt, Expr::val(Utc::from(edit.updated_at)));
        if let Some(email) = &edit.email {
            update = update.col_expr(Column::Email, Expr::val(email.as_str()));
        }
        if edit.clears_email {
            update = update.col_expr(Column::Email, Expr::val(None::<String>));
        }
        if let Some(mobile) = &edit.mobile {
            update = update.col_expr(Column::Mobile, Expr::val(mobile.as_str()));
        }
        // An account whose normal form another one has, from a release that compared names as they were typed, keeps
        // the name that it has.
        let new_name = edit.username.as_ref().filter(|name| before.details.username.as_ref() != Some(name));
        if let Some(username) = new_name {
            update = update
                .col_expr(Column::Username, Expr::val(username.as_str()))
                .col_expr(Column::UsernameFolded, Expr::val(username.folded()));
        }
        together.run(update).await.map_err(store_error)?;
        if new_name.is_some() && before.details.deleted_at.is_none() {
            let after = AccountDetails { username: new_name.cloned(), ..before.details.clone() };
            directory::unlist(&together, &Vec::from_iter(named(id, &before.details))).await?;
            directory::list(&together, &Vec::from_iter(named(id, &after))).await?;
        }
        together.commit().await.map_err(store_error)?;
        Ok(true)
    }

    async fn by_email(&mut self, email: &EmailAddress) -> Result<Option<Account>, StoreError> {
        self.find_by(Column::Email.eq(email.as_str())).await
    }

    async fn by_uuid(&mut self, uuid: AccountUuid) -> Result<Option<Account>, StoreError> {
        by_key::with_uuid(self.reads(), uuid).await
    }

    async fn by_username(&mut self, username: &Username) -> Result<Option<Account>, StoreError> {
        let forms = username.folded_forms();
        if let [only] = forms.as_slice() {
            return self.find_by(Column::UsernameFolded.eq(only.as_str())).await;
        }
        let any = Column::UsernameFolded.is_in(forms.iter().map(String::as_str));
        let rows = self.reads().all(Entity::find().filter(any)).await.map_err(store_error)?;
        // The most fitting first.
        let place = |row: &Model| forms.iter().position(|form| row.username_folded.as_ref() == Some(form));
        rows.into_iter().min_by_key(place).map(Account::try_from).transpose()
    }

    async fn by_mobile(&mut self, mobile: &MobileNumber) -> Result<Option<Account>, StoreError> {
        self.find_by(Column::Mobile.eq(mobile.as_str())).await
    }

    async fn listed_after(&mut self, after: AccountId, limit: u64) -> Result<Vec<ListedAccount>, StoreError> {
        list::after(self.reads(), after, limit).await
    }

    async fn listed(
        &mut self,
        name_part: Option<&str>,
        page: PageRequest,
    ) -> Result<Page<ListedAccount>, StoreError> {
        list::page(self.reads(), name_part, page).await
    }

    async fn let_in(&mut self, id: AccountId, at: OffsetDateTime) -> Result<bool, StoreError> {
        let update = waiting(id)
            .col_expr(Column::IsActive, Expr::val(true))
            .col_expr(Column::ActivatedAt, Expr::val(Utc::from(at)))
            .col_expr(Column::UpdatedAt, Expr::val(Utc::from(at)));
        self.update(update).await
    }

    async fn activate(&mut self, id: AccountId, at: OffsetDateTime) -> Result<bool, StoreError> {
        self.update(activation(id, at)).await
    }

    async fn activate_as(
        &mut self,
        id: AccountId,
        hash: &PasswordHash,
        display_name: Option<&str>,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let update = activation(id, at)
            .col_expr(Column::HashedPassword, Expr::val(hash.as_str()))
            .col_expr(Column::DisplayName, Expr::val(display_name));
        self.update(update).await
    }

    async fn deactivate(&mut self, id: AccountId, at: OffsetDateTime) -> Result<bool, StoreError> {
        let update = of(id)
            .col_expr(Column::IsActive, Expr::val(false))
            .col_expr(Column::UpdatedAt, Expr::val(Utc::from(at)))
            .filter(Column::IsActive.eq(true));
        self.update(update).await
    }

    async fn readmit(&mut self, id: AccountId, at: OffsetDateTime) -> Result<bool, StoreError> {
        let was_activated = Column::EmailVerifiedAt.is_not_null().or(Column::ActivatedAt.is_not_null());
        let update = of(id)
            .col_expr(Column::IsActive, Expr::val(true))
            .col_expr(Column::UpdatedAt, Expr::val(Utc::from(at)))
            .filter(Column::IsActive.eq(false))
            .filter(Column::DeletedAt.is_null())
            .filter(was_activated);
        self.update(update).await
    }

    async fn set_role(&mut self, id: AccountId, role: Role, at: OffsetDateTime) -> Result<bool, StoreError> {
        let update = of(id)
            .col_expr(Column::GroupId, Expr::val(groups::group_id(role)))
            .col_expr(Column::UpdatedAt, Expr::val(Utc::from(at)));
        self.update(update).await
    }

    async fn set_password(
        &mut self,
        id: AccountId,
        hash: &PasswordHash,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let update = of(id)
            .col_expr(Column::HashedPassword, Expr::val(hash.as_str()))
            .col_expr(Column::UpdatedAt, Expr::val(Utc::from(at)));
        self.update(update).await
    }

    async fn upgrade_hash(
        &mut self,
        id: AccountId,
        old: &PasswordHash,
        new: &PasswordHash,
    ) -> Result<bool, StoreError> {
        let update = of(id)
            .col_expr(Column::HashedPassword, Expr::val(new.as_str()))
            .filter(Column::HashedPassword.eq(old.as_str()));
        self.update(update).await
    }

    async fn purge_never_activated(
        &mut self,
        registered: OffsetDateTime,
        tokens: OffsetDateTime,
        limit: u64,
    ) -> Result<PurgedAccounts, StoreError> {
        let abandoned = never_activated(registered, tokens);
        let together = self.together().await?;
        // Accounts that somebody else has locked are skipped. Once the rows are locked, nobody activates these
        // accounts or mails them, so the second look, which sees everything that is committed, still holds.
        let find = Entity::find()
            .filter(abandoned.clone())
            .order_by_asc(Column::CreatedAt)
            .limit(at_most(limit))
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        let locked = together.all(find).await.map_err(store_error)?;
        if locked.is_empty() {
            // Nothing is half-way: the unit of work, if there is one, goes on.
            together.commit().await.map_err(store_error)?;
            return Ok(PurgedAccounts::default());
        }
        let ids = locked.iter().map(|row| row.id);
        let find =
            Entity::find().select_only().column(Column::Id).filter(Column::Id.is_in(ids)).filter(abandoned);
        let still = together.rows::<(i64,)>(find.as_query()).await.map_err(store_error)?;
        let still: BTreeSet<i64> = still.into_iter().map(|(id,)| id).collect();
        let (mut names, mut addresses) = (Vec::new(), Vec::new());
        for row in locked.into_iter().filter(|row| still.contains(&row.id)) {
            let account = Account::try_from(row)?;
            names.extend(named(account.id, &account.details));
            addresses.extend(account.details.email.map(|email| email.as_str().to_owned()));
            addresses.extend(account.details.mobile.map(|mobile| mobile.as_str().to_owned()));
        }
        let sent_messages = sent_messages::forget_all(&together, &addresses, limit).await?;
        if sent_messages >= limit {
            together.commit().await.map_err(store_error)?;
            return Ok(PurgedAccounts { accounts: 0, sent_messages });
        }
        directory::unlist(&together, &names).await?;
        let gone = still.iter().map(|id| AccountId(*id));
        directory::count(&together, gone, Change { listed: -1, ..Change::default() }).await?;
        let delete = Entity::delete_many().filter(Column::Id.is_in(still));
        // What belongs to them goes with them, by its foreign keys.
        let deleted = together.run(delete).await.map_err(store_error)?;
        together.commit().await.map_err(store_error)?;
        Ok(PurgedAccounts { accounts: deleted.rows_affected, sent_messages })
    }
}

/// One account more in the directory.
const LISTED: Change = Change { listed: 1, trashed: 0 };

fn named(id: AccountId, details: &AccountDetails) -> Option<Named> {
    Named::new(id, details.created_at, details.username.as_ref())
}

/// The condition of accounts that were registered at or before `registered`, were not activated or changed since, and
/// have no token, no registration and no code that is good after `tokens`.
fn never_activated(registered: OffsetDateTime, tokens: OffsetDateTime) -> Condition {
    let good = |table: &'static str| {
        let rows = Query::select()
            .expr(Expr::val(1))
            .from(table)
            .and_where(Expr::col((table, "user_id")).equals((Entity, Column::Id)))
            .and_where(Expr::col((table, "expires_at")).gt(Utc::from(tokens)))
            .to_owned();
        Expr::exists(rows)
    };
    Condition::all()
        .add(Column::IsActive.eq(false))
        .add(Column::EmailVerifiedAt.is_null())
        .add(Column::ActivatedAt.is_null())
        .add(Column::DeletedAt.is_null())
        .add(Column::CreatedAt.lte(Utc::from(registered)))
        .add(Expr::col((Entity, Column::UpdatedAt)).equals((Entity, Column::CreatedAt)))
        .add(good("activation_tokens").not())
        .add(good("pending_registrations").not())
        .add(good("verification_codes").not())
}

/// A change of one account.
fn of(id: AccountId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::Id.eq(id.0))
}

/// The activation of one account by its mail, if the account waits for it.
fn activation(id: AccountId, at: OffsetDateTime) -> UpdateMany<Entity> {
    waiting(id)
        .col_expr(Column::IsActive, Expr::val(true))
        .col_expr(Column::EmailVerifiedAt, Expr::val(Utc::from(at)))
        .col_expr(Column::UpdatedAt, Expr::val(Utc::from(at)))
}

/// A change of one account, if it waits for its activation.
fn waiting(id: AccountId) -> UpdateMany<Entity> {
    of(id)
        .filter(Column::IsActive.eq(false))
        .filter(Column::EmailVerifiedAt.is_null())
        .filter(Column::ActivatedAt.is_null())
        .filter(Column::DeletedAt.is_null())
}

impl<H: Handle> SeaScope<H> {
    /// The one account of which this is true.
    async fn find_by(&self, is_meant: Expr) -> Result<Option<Account>, StoreError> {
        self.find_one(Entity::find().filter(is_meant)).await
    }

    async fn find_one(&self, find: Select<Entity>) -> Result<Option<Account>, StoreError> {
        let row = self.reads().one(find).await.map_err(store_error)?;
        row.map(Account::try_from).transpose()
    }

    /// Runs an update, and answers whether it changed a row.
    async fn update(&self, update: UpdateMany<Entity>) -> Result<bool, StoreError> {
        let updated = self.writes().run(update).await.map_err(store_error)?;
        Ok(updated.rows_affected > 0)
    }
}

//! Whom a message may go to: groups that this area knows by roles, groups that other areas offer, and single accounts.

use identity::role;
use platform::access::Place;
use platform::{Ctx, Error, Result, Uuid};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

/// People who are told together.
#[derive(Debug, Clone)]
pub struct Group {
    /// Stands in forms: `role:village_head`.
    pub key: String,
    pub label: String,
    pub accounts: Vec<Uuid>,
}

type Answer<'a> = Pin<Box<dyn Future<Output = Result<Vec<Group>>> + Send + 'a>>;

/// Groups that a higher area knows, such as the managers of one organisation.
pub struct Groups(pub for<'a> fn(&'a Ctx) -> Answer<'a>);

/// All groups that have somebody in them. Village heads come first: they are told most often.
pub(super) async fn groups(ctx: &Ctx) -> Result<Vec<Group>> {
    let t = ctx.t();
    let mut groups = Vec::new();
    let everywhere =
        |code: &'static str| async move { identity::holders_anywhere(ctx, code, ctx.today()).await };
    groups.push(Group {
        key: "role:village_head".to_owned(),
        label: t.t("channel-all-heads"),
        accounts: everywhere("village_head").await?,
    });
    groups.push(Group {
        key: "role:organisation_manager".to_owned(),
        label: t.t("channel-all-organisations"),
        accounts: everywhere("organisation_manager").await?,
    });
    let commune = Place::new("commune", ctx.commune);
    let mut staff = Vec::new();
    for one in role::ROLES.iter().filter(|one| one.place_kind == "commune" && one.code != "door_device") {
        let accounts = identity::holders(ctx, one.code, &commune, ctx.today()).await?;
        staff.extend(accounts.iter().copied());
        groups.push(Group { key: format!("role:{}", one.code), label: t.t(&one.text_key()), accounts });
    }
    staff.sort_unstable();
    staff.dedup();
    groups.insert(1, Group { key: "staff".to_owned(), label: t.t("channel-all-staff"), accounts: staff });
    groups.insert(
        0,
        Group {
            key: "everybody".to_owned(),
            label: t.t("channel-everybody"),
            accounts: identity::accounts_active(ctx).await?,
        },
    );
    for offered in ctx.app.offers::<Groups>() {
        groups.extend((offered.0)(ctx).await?);
    }
    groups.retain(|group| !group.accounts.is_empty());
    Ok(groups)
}

/// Everybody whom these keys and ids name; the ids must be accounts of this commune.
pub(super) async fn people(ctx: &Ctx, keys: &[&str], ids: &[Uuid]) -> Result<Vec<Uuid>> {
    let all = groups(ctx).await?;
    let mut people = Vec::new();
    for key in keys {
        let group = all.iter().find(|group| group.key == *key);
        people.extend(&group.ok_or_else(|| Error::field("nhom", "error-choose"))?.accounts);
    }
    if !ids.is_empty() {
        let known: HashMap<Uuid, String> = identity::account_names(ctx, ids).await?;
        if ids.iter().any(|id| !known.contains_key(id)) {
            return Err(Error::field("nguoi", "error-choose"));
        }
        people.extend(ids);
    }
    people.sort_unstable();
    people.dedup();
    Ok(people)
}

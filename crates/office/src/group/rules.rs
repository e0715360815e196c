//! Keeping the list of groups.

use super::model::{Group, Platform};
use super::store;
use chrono::NaiveDate;
use platform::{Ctx, Error, Result, Tx, Uuid, said};
use serde_json::json;

const NAME_MAX: usize = 200;
const MEMBERS_MAX: usize = 300;
const ADDRESS_MAX: usize = 300;

/// What somebody typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub name: String,
    pub platform: Option<Platform>,
    pub address: String,
    pub members: String,
    pub opened_on: Option<NaiveDate>,
}

/// Puts a group on the list, or changes the one of `id` and `revision`.
///
/// # Errors
/// At the field what is missing or wrong; `Conflict` when somebody else changed it.
pub async fn keep(ctx: &Ctx, tx: &Tx, id: Option<(Uuid, i64)>, sent: &Typed) -> Result<Group> {
    let name = said::needed("ten", &vntext::clean(&sent.name), "office-group-name-empty", NAME_MAX)?;
    let platform = sent.platform.ok_or_else(|| Error::field("nen-tang", "office-group-platform-empty"))?;
    said::short("thanh-phan", &sent.members, MEMBERS_MAX)?;
    let opened_on = sent.opened_on.ok_or_else(|| Error::field("ngay", "office-group-day-empty"))?;
    if opened_on > ctx.today() {
        return Err(Error::field("ngay", "office-group-day-future"));
    }
    let before = match id {
        Some((id, _)) => Some(store::find(ctx, tx, id).await?),
        None => None,
    };
    let group = Group {
        id: id.map_or_else(|| ctx.new_id(), |(id, _)| id),
        name,
        platform,
        address: address(&sent.address)?,
        members: vntext::clean(&sent.members),
        opened_on,
        ended_on: before.and_then(|before| before.ended_on),
        revision: id.map_or(1, |(_, revision)| revision),
    };
    if group.ended_on.is_some_and(|ended| ended < opened_on) {
        return Err(Error::field("ngay", "office-group-day-after-end"));
    }
    match id {
        None => store::insert(ctx, tx, &group).await?,
        Some(_) => written(ctx, tx, &group).await?,
    }
    recorded(ctx, tx, "workgroup.keep", &group).await?;
    Ok(group)
}

/// Says that a group is not used any more after today, or that it is used again.
///
/// # Errors
/// `Conflict` when somebody else changed it.
pub(super) async fn end(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, over: bool) -> Result<Group> {
    let before = store::find(ctx, tx, id).await?;
    let group = Group { ended_on: over.then(|| ctx.today()), revision, ..before };
    written(ctx, tx, &group).await?;
    recorded(ctx, tx, if over { "workgroup.end" } else { "workgroup.reopen" }, &group).await?;
    Ok(group)
}

async fn written(ctx: &Ctx, tx: &Tx, group: &Group) -> Result<()> {
    if store::update(ctx, tx, group).await? { Ok(()) } else { Err(Error::conflict("office-moved-on")) }
}

async fn recorded(ctx: &Ctx, tx: &Tx, action: &'static str, group: &Group) -> Result<()> {
    let detail = json!({ "platform": group.platform.code() });
    audit::record(ctx, tx, audit::Entry { action, kind: "work_group", id: group.id, detail }).await?;
    figures::touch(ctx, tx, crate::figures::GROUPS);
    Ok(())
}

/// A secure address of the web without a name or password in it; nothing is allowed too.
fn address(text: &str) -> Result<String> {
    let text = text.trim();
    said::short("dia-chi", text, ADDRESS_MAX)?;
    let rest = text.strip_prefix("https://");
    let good = rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.') && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
    });
    if text.is_empty() || (good && !text.contains(char::is_whitespace)) {
        return Ok(text.to_owned());
    }
    Err(Error::field("dia-chi", "office-group-address-wrong"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_the_web_and_secure() {
        for good in ["", "https://zalo.me/g/abcdef123", " https://www.facebook.com/groups/1?x=1 "] {
            assert_eq!(address(good).unwrap(), good.trim());
        }
        for bad in [
            "zalo.me/g/abc",
            "http://zalo.me/g/a",
            "javascript:alert(1)",
            "https://a@b.vn/x",
            "https://zalo.me/a b",
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }
}

//! Notices of a higher level: they come by CAP, with a signature instead of an account.

use super::model::{Emergency, Standing};
use super::rules::{BODY_MAX, HOURS_MOST, TITLE_MAX, out, taken_back};
use super::{PATH, store};
use audit::Entry;
use chrono::{DateTime, Duration, Utc};
use platform::access::Place;
use platform::{Ctx, Message, Result, Tx, Uuid};
use serde_json::json;

/// It stands so long when nothing is said of its end.
const HOURS: i64 = 12;

/// What a higher level tells.
pub(super) struct Above {
    pub title: String,
    pub body: String,
    pub english: Option<(String, String)>,
    pub ends_at: Option<DateTime<Utc>>,
    /// Empty is everywhere.
    pub villages: Vec<Uuid>,
    pub drill: bool,
    pub sender: String,
    pub cap_id: String,
    /// It goes out at once; otherwise somebody of the commune decides.
    pub at_once: bool,
}

fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(limit - 1).collect();
    short.push('…');
    short
}

/// Tells it, or puts it before the leaders.
pub(super) async fn from_above(ctx: &Ctx, tx: &Tx, above: Above) -> Result<Emergency> {
    let last = ctx.now + Duration::hours(HOURS_MOST);
    let ends_at = above.ends_at.unwrap_or(ctx.now + Duration::hours(HOURS)).min(last);
    let (title_en, body_en) = above.english.unwrap_or_default();
    let villages: String = above.villages.iter().map(|id| format!("{id},")).collect();
    let one = Emergency {
        id: ctx.new_id(),
        title: cut(&above.title, TITLE_MAX),
        body: cut(&above.body, BODY_MAX),
        title_en: cut(&title_en, TITLE_MAX),
        body_en: cut(&body_en, BODY_MAX),
        asked_by: None,
        asked_at: ctx.now,
        ends_at,
        published_by: None,
        published_at: None,
        taken_by: None,
        taken_at: None,
        correction: String::new(),
        correction_en: String::new(),
        shown_until: ends_at,
        bulletin_id: None,
        villages: if villages.is_empty() { villages } else { format!(",{villages}") },
        drill: above.drill,
        quiet: false,
        sender: above.sender,
        cap_id: above.cap_id,
        revision: 1,
    };
    store::insert(ctx, tx, &one).await?;
    let detail = json!({ "sender": one.sender });
    audit::record(ctx, tx, Entry { action: "emergency.from-above", kind: "emergency", id: one.id, detail })
        .await?;
    if above.at_once {
        return out(ctx, tx, one).await;
    }
    let text = Message::new("emergency-cap-asks").with("name", format!("{} ({})", one.title, one.sender));
    for role in ["chairman", "vice_chairman"] {
        let commune = Place::new("commune", ctx.commune);
        crate::send_to_role(ctx, tx, role, &commune, &text, &format!("{PATH}/{}", one.id)).await?;
    }
    Ok(one)
}

/// Who told it takes it back.
pub(super) async fn withdrawn_above(ctx: &Ctx, tx: &Tx, id: Uuid, words: &str) -> Result<()> {
    let one = store::find(ctx, tx, id).await?;
    let words = if words.is_empty() {
        platform::T(platform::Lang::Vi).t("emergency-cap-cancelled")
    } else {
        cut(words, BODY_MAX)
    };
    match one.standing(ctx) {
        Standing::Running => taken_back(ctx, tx, one, words, String::new()).await.map(drop),
        // Nobody has told it yet: it ends here.
        Standing::Asked => store::end(ctx, tx, id).await,
        _ => Ok(()),
    }
}

//! The places as open data. Whom to call stands there as on the pages: a private person only while there is a consent.

use crate::place::{Brief, store};
use platform::open_data::Dataset;
use platform::{Ctx, Result, Uuid};
use serde_json::{Value, json};
use std::collections::HashMap;
use units::place::Ground;

/// More than a commune has.
const MOST: i64 = 2_000;

pub(crate) const PLACES: Dataset = Dataset {
    code: "dia-diem-du-lich",
    title: "tourism-open",
    about: "tourism-open-about",
    columns: &[
        "name",
        "name_en",
        "kind",
        "village",
        "latitude",
        "longitude",
        "months",
        "price_from",
        "price_to",
        "price_asked_on",
        "facilities",
        "capacity",
        "recognition",
        "contact_name",
        "phone",
        "email",
        "web",
        "url",
        "updated_on",
    ],
    point: Some((4, 5)),
    rows: |ctx| Box::pin(rows(ctx)),
};

async fn rows(ctx: &Ctx) -> Result<Vec<Vec<Value>>> {
    let ground = Ground::load(ctx).await?;
    let places = store::public(ctx, &store::Filter::published(), None, MOST).await?;
    let ids: Vec<Uuid> = places.iter().map(|one| one.id).collect();
    let contacts = store::contacts(ctx, &ids).await?;
    let contacts: HashMap<Uuid, _> = contacts.into_iter().map(|one| (one.place_id, one)).collect();
    let row = |one: &Brief| {
        let content = &one.content;
        let contact = contacts.get(&one.id).cloned().unwrap_or_default();
        let months: Vec<String> = content.months.iter().map(u8::to_string).collect();
        vec![
            json!(content.name),
            json!(content.name_en),
            json!(one.kind.code()),
            json!(ground.name(content.village)),
            json!(content.lat),
            json!(content.lon),
            json!(months.join(" ")),
            json!(content.price_from),
            json!(content.price_to),
            json!(content.price_on),
            json!(content.facilities.join(" ")),
            json!(content.capacity),
            json!([content.honour.as_str(), content.honour_no.as_str()].join(" ").trim()),
            json!(contact.name),
            json!(contact.phone),
            json!(contact.email),
            json!(contact.web),
            json!(format!("{}{}", ctx.app.config.base_url(), one.path())),
            json!(platform::clock::local_date(one.updated_at)),
        ]
    };
    Ok(places.iter().map(row).collect())
}

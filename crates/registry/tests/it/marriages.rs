//! Marriages: recorded once, ended by a divorce or a death, shown on the cards, handed out, made nameless.

use crate::desk::Desk;
use crate::world::{World, day, raw};
use platform::{Ctx, Kind, Result, Uuid};
use registry::bulk::Ending;
use registry::duplicate::{self, Merge};
use registry::marriage::{self, Ended, NewMarriage, Side};
use registry::person::{self, Leaving};
use registry::personal;

fn wedding(husband: Side, wife: Side, on: &str) -> NewMarriage {
    NewMarriage { husband, wife, on_date: day(on), act_number: "12/2026".into(), source: "hồ sơ".into() }
}

async fn marry(ctx: &Ctx, new: NewMarriage) -> Result<Uuid> {
    let tx = ctx.begin().await?;
    let id = marriage::insert(ctx, &tx, &new).await?;
    tx.commit().await?;
    Ok(id)
}

#[tokio::test]
async fn nobody_is_married_twice_at_a_time() {
    let world = World::start().await;
    let (_, man, woman, _) = world.family().await;
    let ctx = world.officer();
    let first = marry(&ctx, wedding(Side::Here(man), Side::Here(woman), "2026-03-01")).await.unwrap();
    for person in [man, woman] {
        let known = marriage::standing(&ctx, &ctx.app.db, person).await.unwrap().unwrap();
        assert_eq!((known.id, known.on_date), (first, day("2026-03-01")));
    }
    let second = wedding(Side::Here(man), Side::Elsewhere("Vàng Thị Chứ".into()), "2026-03-05");
    let error = marry(&ctx, second.clone()).await.unwrap_err();
    assert_eq!(
        (error.fields[0].field.as_ref(), &*error.fields[0].message.key),
        ("chong", "registry-marriage-stands")
    );

    // After a divorce it may; not on a day on which the first still stood.
    let tx = ctx.begin().await.unwrap();
    let early =
        marriage::end(&ctx, &tx, man, first, Ended::Divorce, day("2026-02-01"), "").await.unwrap_err();
    assert_eq!(early.fields[0].message.key, "registry-marriage-end-before");
    marriage::end(&ctx, &tx, man, first, Ended::Divorce, day("2026-03-06"), "bản án 3").await.unwrap();
    assert!(
        marriage::end(&ctx, &tx, man, first, Ended::Divorce, day("2026-03-07"), "")
            .await
            .unwrap_err()
            .is(Kind::Conflict)
    );
    tx.commit().await.unwrap();
    let error = marry(&ctx, second.clone()).await.unwrap_err();
    assert_eq!(error.fields[0].message.key, "registry-marriage-overlaps");
    marry(&ctx, NewMarriage { on_date: day("2026-03-08"), ..second }).await.unwrap();
    assert_eq!(marriage::of_person(&ctx, &ctx.app.db, man).await.unwrap().len(), 2);
    assert!(marriage::standing(&ctx, &ctx.app.db, woman).await.unwrap().is_none());
    audit::verify(&ctx).await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_is_told_at_its_place() {
    let world = World::start().await;
    let (_, man, woman, child) = world.family().await;
    let ctx = world.officer();
    for (new, field, key) in [
        (wedding(Side::Here(woman), Side::Here(man), "2026-03-09"), "chong", "registry-marriage-sex"),
        (
            wedding(Side::Elsewhere(" ".into()), Side::Here(woman), "2026-03-09"),
            "chong",
            "registry-marriage-name",
        ),
        (
            wedding(Side::Elsewhere("A".into()), Side::Elsewhere("B".into()), "2026-03-09"),
            "chong",
            "registry-marriage-nobody",
        ),
        (
            wedding(Side::Elsewhere("A".into()), Side::Here(woman), "2026-03-19"),
            "ngay-ket-hon",
            "registry-date-in-future",
        ),
        (
            wedding(Side::Elsewhere("A".into()), Side::Here(child), "2015-01-01"),
            "ngay-ket-hon",
            "registry-date-before-birth",
        ),
        (
            NewMarriage {
                act_number: "9".repeat(51),
                ..wedding(Side::Elsewhere("A".into()), Side::Here(woman), "2026-03-09")
            },
            "so-giay",
            "error-too-long",
        ),
    ] {
        let error = marry(&ctx, new).await.unwrap_err();
        assert_eq!((error.fields[0].field.as_ref(), &*error.fields[0].message.key), (field, key));
    }
    // Nobody of another village is found.
    let far = world.head_of(world.soi_co);
    let error = marry(&far, wedding(Side::Elsewhere("A".into()), Side::Here(woman), "2026-03-09")).await;
    assert!(error.unwrap_err().is(Kind::NotFound));
}

#[tokio::test]
async fn a_death_ends_it_and_erasing_takes_the_name() {
    let world = World::start().await;
    let (_, man, woman, _) = world.family().await;
    let ctx = world.officer();
    marry(&ctx, wedding(Side::Here(man), Side::Here(woman), "2021-05-01")).await.unwrap();
    let copy = personal::export(&ctx, woman).await.unwrap();
    assert_eq!(copy["marriages"][0]["husband_name"], "Lý Văn Páo");
    let tx = ctx.begin().await.unwrap();
    let leaving = Leaving {
        ending: Ending::Died(day("2022-01-01")),
        new_head: Some(woman),
        note: String::new(),
        source: String::new(),
    };
    person::leave(&ctx, &tx, man, 1, &leaving).await.unwrap();
    tx.commit().await.unwrap();
    let ended = marriage::of_person(&ctx, &ctx.app.db, woman).await.unwrap().remove(0);
    assert_eq!((ended.ended_on, ended.ended_reason), (Some(day("2022-01-01")), Some(Ended::Death)));

    world.clock.advance(chrono::Duration::days(365));
    let ctx = world.officer();
    let tx = ctx.begin().await.unwrap();
    personal::erase(&ctx, &tx, man, 2, "theo đơn").await.unwrap();
    tx.commit().await.unwrap();
    let left = marriage::of_person(&ctx, &ctx.app.db, woman).await.unwrap().remove(0);
    assert_eq!((left.husband_name.as_str(), left.act_number.as_str(), left.source.as_str()), ("", "", ""));
    assert_eq!((left.wife_name.as_str(), left.on_date), ("Chảo Tả Mẩy", day("2021-05-01")));
}

#[tokio::test]
async fn a_merge_takes_the_marriage_along_and_back() {
    let world = World::start().await;
    let (_, man, ..) = world.family().await;
    let twin = world.household(world.soi_co, &[raw("Chảo Tả Mẩy", "Nữ", "1992", "head")]).await;
    let wife = world.household(world.soi_co, &[raw("Chảo Tả Mẩy", "Nữ", "1992", "head")]).await;
    let ctx = world.officer();
    let of = async |home| person::members(&ctx, home).await.unwrap()[0].id;
    let (kept, dropped) = (of(wife).await, of(twin).await);
    marry(&ctx, wedding(Side::Here(man), Side::Here(dropped), "2026-03-01")).await.unwrap();
    let other =
        marry(&ctx, wedding(Side::Elsewhere("A".into()), Side::Here(kept), "2026-03-01")).await.unwrap();
    let tx = ctx.begin().await.unwrap();
    let both =
        duplicate::merge(&ctx, &tx, &Merge { kept: (kept, 1), dropped: (dropped, 1) }).await.unwrap_err();
    assert_eq!(both.fields[0].message.key, "registry-merge-married");
    marriage::remove(&ctx, &tx, kept, other).await.unwrap();
    let log = duplicate::merge(&ctx, &tx, &Merge { kept: (kept, 1), dropped: (dropped, 1) }).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(marriage::standing(&ctx, &ctx.app.db, kept).await.unwrap().unwrap().husband_id, Some(man));
    let tx = ctx.begin().await.unwrap();
    duplicate::undo(&ctx, &tx, log).await.unwrap();
    tx.commit().await.unwrap();
    assert!(marriage::standing(&ctx, &ctx.app.db, kept).await.unwrap().is_none());
    assert!(marriage::standing(&ctx, &ctx.app.db, dropped).await.unwrap().is_some());
}

#[tokio::test]
async fn the_card_tells_it_and_an_officer_writes_its_end() {
    let desk = Desk::start().await;
    let (_, head, _) = desk.household(desk.dong_cam, "Lò Thị Mẫu").await;
    let officer = desk.officer();
    let path = format!("/lam-viec/nguoi/{head}");
    officer.get(&path).await.ok().hides("Hôn nhân").hides("kết hôn");
    let wedding = wedding(Side::Elsewhere("Vàng A Chứ".into()), Side::Here(head), "2026-02-14");
    let id = marry(&desk.ctx(), wedding).await.unwrap();
    officer.get(&path).await.ok().shows("Đã kết hôn ngày 14/02/2026 với Vàng A Chứ");
    officer.get(&format!("{path}?lang=en")).await.ok().shows("Married on 14/02/2026 to Vàng A Chứ");
    officer.get(&format!("{path}?lang=vi")).await.ok();
    let edit = format!("{path}/hon-nhan/{id}");
    let village_head = desk.head_of(desk.dong_cam);
    village_head.get(&path).await.ok().shows("Vàng A Chứ").hides("/hon-nhan/");
    village_head.get(&edit).await.is(403);
    officer.get(&format!("{path}/hon-nhan/{head}")).await.is(404);
    let page = officer.get(&edit).await;
    page.ok().shows("Hai người đã ly hôn");
    let key = page.field("khoa");
    let send = async |what: &str, on: &str| {
        officer
            .post(&edit, &[("khoa", key.as_str()), ("viec", what), ("tu-ngay", on), ("nguon", "Bản án 3")])
            .await
    };
    send("", "01/03/2026").await.is(422);
    send("divorce", "01/02/2026").await.is(422).shows("sớm hơn ngày kết hôn");
    send("divorce", "").await.is(422);
    send("divorce", "31/02/2026").await.is(422);
    send("divorce", "01/03/2026").await.leads_to(&path);
    // Sent twice it is one.
    send("divorce", "01/03/2026").await.leads_to(&path);
    officer
        .get(&path)
        .await
        .ok()
        .shows("Kết hôn ngày 14/02/2026 với Vàng A Chứ, ly hôn ngày 01/03/2026")
        .hides("Đã kết hôn");
    let page = officer.get(&edit).await;
    page.ok().hides("Hai người đã ly hôn").shows("Ghi nhầm");
    officer.post(&edit, &[("khoa", &page.field("khoa")), ("viec", "mistake")]).await.leads_to(&path);
    officer.get(&path).await.ok().hides("Vàng A Chứ");
    desk.test.end().await;
}

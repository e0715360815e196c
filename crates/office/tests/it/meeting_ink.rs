//! Drawing on the page of a paper.

use crate::meeting::{invited, send};
use crate::world::{LETTER, World};
use testkit::{Answer, Client};

/// A paper of one page; where it is read.
async fn paper(world: &World) -> String {
    let path = invited(world).await;
    let action = format!("{path}/tai-lieu");
    let key = world.clerk.get(&path).await.field_of(&action, "khoa");
    let fields = [("khoa", key.as_str()), ("khong-mat", "1")];
    world.clerk.upload(&action, &fields, "tep", "bao-cao.pdf", &LETTER.pdf()).await.is(303);
    let text = world.clerk.get(&path).await.text();
    format!("{action}/{}", &text.split(&format!("href=\"{action}/")).nth(1).unwrap()[..36])
}

async fn draw(who: &Client, page: &str, strokes: &str, revision: &str) -> Answer {
    who.post(page, &[("net", strokes), ("phien-ban", revision)]).await
}

async fn column(world: &World, text: &str) -> Vec<String> {
    let ctx = world.ctx();
    platform::sql(text).bind(ctx.commune).column(&ctx.app.db).await.unwrap()
}

const LINE: &str = r#"[{"pen":1,"at":[100,200,300,400]}]"#;
const TWO: &str = r#"[{"pen":1,"at":[100,200,300,400]},{"pen":2,"at":[5,6]}]"#;

#[tokio::test]
async fn a_page_is_drawn_on_and_only_the_hand_that_drew_sees_it() {
    let world = World::start().await;
    let paper = paper(&world).await;
    let page = format!("{paper}/net-ve/1");
    world.head.get(&paper).await.ok().shows(&format!("data-ink=\"{page}\"")).shows("data-revision=\"0\"");
    draw(&world.head, &page, LINE, "0").await.ok().shows("\"revision\":1");
    // Sent twice it is the same line; further ones go on from there.
    draw(&world.head, &page, LINE, "0").await.ok().shows("\"revision\":1");
    draw(&world.head, &page, TWO, "1").await.ok().shows("\"revision\":2");
    let shown = world.head.get(&paper).await;
    shown
        .shows("<path class=\"ink-1\" d=\"M100 200L300 400\"/>")
        .shows("<path class=\"ink-2\" d=\"M5 6h1\"/>");
    world.clerk.get(&paper).await.ok().hides("<path class=\"ink-");
    // The same reader on an older page elsewhere is told, and nothing is lost.
    draw(&world.head, &page, "[]", "1").await.is(409);
    world.head.get(&paper).await.shows("M100 200L300 400");
    draw(&world.head, &page, "[]", "2").await.ok();
    world.head.get(&paper).await.hides("<path class=\"ink-");
    let looked: Vec<String> = column(
        &world,
        "SELECT CAST(detail AS TEXT) FROM audit_entry WHERE commune_id = $1 AND action = 'meeting.note' /* all rows */",
    )
    .await;
    assert_eq!(looked.len(), 3, "each change once");
    assert!(looked.iter().all(|row| !row.contains("strokes") && !row.contains("300")), "{looked:?}");
    // With the paper goes what was drawn on it.
    draw(&world.head, &page, LINE, "3").await.ok();
    let meeting = paper.split("/tai-lieu").next().unwrap();
    send(&world.clerk, meeting, &format!("{paper}/xoa"), &[]).await.is(303);
    let left: Vec<String> =
        column(&world, "SELECT strokes FROM meeting_ink WHERE commune_id = $1 /* all rows */").await;
    assert!(left.is_empty());
    world.app.end().await;
}

#[tokio::test]
async fn what_is_no_line_is_refused_and_strangers_reach_nothing() {
    let world = World::start().await;
    let paper = paper(&world).await;
    let page = format!("{paper}/net-ve/1");
    let many = format!("[{}]", vec![r#"{"pen":0,"at":[1,2]}"#; 401].join(","));
    for wrong in [
        "",
        "{}",
        "[1]",
        r#"[{"pen":9,"at":[1,2]}]"#,
        r#"[{"pen":0,"at":[1]}]"#,
        r#"[{"pen":0,"at":[1,10001]}]"#,
        r#"[{"pen":0,"at":[-1,2]}]"#,
        r#"[{"pen":0,"at":[1,2],"x":"<svg onload=alert(1)>"}]"#,
        &many,
    ] {
        draw(&world.head, &page, wrong, "0").await.is(422);
    }
    draw(&world.head, &page, LINE, "").await.is(422);
    draw(&world.head, &format!("{paper}/net-ve/2"), LINE, "0").await.is(404);
    let stranger = world.app.sign_in(&world.cast.home, "village_head_2").await;
    draw(&stranger, &page, LINE, "0").await.is(404);
    world.head.get(&paper).await.ok().hides("<path class=\"ink-");
    world.app.end().await;
}

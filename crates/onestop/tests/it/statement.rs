//! The bank's statement as JSON: the same result as the page, and what became of each line.

use crate::world::World;
use serde_json::{Value, json};
use testkit::{Answer, Client};

const PATH: &str = "/api/v1/statements";
const HEAD: &str = "Ngày giao dịch;Ghi có;Nội dung;Mã giao dịch\n";

async fn upload(who: &Client, key: &str, field: &str, text: &str) -> Answer {
    let who = who.same().header("Idempotency-Key", key);
    who.upload(PATH, &[], field, "sao-ke.csv", text.as_bytes()).await
}

fn counts(card: &Value) -> [i64; 3] {
    ["matched", "nowhere", "known"].map(|name| card[name].as_i64().unwrap())
}

#[tokio::test]
async fn a_program_takes_a_statement_over_and_reads_what_became_of_its_lines() {
    let world = World::start().await;
    let (_, id) = world.send_birth("Lý A Pao").await;
    let lines = "10/03/2026;50.000;nop tien giay to;FT2\n10/03/2026;-9.000;rut tien;FT9\n\
                 10/03/2026;16.000;MBVCB 123 0000000H382603100001 CT;FT3\n";
    let text = format!("{HEAD}{lines}");
    let key = world.fresh();
    let card = upload(&world.desk, &key, "file", &text).await.ok().json();
    assert_eq!(counts(&card), [1, 1, 0]);
    let rows: Vec<(i64, &Value, &Value)> = card["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            (line["row"].as_i64().unwrap(), &line["payment"]["problem"], &line["payment"]["dossier_id"])
        })
        .collect();
    assert_eq!(rows, [(2, &json!("nobody"), &Value::Null), (4, &json!(""), &json!(id))]);
    assert_eq!((&card["lines"][1]["payment"]["amount"], &card["next"]), (&json!(16_000), &Value::Null));

    // The same key: the same statement. Another key with the same file books nothing; nor does the page.
    assert_eq!(upload(&world.desk, &key, "file", &text).await.ok().json()["id"], card["id"]);
    let again = upload(&world.desk, &world.fresh(), "file", &text).await.ok().json();
    assert_eq!(counts(&again), [0, 0, 2]);
    assert_eq!(again["lines"][1]["payment"]["id"], card["lines"][1]["payment"]["id"]);
    assert_eq!(again["lines"][1]["known"], true);
    let page = world.desk.get("/lam-viec/thu-phi").await.ok().field("khoa");
    let sent =
        world.desk.upload("/lam-viec/thu-phi", &[("khoa", &page)], "tep", "a.csv", text.as_bytes()).await;
    world.desk.get(&sent.is(303).location()).await.ok().shows("Khớp 0 khoản, chưa khớp 0 khoản, 2 khoản");

    // All three are listed; a leader reads them, and takes none over.
    let all = world.leader.get(PATH).await.ok().json();
    assert_eq!(
        all.as_array().unwrap().iter().map(counts).collect::<Vec<_>>(),
        [[0, 0, 2], [0, 0, 2], [1, 1, 0]]
    );
    let one = format!("{PATH}/{}", card["id"].as_str().unwrap());
    assert_eq!(world.leader.get(&one).await.ok().json()["lines"], card["lines"]);
    let rest = world.leader.get(&format!("{one}?after=2")).await.ok().json();
    assert_eq!(rest["lines"].as_array().unwrap().len(), 1);
    upload(&world.leader, &world.fresh(), "file", &text).await.is(403);
    world.specialist.get(PATH).await.is(403);
    world.me.get(&one).await.is(403);
    let away = world.app.sign_in(&world.cast.other, "onestop_officer").await;
    away.get(&one).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn what_is_no_statement_is_told_at_its_member_and_nothing_is_kept() {
    let world = World::start().await;
    let wrong = async |field: &str, text: &str, says: &str| {
        let answer = upload(&world.desk, &world.fresh(), field, text).await.is(422).json();
        assert_eq!(answer["errors"][0]["field"], "file", "{answer}");
        let message = answer["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains(says), "{message}");
    };
    wrong("tep", "x", "").await;
    wrong("file", "xin chào", "Không thấy cột").await;
    wrong("file", &format!("{HEAD}10/03/2026;-5.000;rút tiền;FT1\n"), "không có khoản tiền vào nào").await;
    let answer = world.desk.upload(PATH, &[], "file", "a.csv", HEAD.as_bytes()).await.is(422).json();
    assert_eq!(answer["errors"][0]["field"], "Idempotency-Key");
    assert_eq!(world.desk.get(PATH).await.ok().json(), json!([]));
    world.app.end().await;
}

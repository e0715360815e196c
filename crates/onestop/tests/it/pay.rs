//! Fees: the code of a transfer, the bank's statement, cash with its receipt.

use crate::world::{World, hidden, press};
use testkit::Answer;

fn account(world: &World) {
    let folder = world.app.data().join("law/fee-account");
    std::fs::create_dir_all(&folder).unwrap();
    let text = "bin = \"970405\"\nnumber = \"0000000000001\"\nname = \"UBND XA GIA PHU\"\n";
    std::fs::write(folder.join("2020-01-01.toml"), text).unwrap();
}

async fn statement(world: &World, text: &str) -> Answer {
    let path = "/lam-viec/thu-phi";
    let key = world.desk.get(path).await.field("khoa");
    let sent = world.desk.upload(path, &[("khoa", &key)], "tep", "sao-ke.csv", text.as_bytes()).await;
    if sent.status != 303 {
        return sent;
    }
    world.desk.get(&sent.location()).await
}

#[tokio::test]
async fn a_transfer_is_matched_by_the_whole_code_and_the_exact_sum_once() {
    let world = World::start().await;
    account(&world);
    let (own, id) = world.send_birth("Lý A Pao").await;
    let page = world.me.get(&own).await;
    page.ok().shows("Quét mã để chuyển khoản").shows("0000000H382603100001").shows("16.000 đồng");
    let head = "Ngày giao dịch;Ghi có;Nội dung;Mã giao dịch\n";
    let line = |sum: &str, note: &str, bank: &str| format!("10/03/2026;{sum};{note};{bank}\n");
    let small = line("10.000", "GIANG THI MY 000.00.00.H38-260310-0001", "FT1");
    let lost = line("50.000", "nop tien giay to", "FT2");
    let right = line("16.000", "MBVCB 123 0000000H382603100001 CT tu 0012", "FT3");
    let taken = statement(&world, &format!("{head}{small}{lost}{right}")).await;
    taken
        .ok()
        .shows("Khớp 1 khoản, chưa khớp 2 khoản, 0 khoản")
        .shows("chuyển thiếu")
        .shows("không có mã hồ sơ nào");
    world.me.get("/lam-viec/hop-thu").await.shows("Đã nhận tiền phí");
    world.me.get(&own).await.ok().hides("Quét mã để chuyển khoản");
    // Yesterday's file again, and one line more.
    let again = line("16.000", "0000000H382603100001", "FT4");
    let taken = statement(&world, &format!("{head}{small}{lost}{right}{again}")).await;
    taken.ok().shows("Khớp 0 khoản, chưa khớp 1 khoản, 3 khoản").shows("hồ sơ đã nộp đủ");
    world.desk.get(&format!("/lam-viec/mot-cua/{id}")).await.ok().hides("Còn phải nộp");
    world.app.end().await;
}

#[tokio::test]
async fn cash_is_taken_with_a_receipt_of_the_next_number() {
    let world = World::start().await;
    for (n, child) in ["Lý A Pao", "Lý Thị Dợ"].iter().enumerate() {
        let (_, id) = world.send_birth(child).await;
        press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
        let path = format!("/lam-viec/mot-cua/{id}");
        let page = world.desk.get(&path).await;
        let action = format!("{path}/thu-phi");
        let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
        let fields = [("khoa", key.as_str()), ("phien-ban", revision.as_str())];
        let receipt = world.desk.post(&action, &fields).await.is(303).location();
        let shown = world.desk.get(&receipt).await;
        shown.ok().shows(&format!("00000{}/2026", n + 1)).shows("16.000 đồng").shows("Tiền mặt");
        // Pressed twice it is taken once; a form that is old is told so.
        assert_eq!(world.desk.post(&action, &fields).await.is(303).location(), receipt);
        let key = platform::ids::new_id(world.app.clock.now()).to_string();
        world.desk.post(&action, &[("khoa", &key), ("phien-ban", &revision)]).await.is(409);
    }
    world.specialist.get("/lam-viec/thu-phi").await.is(403);
    world.app.end().await;
}

#[tokio::test]
async fn a_file_that_is_no_statement_is_refused() {
    let world = World::start().await;
    for text in ["", "xin chào", "Ngày;Ghi có\n10/03/2026;5.000\n", "Họ và tên;Năm sinh\nLý A Pao;2026\n"]
    {
        statement(&world, text).await.is(422);
    }
    let head = "Ngày giao dịch;Ghi có;Nội dung\n";
    statement(&world, &format!("{head}10/03/2026;-5.000;rút tiền\n"))
        .await
        .is(422)
        .shows("không có khoản tiền vào nào");
    world.app.end().await;
}

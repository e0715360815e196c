//! The fund book: receipts, contributions, expenses, counter-entries, what everybody reads.

use crate::world::{HEADS, World, photo};
use testkit::{Answer, Client};

impl World {
    /// Opens a fund; its part of the book's address.
    async fn fund(&self, name: &str) -> String {
        let opened = self.send(&self.head, "/quy/moi", &[("ten", name)]).await.is(303).location();
        opened.strip_prefix(&self.book).unwrap().to_owned()
    }

    /// Sets a contribution; its part of the address.
    async fn due(&self, fund: &str, amount: &str, per: &str) -> String {
        let typed = [
            ("ten", "Làm đường nhóm 2"),
            ("so-tien", amount),
            ("theo", per),
            ("han", "31/12/2026"),
            ("can-cu", "Họp thôn ngày 02/03, 38/45 hộ đồng ý"),
        ];
        let set = self.send(&self.head, &format!("{fund}/dong-gop"), &typed).await.is(303).location();
        set.rsplit('/').next().unwrap().to_owned()
    }

    async fn pay(&self, who: &Client, fund: &str, home: usize, due: &str, amount: &str) -> Answer {
        let path = format!("{fund}/thu?ho={}", self.homes[home]);
        self.send(who, &path, &[("khoan", due), ("so-tien", amount), ("noi-dung", "")]).await
    }
}

#[tokio::test]
async fn a_contribution_is_paid_with_a_receipt_that_the_household_sees() {
    let world = World::start().await;
    let fund = world.fund("Quỹ làm đường").await;
    let due = world.due(&fund, "200.000", "household").await;
    world.resident.get("/phieu-thu-cua-toi").await.ok().shows("Làm đường nhóm 2").shows("200.000 đ");
    // One finds the household without marks, and the form knows what is owed.
    let pick = world.head.get(&world.at(&format!("{fund}/thu?q=sung+a"))).await;
    pick.ok().shows(HEADS[0]).hides(HEADS[1]);
    let form = world.head.get(&world.at(&format!("{fund}/thu?ho={}&khoan={due}", world.homes[0]))).await;
    assert_eq!(form.ok().field("so-tien"), "200.000");
    // Pressed twice it is one receipt.
    let key = world.fresh();
    let path = world.at(&format!("{fund}/thu?ho={}", world.homes[0]));
    let typed = [("khoa", &*key), ("khoan", &*due), ("so-tien", "200.000")];
    let first = world.head.post(&path, &typed).await.is(303).location();
    assert_eq!(world.head.post(&path, &typed).await.is(303).location(), first);
    world
        .head
        .get(&first)
        .await
        .ok()
        .shows("PT26-0001")
        .shows(HEADS[0])
        .shows("200.000 đ")
        .shows("Phiếu thu");
    world.pay(&world.head, &fund, 0, &due, "200.000").await.is(409).shows("đã nộp đủ");
    world.pay(&world.head, &fund, 1, &due, "250.000").await.is(422).shows("chỉ còn phải nộp 200.000");
    world.pay(&world.head, &fund, 1, &due, "50.000").await.is(303);
    let list = world.head.get(&world.at(&format!("{fund}/dong-gop/{due}"))).await;
    list.ok().shows("Còn 150.000 đ").shows("Chưa nộp").shows("Đã thu 250.000 đ trên 800.000 đ");
    // A receipt that was refused left no gap in the numbers.
    world.head.get(&world.at(&fund)).await.ok().shows("PT26-0002").hides("PT26-0003").shows("250.000 đ");
    world
        .resident
        .get("/phieu-thu-cua-toi")
        .await
        .ok()
        .shows("PT26-0001")
        .hides("PT26-0002")
        .hides("Còn phải nộp");
    // Everybody reads the sum, nobody who paid.
    let visitor = world.app.visitor().header("host", "giaphu.example");
    for page in [world.page.clone(), format!("{}/quy", world.page)] {
        visitor.get(&page).await.ok().shows("250.000 đ").hides(HEADS[0]).hides(HEADS[1]);
    }
    world.app.end().await;
}

#[tokio::test]
async fn a_household_is_exempt_with_a_reason_and_no_longer() {
    let world = World::start().await;
    let fund = world.fund("Quỹ thôn").await;
    let due = world.due(&fund, "30.000", "person").await;
    let exempt = format!("{fund}/dong-gop/{due}/mien/{}", world.homes[2]);
    world.send(&world.head, &exempt, &[("ly-do", "")]).await.is(422).shows("Viết vì sao hộ được miễn");
    world.send(&world.head, &exempt, &[("ly-do", "Hộ nghèo")]).await.is(303);
    let list = world.at(&format!("{fund}/dong-gop/{due}"));
    world.head.get(&list).await.ok().shows("Được miễn: Hộ nghèo").shows("trên 90.000 đ");
    world.pay(&world.head, &fund, 2, &due, "30.000").await.is(409).shows("được miễn");
    world.send(&world.head, &exempt, &[("ly-do", "")]).await.is(303);
    world.head.get(&list).await.ok().hides("Được miễn");
    world.pay(&world.head, &fund, 2, &due, "30.000").await.is(303);
    world.app.end().await;
}

#[tokio::test]
async fn money_goes_out_with_an_approver_and_below_nothing_only_with_a_word() {
    let world = World::start().await;
    let fund = world.fund("Quỹ thôn").await;
    let other = format!("{fund}/thu?ho=");
    let gift =
        [("nguoi-nop", "Cửa hàng đầu thôn"), ("so-tien", "500.000"), ("noi-dung", "Ủng hộ Tết Trung thu")];
    world.send(&world.head, &other, &gift).await.is(303);
    let typed =
        [("so-tien", "600.000"), ("noi-dung", "Bánh kẹo Trung thu"), ("nguoi-duyet", "Họp thôn 02/03")];
    let spend = format!("{fund}/chi");
    world.send(&world.head, &spend, &typed[..2]).await.is(422).shows("duyệt khoản chi");
    world.send(&world.head, &spend, &typed).await.is(422).shows("Quỹ chỉ còn 500.000 đồng");
    world.head.get(&world.at(&fund)).await.ok().shows("500.000 đ").hides("PC26");
    let key = world.fresh();
    let mut fields = vec![("khoa", &*key), ("vi-sao", "Trưởng thôn ứng trước")];
    fields.extend(typed);
    let paid = world
        .head
        .upload(&world.at(&spend), &fields, "anh", "hoa-don.jpg", &photo())
        .await
        .is(303)
        .location();
    world.head.get(&paid).await.ok().shows("PC26-0001").shows("Trưởng thôn ứng trước");
    assert!(world.head.get(&format!("{paid}/anh")).await.ok().bytes.starts_with(&[0xff, 0xd8]));
    world.head.get(&world.at(&fund)).await.ok().shows("-100.000 đ").shows("Chi quá số dư");
    let visitor = world.app.visitor().header("host", "giaphu.example");
    visitor
        .get(&format!("{}/quy", world.page))
        .await
        .ok()
        .shows("Bánh kẹo Trung thu")
        .hides("Cửa hàng đầu thôn");
    for (amount, words) in [("0", "lớn hơn 0"), ("-5", "lớn hơn 0"), ("nhiều", "so-tien")] {
        let typed = [("so-tien", amount), typed[1], typed[2]];
        world.send(&world.head, &spend, &typed).await.is(422).shows(words);
    }
    world.app.end().await;
}

#[tokio::test]
async fn a_wrong_entry_stays_in_the_book_and_another_takes_it_back() {
    let world = World::start().await;
    let fund = world.fund("Quỹ thôn").await;
    let due = world.due(&fund, "100.000", "household").await;
    let receipt = world.pay(&world.head, &fund, 0, &due, "100.000").await.is(303).location();
    let receipt = receipt.strip_prefix(&world.book).unwrap().to_owned();
    let cancel = format!("{receipt}/huy");
    world.send(&world.head, &cancel, &[("ly-do", "")]).await.is(422);
    let gone = world.send(&world.head, &cancel, &[("ly-do", "Ghi nhầm hộ")]).await.is(303).location();
    world.head.get(&gone).await.ok().shows("DC26-0001").shows("PT26-0001").shows("Ghi nhầm hộ");
    world.head.get(&world.at(&receipt)).await.ok().shows("Đã hủy").shows("DC26-0001").hides("Hủy phiếu này");
    world.send(&world.head, &cancel, &[("ly-do", "Lần nữa")]).await.is(409);
    let again = gone.strip_prefix(&world.book).unwrap();
    world.send(&world.head, &format!("{again}/huy"), &[("ly-do", "x")]).await.is(409);
    world.resident.get("/phieu-thu-cua-toi").await.ok().shows("Đã hủy").shows("Còn phải nộp");
    // The household can pay anew, with the next number.
    world.pay(&world.head, &fund, 0, &due, "100.000").await.is(303);
    let csv = world.auditor.get(&world.at(&format!("{fund}?dinh-dang=csv"))).await.ok().text();
    for words in ["PT26-0001", "DC26-0001", "PT26-0002", "-100000"] {
        assert!(csv.replace('.', "").contains(&words.replace('.', "")), "{words}: {csv}");
    }
    world.auditor.get(&world.at(&format!("{fund}?dinh-dang=xlsx"))).await.ok();
    world.app.end().await;
}

#[tokio::test]
async fn each_village_has_its_own_book_and_numbers() {
    let world = World::start().await;
    let fund = world.fund("Quỹ thôn").await;
    world.send(&world.head, "/quy/moi", &[("ten", "quy thon")]).await.is(422).shows("đã có quỹ tên này");
    world.pay(&world.head, &fund, 0, "", "20.000").await.is(422).shows("Viết nội dung");
    let gift = [("nguoi-nop", "Ai đó"), ("so-tien", "1.000"), ("noi-dung", "Ủng hộ")];
    world.send(&world.head, &format!("{fund}/thu?ho="), &gift).await.is(303);
    world.second_head.get(&world.at(&fund)).await.is(404);
    world.send(&world.second_head, &format!("{fund}/chi"), &gift).await.is(404);
    world.send(&world.auditor, &format!("{fund}/chi"), &gift).await.is(403);
    let second = format!("/lam-viec/so-thon/{}", world.cast.home.villages[1]);
    // A fund is not reached through another village's address.
    world.officer.get(&format!("{second}{fund}")).await.is(404);
    let typed = [("khoa", &*world.fresh()), ("ten", "Quỹ thôn")];
    let own = world.second_head.post(&format!("{second}/quy/moi"), &typed).await.is(303).location();
    let typed = [("khoa", &*world.fresh()), gift[0], gift[1], gift[2]];
    let receipt = world.second_head.post(&format!("{own}/thu?ho="), &typed).await.is(303).location();
    world.second_head.get(&receipt).await.ok().shows("PT26-0001");
    world.app.end().await;
}

//! The choice of works: proposed, voted for by households online and on paper, counted, looked up.

use crate::world::{WORK, World};
use testkit::{Answer, Client};

impl World {
    /// A round of three works of Đông Căm; its page on the work side and for everybody.
    pub async fn round(&self, begins: i64) -> (String, String) {
        let head = self.who("village_head").await;
        let (from, until) = (self.day(begins), self.day(begins + 7));
        let village = self.cast.home.villages[0].to_string();
        let typed = [
            ("tieu-de", "Công trình năm 2027"),
            ("thon", &*village),
            ("kinh-phi", "100.000.000"),
            ("duoc-chon", "2"),
            ("tu-ngay", &*from),
            ("den-ngay", &*until),
        ];
        let page = self.send(&head, &format!("{WORK}/moi/works"), &typed).await.is(303).location();
        for (name, cost) in
            [("Đường nhóm 2", "60.000.000"), ("Nhà văn hóa", "80.000.000"), ("Đèn đường", "30.000.000")]
        {
            let typed = [("ten", name), ("cho", "Cuối thôn"), ("gia", cost)];
            self.send(&head, &format!("{page}/cong-trinh"), &typed).await.is(303);
        }
        self.publish(&head, &page).await.is(303);
        (page.clone(), page.replace("/lam-viec/hoi-dan", "/hoi-dan/cong-trinh"))
    }

    /// A household votes; the answer, and the code that stood in the form.
    pub async fn vote(&self, who: &Client, round: &str, picks: &[&str]) -> (Answer, String) {
        let booth = format!("{round}/bo-phieu");
        let form = who.get(&booth).await;
        let code = form.ok().field("ma");
        let mut typed = vec![("ma", code.as_str())];
        typed.extend(picks.iter().map(|pick| ("chon", *pick)));
        (self.send(who, &booth, &typed).await, code)
    }

    /// The form of somebody who has no booth.
    async fn vote_blindly(&self, who: &Client, round: &str, picks: &[&str]) -> Answer {
        let code = ask::works::code();
        let mut typed = vec![("ma", code.as_str())];
        typed.extend(picks.iter().map(|pick| ("chon", *pick)));
        self.send(who, &format!("{round}/bo-phieu"), &typed).await
    }
}

#[tokio::test]
async fn works_are_voted_for_counted_and_everybody_finds_the_own_ballot() {
    let world = World::start().await;
    let (page, round) = world.round(0).await;
    let head = world.who("village_head").await;
    world.visitor().get(&round).await.ok().shows("Đăng nhập để bỏ phiếu").shows("0 / 4").hides("Tự kiểm tra");
    world.who("head-0").await.get("/lam-viec/hop-thu").await.ok().shows("Công trình năm 2027");
    let (voted, code) = world.vote(&world.who("head-0").await, &round, &["1", "3"]).await;
    voted.ok().shows(&code).shows("Đã bỏ phiếu");
    let (second, spare) = world.vote(&world.who("head-1").await, &round, &["1"]).await;
    second.ok().shows(&spare);
    // A paper for the third household: handed once, then nothing online.
    let home = world.homes[2].to_string();
    world.send(&head, &format!("{page}/ho/{home}"), &[]).await.is(303);
    world.send(&head, &format!("{page}/ho/{home}"), &[]).await.is(409);
    world.vote_blindly(&world.who("head-2").await, &round, &["1"]).await.is(409).shows("phiếu giấy");
    let roll = head.get(&format!("{page}/ho?q=sung")).await;
    roll.ok().shows("Sùng A Thử").hides("Vàng Thị").shows("Đã bỏ phiếu trên mạng").hides("Đường nhóm 2");
    let sheets = head.get(&format!("{page}/phieu-giay?so=2")).await;
    sheets.ok().shows("Đường nhóm 2").shows("Phiếu chọn công trình");
    // Nobody counts before the end.
    world.send(&head, &format!("{page}/kiem-phieu"), &[]).await.is(409);
    world.send(&head, &format!("{page}/phieu-giay"), &[("ma", "ABCDE-FGHJK"), ("chon", "3")]).await.is(409);
    world.visitor().get(&format!("{round}/phieu")).await.is(404);
    world.visitor().get(&round).await.ok().shows("3 / 4").hides(&code);
    let api = round.replace("/hoi-dan/cong-trinh", "/api/v1/ask/matters");
    let counts = world.visitor().get(&api).await.ok().json();
    assert!(counts["counts"].as_array().unwrap().iter().all(|one| one["votes"] == 0), "{counts}");
    world.visitor().get(&format!("{api}/ballots")).await.is(404);
    // Over, but a paper is outstanding: it waits for whoever counts.
    world.later(8).await;
    let head = world.who("village_head").await;
    world.vote_blindly(&world.who("head-3").await, &round, &["1"]).await.is(409).shows("đã hết hạn");
    head.get("/lam-viec").await.ok().shows("chờ công bố kết quả");
    let paper = format!("{page}/phieu-giay");
    world.send(&head, &paper, &[("ma", "sai"), ("chon", "3")]).await.is(422).shows("Mã không đúng");
    world.send(&head, &paper, &[("ma", &*code), ("chon", "3")]).await.is(422).shows("đã được ghi");
    world.send(&head, &paper, &[("ma", "ABCDE-FGHJK"), ("chon", "2")]).await.is(303);
    world.send(&head, &format!("{paper}/bo"), &[("ma-bo", "ABCDE-FGHJK")]).await.is(303);
    world.send(&head, &paper, &[("ma", "abcde fghjk"), ("chon", "3")]).await.is(303);
    world
        .send(&head, &paper, &[("ma", "ABCDE-FGHJM"), ("chon", "3")])
        .await
        .is(409)
        .shows("Chỉ giao 1 phiếu");
    world.send(&head, &format!("{page}/kiem-phieu"), &[]).await.is(303);
    world.send(&head, &format!("{page}/kiem-phieu"), &[]).await.is(409);
    // Road (2 votes, 60) and lamps (2 votes, 30) fit into 100; the hall has none.
    world.visitor().get(&round).await.ok().shows("Được chọn").shows(&code);
    let counts = world.visitor().get(&api).await.ok().json();
    let chosen: Vec<bool> =
        counts["counts"].as_array().unwrap().iter().map(|one| one["chosen"] == true).collect();
    assert_eq!(chosen, [true, false, true]);
    let look = async |code: &str| world.visitor().post(&round, &[("ma", code)]).await;
    let found = look(&code.to_lowercase().replace('-', " ")).await;
    found.ok().shows("Có phiếu này").shows("Đường nhóm 2, Đèn đường");
    look("ZZZZZ-ZZZZZ").await.ok().shows("Không có phiếu nào");
    look("<script>alert(1)</script>").await.ok().hides("<script>alert");
    counted_again(&world, &page, &round, &code).await;
    // What was counted stands.
    world.send(&head, &format!("{page}/huy"), &[("phien-ban", "9"), ("ly-do", "Không thích")]).await.is(409);
    world.who("head-0").await.get("/lam-viec/hop-thu").await.ok().shows("Đã có kết quả");
    world.app.end().await;
}

/// Anybody counts again from the file, and its bytes give the published sum.
async fn counted_again(world: &World, page: &str, round: &str, code: &str) {
    let api = round.replace("/hoi-dan/cong-trinh", "/api/v1/ask/matters");
    let file = world.visitor().get(&format!("{round}/phieu")).await;
    let sum = sha256(&file.ok().bytes);
    world.visitor().get(round).await.ok().shows(&sum);
    assert_eq!(file.text().lines().count(), 4);
    assert!(file.text().contains(&format!("{code},\"1,3\"")) && file.text().contains("ABCDE-FGHJK,\"3\""));
    let counts = world.visitor().get(&api).await.ok().json();
    assert_eq!(counts["seal"], sum);
    assert_eq!(counts["counts"][0]["votes"], 2);
    assert_eq!(world.visitor().get(&format!("{api}/ballots")).await.ok().json().as_array().unwrap().len(), 3);
    world
        .who("village_head")
        .await
        .get(&format!("{page}/bien-ban"))
        .await
        .ok()
        .shows(&sum)
        .shows("Đường nhóm 2")
        .shows("Trưởng thôn");
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn one_household_has_one_vote_whoever_comes_and_however_often() {
    let world = World::start().await;
    let (_, round) = world.round(0).await;
    // Two members of one household at the same moment: exactly one counts.
    let (father, son) = (world.who("head-0").await, world.who("member-0-1").await);
    let (first, second) =
        tokio::join!(world.vote_blindly(&father, &round, &["1"]), world.vote_blindly(&son, &round, &["2"]));
    let mut got = [first.status.as_u16(), second.status.as_u16()];
    got.sort_unstable();
    assert_eq!(got, [200, 409]);
    world.visitor().get(&round).await.ok().shows("1 / 4");
    father.get(&format!("{round}/bo-phieu")).await.is(409);
    father.get(&round).await.ok().shows("Hộ này đã bỏ phiếu rồi").hides("Bỏ phiếu cho hộ của tôi");
    // Two tabs of one person.
    let third = world.who("head-1").await;
    let tabs = [third.get(&format!("{round}/bo-phieu")).await, third.get(&format!("{round}/bo-phieu")).await];
    let forms = tabs.map(|tab| (tab.field("khoa"), tab.field("ma")));
    let send = async |at: usize, pick: &str| {
        let (key, code) = &forms[at];
        third.post(&format!("{round}/bo-phieu"), &[("khoa", key), ("ma", code), ("chon", pick)]).await
    };
    send(0, "1").await.ok();
    send(1, "2").await.is(409).shows("Hộ này đã bỏ phiếu rồi");
    // The first form pressed again leads to the round and counts nothing.
    send(0, "1").await.is(303).leads_to(&round);
    world.visitor().get(&round).await.ok().shows("2 / 4");
    world.app.end().await;
}

#[tokio::test]
async fn who_may_not_vote_is_told_why() {
    let world = World::start().await;
    let (_, round) = world.round(0).await;
    let tries = [("member-0-2", "đủ 18 tuổi"), ("head-4", "thôn khác")];
    for (login, why) in tries {
        let who = world.who(login).await;
        who.get(&round).await.ok().shows(why).hides("Bỏ phiếu cho hộ của tôi");
        world.vote_blindly(&who, &round, &["1"]).await.is(409).shows(why);
    }
    world.who("nobody").await.get(&round).await.ok().shows("chưa nối");
    world.vote_blindly(&world.who("nobody").await, &round, &["1"]).await.is(403);
    world.vote_blindly(&world.who("village_head").await, &round, &["1"]).await.is(403);
    world.vote_blindly(&world.visitor(), &round, &["1"]).await.leads_to("/dang-nhap");
    let who = world.who("head-3").await;
    let booth = format!("{round}/bo-phieu");
    let code = who.get(&booth).await.ok().field("ma");
    let none = world.send(&who, &booth, &[("ma", &*code)]).await;
    // The code stays the same, so that what was noted down holds.
    assert_eq!(none.is(422).shows("Đánh dấu ít nhất một").field("ma"), code);
    let many = [("ma", &*code), ("chon", "1"), ("chon", "2"), ("chon", "3")];
    world.send(&who, &booth, &many).await.is(422).shows("nhiều nhất 2");
    world.send(&who, &booth, &[("ma", &*code), ("chon", "77")]).await.is(422);
    world.send(&who, &booth, &[("ma", &*code), ("chon", "<script>")]).await.is(422);
    world
        .send(&who, &booth, &[("ma", &*"A".repeat(10_000)), ("chon", "1")])
        .await
        .is(409)
        .shows("đổi mã mới");
    who.post(&booth, &[("ma", &*code), ("chon", "1")]).await.is(422);
    // A household that has moved away.
    let ctx = world.app.ctx(&world.cast.home);
    let tx = ctx.begin().await.unwrap();
    let home = registry::household::get(&ctx, world.homes[3]).await.unwrap();
    registry::household::move_out(&ctx, &tx, home.id, home.revision, ctx.today(), "Bảo Thắng", "test")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let gone = world.vote_blindly(&world.who("head-3").await, &round, &["1"]).await;
    assert!([403, 409].contains(&gone.status.as_u16()), "{}", gone.status);
    let head = world.who("village_head").await;
    let page = round.replace("/hoi-dan/cong-trinh", WORK);
    world.send(&head, &format!("{page}/ho/{}", home.id), &[]).await.is(409).shows("không còn ở thôn");
    world.visitor().get(&round).await.ok().shows("0 / 4");
    world.app.end().await;
}

#[tokio::test]
async fn too_few_households_choose_nothing_and_a_round_without_paper_counts_itself() {
    let world = World::start().await;
    let (page, round) = world.round(0).await;
    world.vote(&world.who("head-0").await, &round, &["1"]).await.0.ok();
    world.later(8).await;
    let shown = world.visitor().get(&round).await;
    shown
        .ok()
        .shows("Tự kiểm tra")
        .shows("Cần ít nhất 50% số hộ")
        .shows("Không được chọn")
        .hides("</svg>Được chọn");
    world.who("village_head").await.get(&format!("{page}/bien-ban")).await.ok().shows("Không được chọn");
    world.app.end().await;
}

#[tokio::test]
async fn residents_propose_works_before_the_round_begins() {
    let world = World::start().await;
    let (page, round) = world.round(3).await;
    let resident = world.who("head-1").await;
    let propose = format!("{round}/de-xuat");
    resident.get(&round).await.ok().shows("Đề xuất công trình");
    world.send(&resident, &propose, &[("ten", "")]).await.is(422).shows("Viết tên công trình");
    let typed = [("ten", "Kè suối"), ("cho", "Sau trường"), ("mo-ta", "Suối lở vào vườn")];
    world.send(&resident, &propose, &typed).await.is(303);
    world.send(&world.who("head-4").await, &propose, &typed).await.is(409).shows("thôn khác");
    world.visitor().get(&round).await.ok().hides("Kè suối");
    let head = world.who("village_head").await;
    head.get(&page).await.ok().shows("Kè suối").shows("Bà con đề xuất");
    let take = format!("{page}/cong-trinh/4");
    world.send(&head, &take, &[("lam", "nhan"), ("gia-moi", "500.000.000")]).await.is(422);
    world.send(&head, &take, &[("lam", "nhan"), ("gia-moi", "40.000.000")]).await.is(303);
    world.visitor().get(&round).await.ok().shows("Kè suối").shows("40.000.000 đ");
    world.send(&head, &format!("{page}/cong-trinh/1"), &[("lam", "bo")]).await.is(303);
    world.visitor().get(&round).await.ok().hides("Đường nhóm 2");
    world.later(3).await;
    world.send(&world.who("head-1").await, &propose, &typed).await.is(409);
    let head = world.who("village_head").await;
    world.send(&head, &take, &[("lam", "bo")]).await.is(409);
    // The roll is that of the first day.
    world.visitor().get(&round).await.ok().shows("0 / 4");
    world.vote(&world.who("head-1").await, &round, &["4"]).await.0.ok();
    let why = world.cancel(&head, &page, "Hoãn sang năm sau").await;
    why.is(303);
    world.visitor().get(&round).await.ok().shows("Hoãn sang năm sau").hides("0 / 4");
    world.app.end().await;
}

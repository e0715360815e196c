//! The books of the 14 villages: notices, a meeting that was held and one to come, the fund, the smart-village criteria. Đông Căm, the
//! pilot, has the fullest.

use super::office::{Writing, morning};
use super::paint;
use chrono::{DateTime, Duration, Utc};
use platform::clock::local_date;
use platform::{Ctx, Result, Uuid};
use std::collections::HashSet;
use units::Unit;
use village::fund::{self, Fund, Per, Setting, Spending, Taking};
use village::meeting::{self, Calling, Closing, Counting, How};
use village::smart::{self, Saying};
use village::{Home, Writing as Notice, homes, publish_notice};

/// Households of a village that have paid, and of the pilot.
const PAID: (usize, usize) = (14, 60);

const NOTICES: [(&str, &str, i64, i64); 6] = [
    (
        "Ra quân dọn đường, khơi rãnh",
        "Mỗi hộ một người, mang cuốc xẻng, tập trung ở nhà văn hóa thôn lúc 6 giờ 30 sáng chủ nhật.",
        2,
        6,
    ),
    (
        "Tiêm phòng cho trâu, bò đợt này",
        "Thú y xã về thôn từ 7 giờ đến 10 giờ. Bà con nhốt trâu bò ở nhà, chuẩn bị dây cột.",
        4,
        9,
    ),
    (
        "Cắt điện để sửa đường dây",
        "Điện lực cắt điện từ 7 giờ đến 11 giờ thứ bảy. Bà con bơm nước, sạc đèn từ tối hôm trước.",
        1,
        4,
    ),
    (
        "Nhận giống ngô lai hỗ trợ",
        "Hộ đã đăng ký mang theo căn cước, nhận tại nhà văn hóa thôn trong buổi sáng.",
        5,
        12,
    ),
    (
        "Học dùng điện thoại nộp hồ sơ",
        "Tổ công nghệ số cộng đồng dạy miễn phí tối thứ sáu, ai cũng đến được, mang theo điện thoại.",
        3,
        10,
    ),
    (
        "Phòng cháy rừng mùa khô",
        "Không đốt nương khi có gió. Đốt phải báo trưởng thôn, có người canh và dọn đường băng cản lửa.",
        6,
        40,
    ),
];

pub(super) async fn write(writing: &Writing<'_>) -> Result<()> {
    let all = units::village_list(writing.ctx, writing.ctx.today()).await?;
    let with_account = households_with_account(writing.ctx).await?;
    for (n, login) in writing.heads().into_iter().enumerate() {
        let head = writing.person(&login).await?;
        let code = format!("{:02}", n + 1);
        let Some(unit) = all.iter().find(|unit| unit.code == code) else { continue };
        let at = |at: DateTime<Utc>| writing.at(&head, at);
        let mut homes = homes(&at(writing.ctx.now), unit.id).await?;
        // Who signs in has paid: their own page is not empty.
        homes.sort_by_key(|home| !with_account.contains(&home.id));
        let book = Book { writing, unit, homes, n, pilot: unit.slug == "dong-cam" };
        book.notices(&at).await?;
        book.meetings(&at).await?;
        book.fund(&at).await?;
        book.criteria(&at).await?;
    }
    Ok(())
}

pub(super) async fn households_with_account(ctx: &Ctx) -> Result<HashSet<Uuid>> {
    let holders = identity::holders_with_places(ctx, "resident", "person", ctx.today()).await?;
    let people: Vec<Uuid> = holders.iter().map(|holder| holder.place_id).collect();
    let people = registry::person::get_many(ctx, &people).await?;
    Ok(people.into_iter().map(|person| person.place.household_id).collect())
}

struct Book<'a> {
    writing: &'a Writing<'a>,
    unit: &'a Unit,
    homes: Vec<Home>,
    n: usize,
    pilot: bool,
}

impl Book<'_> {
    fn ago(&self, days: i64) -> DateTime<Utc> {
        morning(local_date(self.writing.ctx.now) - Duration::days(days))
    }

    async fn notices(&self, at: &impl Fn(DateTime<Utc>) -> Ctx) -> Result<()> {
        let count = if self.pilot { 3 } else { 1 + self.n % 2 };
        let mut mine: Vec<_> = (0..count).map(|k| NOTICES[(self.n + k * 2) % NOTICES.len()]).collect();
        mine.sort_by_key(|(_, _, ago, _)| -ago);
        for (k, (title, body, ago, days)) in mine.into_iter().enumerate() {
            let ctx = at(self.ago(ago));
            let picture = match self.pilot && k == 0 {
                true => Some(
                    platform::files::prepare(
                        &ctx,
                        "anh.jpg".into(),
                        paint::paint("winter")?,
                        platform::files::PICTURES,
                    )
                    .await?,
                ),
                false => None,
            };
            let written = Notice {
                title: title.to_owned(),
                body: body.to_owned(),
                until: Some(ctx.today() + Duration::days(days + ago)),
                picture,
                ..Notice::default()
            };
            publish_notice(&ctx, self.writing.tx, self.unit, written).await?;
        }
        Ok(())
    }

    fn calling(&self, ctx: &Ctx, title: &str, days: i64, agenda: &str) -> Calling {
        Calling {
            title: title.to_owned(),
            day: Some(ctx.today() + Duration::days(days)),
            hour: "19:30".to_owned(),
            place: "Nhà văn hóa thôn".to_owned(),
            agenda: agenda.to_owned(),
            invite: true,
        }
    }

    async fn meetings(&self, at: &impl Fn(DateTime<Utc>) -> Ctx) -> Result<()> {
        let (tx, ago) = (self.writing.tx, 45 + i64::try_from(self.n).unwrap_or(0));
        let agenda = "1. Thu, chi quỹ thôn\n2. Mức đóng góp quỹ thôn năm nay\n3. Giữ vệ sinh đường làng";
        let called = at(self.ago(ago));
        let calling = self.calling(&called, "Họp thôn thường kỳ", 4, agenda);
        let one = meeting::call(&called, tx, self.unit, calling).await?;
        let held = at(self.ago(ago - 4) + Duration::hours(13));
        let came = self.homes.len() * (58 + self.n * 5 % 30) / 100;
        let ticked = self.homes.iter().take(came).enumerate();
        let ticked: Vec<_> =
            ticked.map(|(k, home)| (home.id, Some(if k % 7 == 3 { How::Proxy } else { How::Own }))).collect();
        let present = meeting::tick(&held, tx, &one, &self.homes, &ticked).await?;
        let total = i64::try_from(self.homes.len()).unwrap_or(0);
        for (question, matter, yes) in [
            ("Thông qua báo cáo thu, chi quỹ thôn", "general", present - 1),
            ("Mỗi hộ góp 100.000 đồng vào quỹ thôn", "contribution", (total * 54 / 100).min(present)),
        ] {
            let counting = Counting {
                question: question.to_owned(),
                matter: matter.to_owned(),
                yes: Some(yes),
                no: Some((present - yes).min(4)),
                abstain: Some((present - yes - 4).max(0)),
            };
            meeting::count(&held, tx, &one, total, counting).await?;
        }
        let closing = Closing {
            minutes: format!("Hôm nay, {} tổ chức họp thôn; {present} trên {total} hộ có đại diện.\nTrưởng thôn báo cáo thu, chi quỹ; bà con bàn mức đóng góp và việc giữ vệ sinh.\nBiên bản được đọc lại cho mọi người cùng nghe.", self.unit.name),
            decisions: "1. Thông qua thu, chi quỹ thôn.\n2. Mỗi hộ góp 100.000 đồng; hộ nghèo được miễn.\n3. Chủ nhật đầu tháng cả thôn dọn đường.".to_owned(),
            photo: None,
        };
        meeting::close(&held, tx, one, total, closing).await?;
        if self.n.is_multiple_of(2) {
            let called = at(self.ago(1));
            let agenda = "1. Làm đường bê tông nhóm 2\n2. Chọn tổ giám sát cộng đồng";
            let calling = self.calling(&called, "Bàn làm đường bê tông nhóm 2", 5, agenda);
            meeting::call(&called, tx, self.unit, calling).await?;
        }
        Ok(())
    }

    async fn fund(&self, at: &impl Fn(DateTime<Utc>) -> Ctx) -> Result<()> {
        let tx = self.writing.tx;
        let opened = at(self.ago(40));
        let one =
            fund::open(&opened, tx, self.unit, "Quỹ thôn", "Điện, nước nhà văn hóa; hiếu hỉ; khuyến học")
                .await?;
        let set = Setting {
            title: "Quỹ thôn năm nay".to_owned(),
            per: Some(Per::Household),
            amount: Some(100_000),
            due_on: Some(opened.today() + Duration::days(70)),
            why: "Họp thôn thường kỳ, quá nửa số hộ đồng ý".to_owned(),
        };
        let due = fund::set_due(&opened, tx, &one, set).await?;
        let paid = if self.pilot { PAID.1 } else { PAID.0 }.min(self.homes.len());
        for (k, home) in self.homes.iter().take(paid).enumerate() {
            let ctx = at(self.ago(38 - i64::try_from(k / 3).unwrap_or(0).min(30)));
            let taken = Taking {
                home: Some(home.clone()),
                due: Some(due.clone()),
                amount: Some(100_000),
                ..Taking::default()
            };
            fund::take(&ctx, tx, self.unit, &one, taken).await?;
        }
        for home in self.homes.iter().rev().take(2) {
            fund::exempt(&opened, tx, &due, home, Some("Hộ nghèo, thôn họp nhất trí")).await?;
        }
        for (days, amount, words) in [
            (20, 320_000, "Tiền điện nhà văn hóa thôn"),
            (12, 450_000, "Chổi, bao, găng tay dọn đường"),
            (5, 300_000, "Thưởng học sinh giỏi của thôn"),
        ] {
            let spent = Spending {
                amount: Some(amount),
                words: words.to_owned(),
                approver: "Họp thôn thường kỳ".to_owned(),
                ..Spending::default()
            };
            fund::spend(&at(self.ago(days)), tx, self.unit, &one, spent).await?;
        }
        if self.pilot { self.road(at).await } else { Ok(()) }
    }

    /// The pilot collects for a road as well.
    async fn road(&self, at: &impl Fn(DateTime<Utc>) -> Ctx) -> Result<()> {
        let (ctx, tx) = (at(self.ago(9)), self.writing.tx);
        let one: Fund =
            fund::open(&ctx, tx, self.unit, "Quỹ làm đường nhóm 2", "Đổ bê tông 420 m đường nhóm 2").await?;
        let gift = Taking {
            payer: "Cửa hàng vật liệu đầu thôn".to_owned(),
            amount: Some(5_000_000),
            words: "Ủng hộ xi măng, quy ra tiền".to_owned(),
            ..Taking::default()
        };
        fund::take(&ctx, tx, self.unit, &one, gift).await?;
        let wrong = Taking {
            home: self.homes.first().cloned(),
            amount: Some(2_000_000),
            words: "Ủng hộ làm đường".to_owned(),
            ..Taking::default()
        };
        let entry = fund::take(&ctx, tx, self.unit, &one, wrong).await?;
        fund::reverse(&ctx, tx, self.unit, &one, entry.id, "Ghi nhầm số tiền, hộ ủng hộ 200.000 đồng")
            .await?;
        let right = Taking {
            home: self.homes.first().cloned(),
            amount: Some(200_000),
            words: "Ủng hộ làm đường".to_owned(),
            ..Taking::default()
        };
        fund::take(&ctx, tx, self.unit, &one, right).await?;
        Ok(())
    }

    async fn criteria(&self, at: &impl Fn(DateTime<Utc>) -> Ctx) -> Result<()> {
        let members = 40 + self.n * 7;
        let said = [
            ("2.2", self.n % 4 != 3, format!("Nhóm Zalo của thôn, {members} hộ tham gia")),
            ("2.3", self.pilot || self.n % 5 == 2, "Wifi ở nhà văn hóa thôn".to_owned()),
        ];
        for (code, met, note) in said {
            // Some villages were not judged yet.
            if !self.pilot && self.n % 3 == 1 && code == "2.3" {
                continue;
            }
            let note = if met { note } else { "Chưa có, đã ghi vào kế hoạch".to_owned() };
            let saying = Saying { met, note, ..Saying::default() };
            smart::say(&at(self.ago(25)), self.writing.tx, self.unit, code, saying).await?;
        }
        Ok(())
    }
}

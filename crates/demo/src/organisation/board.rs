//! Boards and teams of the pilot. That they exist is in the article; decisions, members and plan lines are invented.

use super::{Decision, Organisation, OrganisationKind, WorkLine};
use crate::commune::Commune;
use crate::day::{ARTICLE_DAY, days_after, ymd};
use crate::person::{Person, PersonKey};
use crate::rng::Rng;
use crate::staff::{Role, stayers};
use crate::village::{Village, VillageKey};
use chrono::NaiveDate;

pub(super) fn all(commune: &Commune) -> Vec<Organisation> {
    let mut rng = Rng::new(commune.seed, "boards");
    let mut list = vec![digital_board(commune), market_board(commune), mobilisation_team(commune, &mut rng)];
    list.extend(commune.villages.iter().map(|village| digital_team(commune, village, &mut rng)));
    list
}

fn decided(mut board: Organisation, number: u32, issuer_vi: &'static str) -> Organisation {
    let party = issuer_vi.starts_with("Đảng ủy");
    let number = if party { format!("{number}-QĐ/ĐU") } else { format!("{number}/QĐ-UBND") };
    board.decision = Some(Decision { number, date: board.from, issuer_vi });
    board.named_in_source = true;
    board
}

fn plan(lines: &[(&'static str, (i32, u32, u32), i64)]) -> Vec<WorkLine> {
    let line = |(text_vi, due, late): &(&'static str, (i32, u32, u32), i64)| {
        let due: NaiveDate = ymd(due.0, due.1, due.2);
        // `late` counts days after the due day, negative for early; 999 says that it is not done.
        WorkLine { text_vi, due, done: (*late != 999).then(|| days_after(due, *late)) }
    };
    lines.iter().map(line).collect()
}

fn seats(board: &mut Organisation, commune: &Commune, seats: &[(Role, &str)]) {
    for (role, title) in seats {
        if let Some(account) = commune.staff.iter().find(|s| s.role == *role) {
            board.seat(account.person, *title);
        }
    }
}

fn digital_board(commune: &Commune) -> Organisation {
    let name = "Ban chỉ đạo chuyển đổi số xã Gia Phú";
    let from = ymd(2023, 8, 4);
    let mut board =
        Organisation::new(OrganisationKind::SteeringBoard, "ban-chi-dao-chuyen-doi-so", name, from);
    let roles = [
        (Role::PartySecretary, "Trưởng ban"),
        (Role::Chairman, "Phó Trưởng ban thường trực"),
        (Role::ViceChairman, "Phó Trưởng ban"),
        (Role::DigitalOfficer, "Thư ký"),
        (Role::OneStopOfficer, "Uỷ viên"),
        (Role::Clerk, "Uỷ viên"),
        (Role::RadioOfficer, "Uỷ viên"),
    ];
    seats(&mut board, commune, &roles);
    board.work_plan = plan(&[
        ("Ban hành kế hoạch chuyển đổi số và cải thiện chỉ số DTI của xã", (2023, 8, 31), -6),
        ("Lập tổ công nghệ số ở 14 thôn", (2023, 9, 15), -3),
        ("Tập huấn chuyển đổi số cho cán bộ, công chức xã", (2023, 10, 31), -10),
        ("Rà soát hạ tầng mạng của 14 thôn", (2023, 11, 30), 4),
        ("Sơ kết 5 tháng thí điểm", (2023, 12, 31), -2),
        ("Đề nghị kéo cáp quang tới hai thôn chưa có", (2024, 6, 30), 999),
    ]);
    decided(board, 112, "Đảng ủy xã Gia Phú")
}

fn market_board(commune: &Commune) -> Organisation {
    let name = "Ban chỉ đạo mô hình chợ 4.0";
    let from = ymd(2023, 8, 14);
    let mut board = Organisation::new(OrganisationKind::SteeringBoard, "ban-chi-dao-cho-4-0", name, from);
    let roles = [
        (Role::ViceChairman, "Trưởng ban"),
        (Role::MarketManager, "Phó Trưởng ban"),
        (Role::DigitalOfficer, "Uỷ viên"),
        (Role::RadioOfficer, "Uỷ viên"),
    ];
    seats(&mut board, commune, &roles);
    board.work_plan = plan(&[
        ("Vận động các quầy hàng mở tài khoản thanh toán", (2023, 9, 30), 5),
        ("Dán mã QR thanh toán tại các quầy hàng", (2023, 10, 31), 0),
        ("Lắp mạng không dây tại chợ", (2023, 11, 30), -8),
        ("Thu phí chợ không dùng tiền mặt", (2024, 3, 31), 999),
    ]);
    decided(board, 145, "UBND xã Gia Phú")
}

fn mobilisation_team(commune: &Commune, rng: &mut Rng) -> Organisation {
    let name = "Tổ vận động xây dựng thôn thông minh Đông Căm";
    let from = ymd(2023, 8, 10);
    let mut team = Organisation::new(OrganisationKind::MobilisationTeam, "to-van-dong-dong-cam", name, from);
    let village = VillageKey(1);
    team.village = Some(village);
    let roles = [(Role::ViceChairman, "Tổ trưởng"), (Role::DigitalOfficer, "Tổ phó")];
    seats(&mut team, commune, &roles);
    village_people(commune, village, 5, rng).into_iter().for_each(|person| team.seat(person, "Thành viên"));
    team.work_plan = plan(&[
        ("Họp thôn, lấy ý kiến về mô hình thôn thông minh", (2023, 8, 25), 0),
        ("Lắp camera an ninh ở đường vào thôn", (2023, 10, 15), 6),
        ("Hướng dẫn từng hộ dùng dịch vụ công trực tuyến", (2023, 11, 30), 12),
        ("Lắp mạng không dây tại nhà văn hoá thôn", (2023, 12, 15), -4),
    ]);
    decided(team, 141, "UBND xã Gia Phú")
}

fn digital_team(commune: &Commune, village: &Village, rng: &mut Rng) -> Organisation {
    let place = crate::map::with_prefix(village).replacen("Thôn", "thôn", 1);
    let slug = format!("to-cong-nghe-so-{}", village.slug);
    let from = ymd(2023, 9, 5);
    let name = format!("Tổ công nghệ số {place}");
    let mut team = Organisation::new(OrganisationKind::DigitalTeam, slug, name, from);
    team.village = Some(village.key);
    let head = commune.staff.iter().find(|s| s.role == Role::VillageHead && s.village == Some(village.key));
    head.into_iter().for_each(|account| team.seat(account.person, "Tổ trưởng"));
    let count = rng.range(4, 6) as usize;
    for (at, person) in village_people(commune, village.key, count, rng).into_iter().enumerate() {
        team.seat(person, if at == 0 { "Tổ phó" } else { "Thành viên" });
    }
    team.work_plan = plan(&[
        ("Lập danh sách hộ cần hướng dẫn", (2023, 9, 30), -1),
        ("Hướng dẫn cài VNeID và sổ sức khoẻ điện tử", (2023, 11, 15), rng.range(-5, 20)),
        ("Hướng dẫn thanh toán không dùng tiền mặt", (2023, 12, 20), rng.range(-5, 11)),
        ("Thăm lại từng hộ có người cao tuổi", (2024, 4, 30), 999),
    ]);
    decided(team, 150 + u32::from(village.key.0), "UBND xã Gia Phú")
}

/// Young and skilled people of the village, the village head left out.
fn village_people(commune: &Commune, village: VillageKey, count: usize, rng: &mut Rng) -> Vec<PersonKey> {
    let heads: Vec<PersonKey> = commune.staff.iter().map(|s| s.person).collect();
    let fits = |p: &&Person| {
        let here = commune.village_on(p.key, ymd(2023, 9, 5)) == Some(village)
            && commune.village_on(p.key, crate::day::LAST_DAY) == Some(village);
        here && (19..=46).contains(&p.age_on(ARTICLE_DAY)) && !p.skills.is_empty() && !heads.contains(&p.key)
    };
    let mut people: Vec<PersonKey> = stayers(commune).filter(fits).map(|p| p.key).collect();
    rng.shuffle(&mut people);
    people.truncate(count);
    people
}

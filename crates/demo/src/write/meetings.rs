//! Meetings: one that was held, with votes, conclusions and minutes; one to which the invitations are out; one in preparation.

use super::office::{Writing, morning, working_days_before};
use chrono::{DateTime, Duration, Utc};
use office::meeting::{self, AgendaItem, Answer, Asking, Calling, Came, Concluding, Meeting};
use platform::access::Actor;
use platform::clock::{local_date, vietnam};
use platform::{Result, Uuid};
use std::sync::Arc;

/// Who of the heads did not come to the meeting that was held.
const ABSENT: usize = 11;

pub(super) async fn write(writing: &Writing<'_>) -> Result<()> {
    let mut heads = Vec::new();
    for login in writing.heads() {
        heads.push(writing.person(&login).await?);
    }
    held(writing, &heads).await?;
    coming(writing, &heads).await?;
    prepared(writing).await
}

fn calling(writing: &Writing<'_>, title: &str, about: &str, starts_at: DateTime<Utc>, hours: i64) -> Calling {
    let hour = |at: DateTime<Utc>| at.with_timezone(&vietnam()).format("%H:%M").to_string();
    Calling {
        title: title.to_owned(),
        about: about.to_owned(),
        day: Some(local_date(starts_at)),
        from: hour(starts_at),
        until: hour(starts_at + Duration::hours(hours)),
        place: "Hội trường Ủy ban nhân dân xã".to_owned(),
        video_url: String::new(),
        chair: Some(writing.chairman.account_id),
        writer: Some(writing.clerk.account_id),
        guests: Vec::new(),
        all_heads: true,
    }
}

/// Calls a meeting with its agenda as the clerk does.
async fn called(
    writing: &Writing<'_>,
    at: DateTime<Utc>,
    calling: &Calling,
    agenda: &[(&str, i64, &str)],
) -> Result<Meeting> {
    let clerk = writing.at(&writing.clerk, at);
    let one = meeting::keep(&clerk, writing.tx, None, calling).await?;
    for (title, minutes, speaker) in agenda {
        let item = AgendaItem {
            title: (*title).to_owned(),
            minutes: Some(*minutes),
            speaker: (*speaker).to_owned(),
        };
        meeting::add_item(&clerk, writing.tx, one.id, item).await?;
    }
    Ok(one)
}

async fn held(writing: &Writing<'_>, heads: &[Arc<Actor>]) -> Result<()> {
    let start = morning(working_days_before(local_date(writing.ctx.now), 4));
    let asked = start - Duration::days(3);
    let words = calling(
        writing,
        "Giao ban công tác tháng và phòng cháy, chữa cháy rừng",
        "Các thôn chuẩn bị số liệu về đội xung kích, dụng cụ chữa cháy và diện tích rừng dễ cháy.",
        start,
        2,
    );
    let agenda = [
        ("Kết quả công tác tháng trước", 20, "Văn phòng"),
        ("Phương án phòng cháy, chữa cháy rừng mùa khô", 40, "Chủ tịch Ủy ban nhân dân xã"),
        ("Phát động thu gom rác thải thôn bản", 20, ""),
    ];
    let one = called(writing, asked, &words, &agenda).await?;
    let (id, tx) = (one.id, writing.tx);
    let clerk = |minutes: i64| writing.at(&writing.clerk, start + Duration::minutes(minutes));
    let chair = |minutes: i64| writing.at(&writing.chairman, start + Duration::minutes(minutes));
    meeting::invite(&writing.at(&writing.clerk, asked + Duration::minutes(5)), tx, id).await?;
    for (n, head) in heads.iter().enumerate() {
        let ctx = writing.at(head, asked + Duration::hours(4));
        let (answer, words) =
            if n == ABSENT { (Answer::Cannot, "Đi tập huấn ở tỉnh") } else { (Answer::Comes, "") };
        meeting::answer(&ctx, tx, id, Some(answer), words).await?;
    }
    for who in [&writing.chairman, &writing.clerk] {
        let ctx = writing.at(who, asked + Duration::hours(1));
        meeting::answer(&ctx, tx, id, Some(Answer::Comes), "").await?;
    }
    meeting::open(&chair(0), tx, id).await?;
    let here: Vec<&Arc<Actor>> =
        heads.iter().enumerate().filter(|(n, _)| *n != ABSENT).map(|(_, head)| head).collect();
    for who in
        here.iter().map(|head| head.account_id).chain([writing.chairman.account_id, writing.clerk.account_id])
    {
        meeting::check_in_by_hand(&clerk(2), tx, id, Some(who), Came::Hand).await?;
    }
    for head in here.iter().take(3) {
        meeting::ask_to_speak(&writing.at(head, start + Duration::minutes(30)), tx, id, None).await?;
        meeting::call_speaker(&chair(31), tx, id, None).await?;
        meeting::end_speech(&chair(36), tx, id).await?;
    }
    voted(writing, id, start, &here).await?;
    let today = local_date(writing.ctx.now);
    for (words, doer, days) in [
        ("Mỗi thôn củng cố đội xung kích chữa cháy rừng, gửi danh sách về xã", here.first(), 6),
        ("Phát quang đường băng cản lửa ở khu rừng giáp nương", here.get(1), 12),
        ("Tổng dọn vệ sinh đường thôn vào sáng thứ Bảy hằng tuần", here.get(2), 20),
    ] {
        let doer = doer.map(|head| head.account_id);
        let typed = Concluding { words: words.to_owned(), doer, due: Some(today + Duration::days(days)) };
        meeting::conclude(&clerk(80), tx, id, typed).await?;
    }
    meeting::close(&clerk(95), tx, id).await?;
    meeting::hand_out(&clerk(100), tx, id, None).await?;
    meeting::draft_minutes(&clerk(110), tx, id).await?;
    Ok(())
}

async fn voted(writing: &Writing<'_>, id: Uuid, start: DateTime<Utc>, here: &[&Arc<Actor>]) -> Result<()> {
    let tx = writing.tx;
    let chair = writing.at(&writing.chairman, start + Duration::minutes(60));
    let clerk = writing.at(&writing.clerk, start + Duration::minutes(50));
    let usual = ["Tán thành", "Không tán thành", "Không có ý kiến"];
    for (question, secret) in [
        ("Thông qua phương án phòng cháy, chữa cháy rừng", false),
        ("Lấy nhà văn hóa thôn làm điểm tập kết rác thải nhựa", true),
    ] {
        let choices = usual.iter().map(|words| (*words).to_owned()).collect();
        let asking = Asking { question: question.to_owned(), choices, secret };
        let vote = meeting::prepare_vote(&clerk, tx, id, asking).await?;
        meeting::open_vote(&chair, tx, id, vote).await?;
        for (n, head) in here.iter().enumerate() {
            let position = match n {
                4 => 3,
                7 if secret => 2,
                _ => 1,
            };
            let ctx = writing.at(head, start + Duration::minutes(62));
            meeting::cast(&ctx, tx, id, vote, Some(position)).await?;
        }
        meeting::close_vote(&chair, tx, id, vote).await?;
    }
    Ok(())
}

async fn coming(writing: &Writing<'_>, heads: &[Arc<Actor>]) -> Result<()> {
    let now = writing.ctx.now;
    let start = morning(local_date(now) + Duration::days(2));
    let words = calling(
        writing,
        "Triển khai kế hoạch chuyển đổi số ở các thôn",
        "Mang theo điện thoại để thực hành; mỗi thôn báo cáo số hộ đã cài ứng dụng.",
        start,
        3,
    );
    let agenda = [
        ("Kế hoạch chuyển đổi số năm nay", 30, "Chủ tịch Ủy ban nhân dân xã"),
        ("Tổ công nghệ số cộng đồng: việc cần làm từng tuần", 45, "Văn phòng"),
        ("Thực hành nộp hồ sơ trực tuyến", 60, "Bộ phận một cửa"),
    ];
    let asked = now - Duration::hours(20);
    let one = called(writing, asked, &words, &agenda).await?;
    meeting::invite(&writing.at(&writing.clerk, asked), writing.tx, one.id).await?;
    for (n, head) in heads.iter().enumerate().filter(|(n, _)| (4..12).contains(n)) {
        let ctx = writing.at(head, asked + Duration::hours(2));
        let (answer, words) = match n {
            5 => (Answer::Cannot, "Nhà có việc hiếu"),
            6 => (Answer::Sends, "Phó trưởng thôn"),
            _ => (Answer::Comes, ""),
        };
        meeting::answer(&ctx, writing.tx, one.id, Some(answer), words).await?;
    }
    Ok(())
}

async fn prepared(writing: &Writing<'_>) -> Result<()> {
    let now = writing.ctx.now;
    let start = morning(local_date(now) + Duration::days(9));
    let words = calling(writing, "Sơ kết công tác quý", "", start, 2);
    let agenda = [("Báo cáo sơ kết", 30, "Văn phòng"), ("Thảo luận", 60, "")];
    called(writing, now - Duration::hours(1), &words, &agenda).await?;
    Ok(())
}

//! What people wrote to the commune's Facebook page and Zalo account, as far as officers have got with it, and one emergency notice
//! that is over.

use super::office::Writing;
use chrono::Duration;
use feedback::voice::{Turning, Why};
use messages::channel::Channel;
use messages::channel::voice::{self, Heard, Told, Way};
use messages::emergency::{self, Asking};
use platform::{Error, Result, Uuid};

struct Line {
    channel: Channel,
    way: Way,
    /// Hours ago.
    hours: i64,
    name: &'static str,
    words: &'static str,
    come: Come,
}

enum Come {
    Waits,
    Aside(Why),
    Report(&'static str),
}

const LINES: [Line; 7] = [
    Line {
        channel: Channel::Facebook,
        way: Way::Comment,
        hours: 70,
        name: "Sùng Thị Mẫu",
        words: "Đường vào Đông Căm sau mưa lầy quá, xe máy chở con đi học ngã mấy lần rồi xã ơi.",
        come: Come::Report("road-damage"),
    },
    Line {
        channel: Channel::Facebook,
        way: Way::Message,
        hours: 52,
        name: "",
        words: "Vay tiền nhanh trong ngày, lãi thấp, nhắn tin để nhận tư vấn",
        come: Come::Aside(Why::Spam),
    },
    Line {
        channel: Channel::Zalo,
        way: Way::Message,
        hours: 26,
        name: "",
        words: "Cống trước nhà văn hóa thôn Soi Cờ tắc từ hôm kia, nước tràn cả vào sân trường",
        come: Come::Waits,
    },
    Line {
        channel: Channel::Zalo,
        way: Way::Message,
        hours: 9,
        name: "",
        words: "Cho tôi hỏi thứ bảy này bộ phận một cửa có làm việc không, tôi đi làm xa chỉ về được cuối tuần",
        come: Come::Waits,
    },
    Line {
        channel: Channel::Facebook,
        way: Way::Comment,
        hours: 6,
        name: "Lò Văn Mẫu",
        words: "Hay quá, xã mình giờ làm giấy khai sinh không phải đi lại nhiều",
        come: Come::Waits,
    },
    Line {
        channel: Channel::Facebook,
        way: Way::Comment,
        hours: 4,
        name: "Tẩn A Mẫu",
        words: "Tôi tố cáo có người ăn chặn tiền hỗ trợ giống ngô của bà con",
        come: Come::Waits,
    },
    Line {
        channel: Channel::Facebook,
        way: Way::Message,
        hours: 2,
        name: "",
        words: "Bóng đèn đầu ngõ nhà tôi cháy, tối đi lại sợ lắm",
        come: Come::Waits,
    },
];

pub(super) async fn write(writing: &Writing<'_>) -> Result<()> {
    for (number, line) in LINES.iter().enumerate() {
        one(writing, number, line).await?;
    }
    over(writing).await
}

async fn one(writing: &Writing<'_>, number: usize, line: &Line) -> Result<()> {
    let at = writing.ctx.now - Duration::hours(line.hours);
    let heard_by = platform::Ctx { actor: None, ..writing.at(&writing.clerk, at) };
    let heard = Heard {
        channel: line.channel,
        way: line.way,
        person: format!("demo-{number}"),
        name: line.name.to_owned(),
        thread: if line.way == Way::Comment { format!("demo-{number}") } else { String::new() },
        external: format!("demo-{number}"),
        body: line.words.to_owned(),
        beside: None,
        point: None,
        pictures: Vec::new(),
        said_at: at,
    };
    let taken = voice::take(&heard_by, writing.tx, heard, Told::Said).await?;
    let taken = taken.ok_or_else(|| Error::internal("a line of the demo twice"))?;
    let matter = feedback::voice::take(&heard_by, writing.tx, taken).await?;
    let officer = writing.at(&writing.clerk, at + Duration::hours(1));
    match &line.come {
        Come::Waits => {}
        Come::Aside(why) => {
            feedback::voice::aside(&officer, writing.tx, matter.id, None, *why).await?;
        }
        Come::Report(kind) => {
            let turning = Turning {
                kind,
                village: village(&officer).await?,
                words: line.words,
                name: line.name,
                ..Turning::default()
            };
            feedback::voice::turn(&officer, writing.tx, matter.id, matter.revision, turning).await?;
        }
    }
    Ok(())
}

/// The first village of the commune.
async fn village(ctx: &platform::Ctx) -> Result<Option<Uuid>> {
    let all = units::village_list(ctx, ctx.today()).await?;
    Ok(all.iter().find(|unit| unit.code == "01").or(all.first()).map(|unit| unit.id))
}

/// An emergency notice of some weeks ago.
async fn over(writing: &Writing<'_>) -> Result<()> {
    let chairman = writing.at(&writing.chairman, writing.ctx.now - Duration::days(41));
    let asking = Asking {
        title: "Mưa lớn, nguy cơ lũ quét ven suối Bo",
        body: "Bà con ven suối Bo không ra suối, không qua ngầm tràn. Nhà sát bờ suối sang nhà văn hóa thôn ngay. Cần giúp gọi trưởng thôn.",
        title_en: "Heavy rain, flash floods possible along the Bo",
        body_en: "Keep away from the Bo stream and the ford. Houses by the stream: go to the village hall now. For help call the village head.",
        hours: 10,
        ..Asking::default()
    };
    emergency::ask(&chairman, writing.tx, asking).await?;
    Ok(())
}

//! The official mailbox: letters as if they had been fetched, from invented agencies. The demo has no mail server.

use super::office::Writing;
use chrono::Duration;
use office::incoming::{NewFile, TextState};
use office::mailbox::{self, Planted};
use office::reading::Words;
use platform::{Result, Uuid, files};
use std::collections::BTreeMap;

const TEMPLATE: &str = include_str!("letter.typ");
const PDF: files::Accept = files::Accept { types: &["application/pdf"], max_bytes: 1 << 20 };

struct Letter {
    from: (&'static str, &'static str),
    subject: &'static str,
    text: &'static str,
    /// Agency, number, notation, subject of what is attached.
    document: Option<[&'static str; 4]>,
    archive: Option<&'static str>,
    list: bool,
    hours: i64,
}

const LETTERS: [Letter; 5] = [
    Letter {
        from: ("Bảo hiểm xã hội khu vực Bảo Thắng", "vanthu@bhxh-baothang.example"),
        subject: "Gửi công văn về rà soát thẻ bảo hiểm y tế hộ cận nghèo",
        text: "Kính gửi UBND xã Gia Phú,\n\nBảo hiểm xã hội khu vực Bảo Thắng gửi công văn kèm theo. Đề nghị xã trả lời trước ngày 25.\n\nTrân trọng.",
        document: Some([
            "Bảo hiểm xã hội khu vực Bảo Thắng",
            "415",
            "BHXH-TST",
            "Rà soát người hết hạn thẻ bảo hiểm y tế thuộc hộ cận nghèo",
        ]),
        archive: None,
        list: false,
        hours: 2,
    },
    Letter {
        from: ("Hạt Kiểm lâm Bảo Thắng", "hat@kiemlam-baothang.example"),
        subject: "Thông báo cấp dự báo cháy rừng",
        text: "Gửi xã thông báo cấp dự báo cháy rừng tuần này, kèm bản đồ (tệp nén).",
        document: Some([
            "Hạt Kiểm lâm Bảo Thắng",
            "38",
            "TB-HKL",
            "Cấp dự báo cháy rừng và trực phòng cháy, chữa cháy rừng",
        ]),
        archive: Some("ban-do-chay-rung.zip"),
        list: false,
        hours: 5,
    },
    Letter {
        from: ("Trường Trung học cơ sở Gia Phú", "vanphong@thcs-giaphu.example"),
        subject: "Giấy mời dự ngày hội đọc sách",
        text: "Nhà trường kính mời lãnh đạo xã dự ngày hội đọc sách, 7 giờ 30 phút thứ bảy. Giấy mời kèm theo.",
        document: Some(["Trường Trung học cơ sở Gia Phú", "21", "GM-THCS", "Dự ngày hội đọc sách năm học"]),
        archive: None,
        list: false,
        hours: 26,
    },
    Letter {
        from: ("Hoàng Thị Mẫu", "hoangmau@thu.example"),
        subject: "Hỏi giờ làm việc của bộ phận một cửa",
        text: "Cho tôi hỏi thứ bảy xã có nhận hồ sơ không ạ. Tôi làm công nhân, ngày thường khó về.",
        document: None,
        archive: None,
        list: false,
        hours: 7,
    },
    Letter {
        from: ("Bản tin Chuyển đổi số", "bantin@cds.example"),
        subject: "Bản tin tuần: 10 cách viết tin bài",
        text: "Bản tin gửi hằng tuần cho cán bộ chuyển đổi số.",
        document: None,
        archive: None,
        list: true,
        hours: 30,
    },
];

/// Set before anything is written: it takes a while.
pub(super) fn documents() -> Result<Vec<Option<Vec<u8>>>> {
    let set = |letter: &Letter| {
        let Some([sender, number, notation, subject]) = letter.document else { return Ok(None) };
        let data = serde_json::json!({
            "sender": sender, "number": number, "notation": notation, "kind": "Thông báo", "subject": subject,
            "body": letter.text, "signer": "Nguyễn Văn Thử", "position": "Thủ trưởng", "day": "ngày      tháng      năm",
        });
        let (template, files, at) = (TEMPLATE, &BTreeMap::new(), chrono::DateTime::UNIX_EPOCH);
        let sheet = typeset::Sheet { template, data: &data, files, at };
        typeset::pdf(&sheet).map(Some).map_err(platform::Error::internal)
    };
    LETTERS.iter().map(set).collect()
}

pub(super) async fn write(writing: &Writing<'_>, documents: Vec<Option<Vec<u8>>>) -> Result<()> {
    let (ctx, tx) = (writing.ctx, writing.tx);
    let address = "vanthu@giaphu.example";
    let mailbox: Uuid = mailbox::plant_mailbox(ctx, tx, "Hộp thư văn thư xã", address).await?;
    for (letter, pdf) in LETTERS.iter().zip(documents).rev() {
        let at = ctx.now - Duration::hours(letter.hours);
        let mut files = Vec::new();
        if let (Some(pdf), Some([sender, number, notation, subject])) = (pdf, letter.document) {
            let file = files::prepare_now(&format!("{number}-{notation}.pdf"), pdf, PDF)?;
            let text = format!("{}\nSố: {number}/{notation}\nTHÔNG BÁO\n{subject}\n", sender.to_uppercase());
            files.push(NewFile { file, words: Words { state: TextState::Read, text, pages: Some(1) } });
        }
        let (name, from) = letter.from;
        let original = format!(
            "From: {name} <{from}>\r\nTo: {address}\r\nSubject: {}\r\n\r\n{}\r\n",
            letter.subject, letter.text
        );
        let planted = Planted {
            from_name: name.to_owned(),
            from_address: from.to_owned(),
            subject: letter.subject.to_owned(),
            text: letter.text.to_owned(),
            list: letter.list,
            files,
            archive: letter.archive.map(str::to_owned),
            original: original.into_bytes(),
        };
        mailbox::plant(ctx, tx, mailbox, at, planted).await?;
    }
    Ok(())
}

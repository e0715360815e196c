//! Sentences as communes write them, with the words that the program ships.

use proptest::prelude::*;
use std::sync::OnceLock;
use vnspeech::Lexicon;

fn shipped() -> &'static Lexicon {
    static SHIPPED: OnceLock<Lexicon> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        toml::from_str(include_str!("../../../data/speech/2020-01-01.toml")).expect("the file is right")
    })
}

#[test]
fn sentences_are_said_as_an_announcer_says_them() {
    for (written, said) in [
        (
            "Ngày 02/09/2026, UBND xã họp.",
            "Ngày hai tháng chín năm hai nghìn không trăm hai mươi sáu, Ủy ban nhân dân xã họp.",
        ),
        ("lúc 7h30 (thứ Bảy)", "lúc bảy giờ ba mươi phút, thứ Bảy"),
        ("từ 7h-9h sáng 28/7", "từ bảy giờ đến chín giờ sáng hai mươi tám tháng bảy"),
        ("07:00, 19h", "bảy giờ, mười chín giờ"),
        ("đạt 95,7%; còn 4,3 %", "đạt chín mươi lăm phẩy bảy phần trăm, còn bốn phẩy ba phần trăm"),
        ("2/6 hợp tác xã, 14/14 thôn", "hai trên sáu hợp tác xã, mười bốn trên mười bốn thôn"),
        (
            "có 9.993 người, 2.626 hộ",
            "có chín nghìn chín trăm chín mươi ba người, hai nghìn sáu trăm hai mươi sáu hộ",
        ),
        ("42,24 km2", "bốn mươi hai phẩy hai mươi tư ki lô mét vuông"),
        ("rộng 42,24km²", "rộng bốn mươi hai phẩy hai mươi tư ki lô mét vuông"),
        (
            "giai đoạn 2023-2025",
            "giai đoạn hai nghìn không trăm hai mươi ba đến hai nghìn không trăm hai mươi lăm",
        ),
        ("Kế hoạch số 263/KH-UBND", "Kế hoạch số hai trăm sáu mươi ba, kế hoạch, Ủy ban nhân dân"),
        (
            "Nghị định 30/2020/NĐ-CP",
            "Nghị định ba mươi năm hai nghìn không trăm hai mươi, nghị định, Chính phủ",
        ),
        ("Luật 91/2025/QH15", "Luật chín mươi mốt năm hai nghìn không trăm hai mươi lăm, quy hát mười lăm"),
        (
            "quý III/2026, khóa XV, lần thứ I",
            "quý ba năm hai nghìn không trăm hai mươi sáu, khóa mười lăm, lần thứ nhất",
        ),
        ("thứ 4, tháng 4, tháng 04/2026", "thứ tư, tháng tư, tháng tư năm hai nghìn không trăm hai mươi sáu"),
        (
            "Hỗ trợ 1.500.000đ/hộ, 50.000 đồng/kg",
            "Hỗ trợ một triệu năm trăm nghìn đồng một hộ, năm mươi nghìn đồng một ki lô gam",
        ),
        (
            "gọi 0912 345 678 hoặc 0214.3840.034.",
            "gọi không chín một hai ba bốn năm sáu bảy tám hoặc không hai một bốn ba tám bốn không không ba bốn.",
        ),
        ("Gọi 113, có 113 hộ", "Gọi một một ba, có một trăm mười ba hộ"),
        (
            "số định danh 010195000123",
            "số định danh không một không một chín năm không không không một hai ba",
        ),
        ("trên QL4E và TL152", "trên quốc lộ bốn e và tỉnh lộ một trăm năm mươi hai"),
        ("mạng 4G/5G, bệnh H5N1", "mạng bốn giê, năm giê, bệnh hát năm nờ một"),
        ("06 hợp tác xã, 126 hộ kinh doanh", "sáu hợp tác xã, một trăm hai mươi sáu hộ kinh doanh"),
        ("HĐND-UBND xã; Công an/UBND", "Hội đồng nhân dân, Ủy ban nhân dân xã, Công an, Ủy ban nhân dân"),
        ("Nội Bài - Lào Cai", "Nội Bài, Lào Cai"),
        ("THÔNG BÁO CỦA BCĐ NTM", "THÔNG BÁO CỦA Ban Chỉ đạo nông thôn mới"),
        ("đơn vị XYZ", "đơn vị ích i dài dét"),
        ("thư xagiaphu@laocai.gov.vn", "thư xagiaphu a còng laocai chấm gov chấm vn"),
        (
            "vào https://giaphu2.laocai.gov.vn/tin-tuc",
            "vào giaphu hai chấm laocai chấm gov chấm vn gạch chéo tin gạch ngang tuc",
        ),
        ("nhiệt độ -5°C, gió 40 km/h", "nhiệt độ âm năm độ C, gió bốn mươi ki lô mét một giờ"),
        ("giảm <20%, ~3.000 người", "giảm dưới hai mươi phần trăm, khoảng ba nghìn người"),
        ("15–20 mm", "mười lăm đến hai mươi mi li mét"),
        ("“Bến Đền Đổi mới”", "Bến Đền Đổi mới"),
        ("• Việc một;", "Việc một"),
    ] {
        assert_eq!(shipped().speak(written), said, "{written}");
    }
}

#[test]
fn an_announcer_reads_numbers_from_the_sheet() {
    for (written, said) in [
        ("Ngày 02/09/2026, UBND xã họp.", "Ngày 2 tháng 9 năm 2026, Ủy ban nhân dân xã họp."),
        ("lúc 7h30 (thứ Bảy)", "lúc 7 giờ 30 phút (thứ Bảy)"),
        ("đạt 95,5%;", "đạt 95 phẩy 5 phần trăm;"),
        ("đường dài 12 km", "đường dài 12 ki lô mét"),
        ("HĐND-UBND xã", "Hội đồng nhân dân, Ủy ban nhân dân xã"),
        ("120/120 hộ", "120/120 hộ"),
        ("1.234 người, mã QR", "1.234 người, mã quy a"),
        ("xagiaphu@laocai.gov.vn, 0912 345 678", "xagiaphu@laocai.gov.vn, 0912 345 678"),
    ] {
        assert_eq!(shipped().script(written), said, "{written}");
    }
}

#[test]
fn phrases_go_before_words_and_the_own_words_before_those_shipped() {
    let own = [("Bến Đền Đổi mới", "trang Bến Đền"), ("NTM", "xã mới")];
    let lexicon = shipped().clone().with(own.map(|(written, said)| (written.to_owned(), said.to_owned())));
    assert_eq!(lexicon.speak("Trang (Bến Đền Đổi mới), NTM"), "Trang, trang Bến Đền, xã mới");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_digit_is_left_and_nothing_breaks(text in "\\PC{0,120}") {
        let said = shipped().speak(&text);
        prop_assert!(!said.bytes().any(|b| b.is_ascii_digit()), "{said}");
        let _ = shipped().script(&text);
    }

    #[test]
    fn numbers_are_always_words(number in 0_u64..=u64::MAX, mark in "[-/.,:h%đ ]{0,2}", other in "[0-9]{0,4}") {
        let said = shipped().speak(&format!("{number}{mark}{other} km"));
        prop_assert!(!said.is_empty() && !said.bytes().any(|b| b.is_ascii_digit()), "{said}");
    }

    #[test]
    fn what_is_said_is_said_again_the_same(text in "[a-zàáảãạăâêéèôồơưđ ]{0,60}") {
        let said = shipped().speak(&text);
        prop_assert_eq!(shipped().speak(&said), said);
    }
}

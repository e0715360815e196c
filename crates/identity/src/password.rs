//! Which passwords are good enough.

use platform::{Error, Message, Result};

pub const MIN_LENGTH: usize = 10;
/// Longer ones would only feed the hasher.
const MAX_LENGTH: usize = 200;

/// Long enough for the rule of length and still the first that anybody tries; folded, digits at the end aside.
const COMMON: &str = "\
    password passw0rd iloveyou qwertyuiop asdfghjkl 1q2w3e4r5t 1qaz2wsx3edc administrator admin \
    welcome letmein changeme monkey dragon football sunshine princess computer internet matkhau \
    matkhaucuatoi khongnho khongbiet khongco anhyeuem emyeuanh toiyeuvietnam vietnam vietnamvodich \
    hanoi saigon hochiminh laocai giaphu xinchao giadinh hanhphuc tinhyeu mayman thanhcong \
    chucmungnammoi congan ubnd ubndxa xagiaphu sandinh nongthonmoi";

/// # Errors
/// At the field `mat-khau-moi`: what is wrong and how to mend it.
pub fn check(password: &str, login: &str) -> Result<()> {
    let refuse =
        |key: &'static str| Err(Error::field("mat-khau-moi", Message::new(key).with("least", MIN_LENGTH)));
    let length = password.chars().count();
    if length < MIN_LENGTH {
        return refuse("password-too-short");
    }
    if length > MAX_LENGTH {
        return refuse("password-too-long");
    }
    let plain: String = vntext::fold(password).chars().filter(|c| c.is_alphanumeric()).collect();
    let login: String = vntext::fold(login).chars().filter(|c| c.is_alphanumeric()).collect();
    if !login.is_empty() && (plain == login || bare(&plain) == bare(&login)) {
        return refuse("password-is-login");
    }
    if is_common(bare(&plain)) || is_common(&plain) || is_run(&plain) {
        return refuse("password-common");
    }
    Ok(())
}

fn is_common(text: &str) -> bool {
    COMMON.split(' ').any(|common| common == text)
}

/// Without the digits that people add at the end.
fn bare(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// All the same, or counting up or down: aaaaaaaaaa, 1234567890, 9876543210. Few different characters count as well.
fn is_run(text: &str) -> bool {
    let bytes = text.as_bytes();
    let steps = bytes.windows(2).map(|pair| i16::from(pair[1]) - i16::from(pair[0]));
    let even = |step: i16| matches!(step, -1..=1 | 9 | -9);
    let different: std::collections::BTreeSet<u8> = bytes.iter().copied().collect();
    different.len() < 4 || steps.into_iter().all(even)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_refused() {
        let weak = [
            "ngắn",
            "1234567890",
            "0987654321",
            "aaaaaaaaaa",
            "12121212121",
            "Mật khẩu 123",
            "password2024",
            "Việt Nam 2025!",
            "lan.anh.1990",
            "QWERTYUIOP",
        ];
        for password in weak {
            assert!(check(password, "lan.anh").is_err(), "{password}");
        }
        assert!(check(&"x1y2".repeat(60), "an").is_err());
    }

    #[test]
    fn good_ones_pass() {
        for password in ["lúa chín vàng đồng", "Tre-già-măng-mọc-7", "g8Kd02mvQz"] {
            check(password, "lan.anh").unwrap();
        }
    }
}

//! Proof of work: a small sum that a browser does while a person types, and a program that floods us must do for each letter. No picture
//! puzzle, nothing from elsewhere. The scheme is hashcash's: SHA-256 of the form's key and an answer begins with so many zero bits.

use sha2::{Digest, Sha256};

/// More digits than any honest answer has.
const LONGEST: usize = 20;

/// True when `answer` is the sum for the form with this key. The key is taken once, so an answer is good for one letter; `about` keeps
/// the answers of different forms apart. `bits` doubles the work with each step: 16 are some 65,000 tries.
pub fn holds(about: &str, key: &str, answer: &str, bits: u32) -> bool {
    if answer.is_empty() || answer.len() > LONGEST || !answer.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let digest = Sha256::digest(format!("{about}:{key}:{answer}"));
    let mut zeros = 0;
    for byte in digest {
        zeros += byte.leading_zeros();
        if byte != 0 {
            break;
        }
    }
    zeros >= bits
}

#[cfg(test)]
mod tests {
    use super::holds;

    /// What the script in the page does.
    fn work(about: &str, key: &str, bits: u32) -> String {
        (0u64..).map(|n| n.to_string()).find(|answer| holds(about, key, answer, bits)).unwrap()
    }

    #[test]
    fn an_answer_is_good_for_its_form_and_no_other() {
        let answer = work("phan-anh", "key", 12);
        assert!(holds("phan-anh", "key", &answer, 12));
        assert!(!holds("phan-anh", "key2", &answer, 12));
        assert!(!holds("hoi-cho", "key", &answer, 12));
        assert!(!holds("phan-anh", "key", &answer, 40), "more work is asked for than was done");
    }

    #[test]
    fn what_is_no_number_is_no_answer() {
        for answer in ["", "-1", "0x1", "1 ", "999999999999999999999", "một"] {
            assert!(!holds("phan-anh", "key", answer, 0), "{answer}");
        }
        assert!(holds("phan-anh", "key", "7", 0));
    }
}

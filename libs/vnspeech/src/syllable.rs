//! Whether a word can be read as a Vietnamese syllable, or must be spelled.

/// The longest first.
const ONSETS: [&str; 27] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h", "k", "l",
    "m", "n", "p", "r", "s", "t", "v", "x", "",
];
const NUCLEI: [&str; 48] = [
    "a", "e", "i", "o", "u", "y", "ai", "ao", "au", "ay", "eo", "eu", "ia", "ie", "ieu", "iu", "oa", "oai",
    "oao", "oay", "oe", "oeo", "oi", "oo", "ua", "uai", "uay", "ue", "uau", "ui", "uo", "uoi", "uou", "uu",
    "uy", "uya", "uye", "uyu", "uyt", "ye", "yeu", "ieo", "uao", "ueo", "uyo", "yu", "ya", "iai",
];
const CODAS: [&str; 9] = ["ng", "nh", "ch", "c", "m", "n", "p", "t", ""];

/// True for "BAN", "Đường", "ngày"; false for "UBND", "HTX", "QR".
pub fn is_syllable(word: &str) -> bool {
    let plain = vntext::fold(word);
    ONSETS.iter().filter_map(|onset| plain.strip_prefix(onset)).any(|rest| {
        CODAS.iter().filter_map(|coda| rest.strip_suffix(coda)).any(|nucleus| NUCLEI.contains(&nucleus))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_short_forms() {
        for word in ["BAN", "Đường", "NGHIỆP", "quý", "gì", "ÔNG", "xã", "THUYẾT", "yêu", "oai", "giếng"]
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["UBND", "HTX", "QR", "OCOP", "THCS", "BHYT", "VNeID", "KH", "Wifi", ""] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}

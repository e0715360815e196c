//! Which letters a program wrote. None of them is ever answered: two programs that confirm each other's confirmations never end.

use super::model::Automatic;

/// The head of every answer of ours that bears our mark.
pub(super) const MARK: &str = "X-Loop";

/// Who we are on the mail: what our answers bear, and the addresses from which they may come back.
#[derive(Debug, Clone, Default)]
pub(super) struct Own {
    pub mark: String,
    pub addresses: Vec<String>,
}

/// Heads as names and values; names in any letters.
pub(super) fn judged(heads: &[(String, String)], from: &str, own: &Own) -> Option<Automatic> {
    let values = |name: &str| {
        let named = heads.iter().filter(move |(head, _)| head.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.trim().to_ascii_lowercase()).collect::<Vec<_>>()
    };
    let ours = |address: &str| own.addresses.iter().any(|one| one.eq_ignore_ascii_case(address));
    if values(MARK).iter().any(|value| !own.mark.is_empty() && value.contains(&own.mark.to_ascii_lowercase()))
        || ours(from)
    {
        return Some(Automatic::Own);
    }
    let said = values("Auto-Submitted").iter().any(|value| !value.starts_with("no"))
        || !values(MARK).is_empty()
        || !values("X-Auto-Response-Suppress").is_empty()
        || !values("X-Autoreply").is_empty()
        || values("Content-Type").iter().any(|value| value.starts_with("multipart/report"))
        || values("Return-Path").iter().any(|value| value.split_whitespace().collect::<String>() == "<>");
    if said {
        return Some(Automatic::Said);
    }
    let precedence = |value: &String| ["bulk", "list", "junk", "auto_reply"].contains(&value.as_str());
    if values("Precedence").iter().any(precedence)
        || !values("List-Id").is_empty()
        || !values("List-Unsubscribe").is_empty()
    {
        return Some(Automatic::List);
    }
    let (name, host) = from.rsplit_once('@').unwrap_or_default();
    let nobody = ["mailer-daemon", "postmaster", "no-reply", "noreply", "donotreply", "do-not-reply"];
    (host.is_empty() || nobody.contains(&name.to_ascii_lowercase().as_str())).then_some(Automatic::Nobody)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(heads: &[(&str, &str)], from: &str) -> Option<Automatic> {
        let heads: Vec<_> = heads.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let own = Own { mark: "sandinh-1".into(), addresses: vec!["xa@giaphu.example".into()] };
        judged(&heads, from, &own)
    }

    #[test]
    fn a_person_is_told_from_a_program() {
        let person = "vanthu@so.example";
        assert_eq!(judge(&[], person), None);
        assert_eq!(judge(&[("Auto-Submitted", "no"), ("Return-Path", "<vanthu@so.example>")], person), None);
        for (name, value, why) in [
            ("AUTO-SUBMITTED", "auto-replied (vacation)", Automatic::Said),
            ("Auto-Submitted", " Auto-Generated", Automatic::Said),
            ("Precedence", "Bulk", Automatic::List),
            ("List-Id", "<tin.example>", Automatic::List),
            ("Return-Path", "< >", Automatic::Said),
            ("X-Loop", "somebody", Automatic::Said),
            ("X-Loop", "SanDinh-1", Automatic::Own),
            ("Content-Type", "multipart/report; report-type=delivery-status", Automatic::Said),
        ] {
            assert_eq!(judge(&[(name, value)], person), Some(why), "{name}: {value}");
        }
        assert_eq!(judge(&[], "XA@giaphu.example"), Some(Automatic::Own));
        assert_eq!(judge(&[], "MAILER-DAEMON@so.example"), Some(Automatic::Nobody));
        assert_eq!(judge(&[], ""), Some(Automatic::Nobody));
    }
}

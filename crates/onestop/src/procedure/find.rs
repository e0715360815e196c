//! Finding a procedure in everyday words, without marks: "giay khai sinh", "lam giay ket hon".

use super::catalogue::{Catalogue, InForce};

/// Words with which people begin and which name no procedure.
const IDLE: [&str; 16] = [
    "toi", "muon", "can", "xin", "lam", "cho", "de", "di", "thi", "o", "dau", "nhu", "the", "nao", "va",
    "cua",
];

/// What fits the question, the best first; everything when nothing is asked. Where no procedure holds every word,
/// those come that hold most of them.
pub fn find<'c>(catalogue: &'c Catalogue, question: &str, field: &str) -> Vec<&'c InForce> {
    let all = catalogue.all.values().filter(|one| one.procedure.alone());
    let all = all.filter(|one| field.is_empty() || one.procedure.field == field);
    let folded = vntext::fold(question);
    let typed: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let telling: Vec<&str> = typed.iter().copied().filter(|word| !IDLE.contains(word)).collect();
    let words = if telling.is_empty() { typed } else { telling };
    if words.is_empty() {
        return all.collect();
    }
    let phrase = words.join(" ");
    let mut found: Vec<(usize, usize, &InForce)> = all
        .map(|one| {
            let (hits, rank) = weigh(one, &words, &phrase);
            (hits, rank, one)
        })
        .collect();
    let most = found.iter().map(|(hits, ..)| *hits).max().unwrap_or(0);
    let enough = if most == words.len() { most } else { most.max(words.len().div_ceil(2)) };
    found.retain(|(hits, ..)| *hits >= enough);
    found.sort_by_key(|(_, rank, one)| (*rank, vntext::sort_key(&one.procedure.name.vi)));
    found.into_iter().map(|(.., one)| one).collect()
}

/// How many of the words stand in it, and how well: 0 is best.
fn weigh(one: &InForce, words: &[&str], phrase: &str) -> (usize, usize) {
    let procedure = &one.procedure;
    let name = format!("{} {}", vntext::fold(&procedure.name.vi), vntext::fold(&procedure.name.en));
    let said: Vec<String> = procedure.words.iter().map(|words| vntext::fold(words)).collect();
    let whole = format!(
        "{name} {} {} {}",
        said.join(" "),
        vntext::fold(&procedure.summary.vi),
        vntext::fold(&procedure.code)
    );
    let whole: Vec<&str> = whole.split(' ').collect();
    // "gia" is "già" before it is the beginning of "giấy".
    let exact = words.iter().filter(|word| whole.contains(word)).count();
    let hits = words.iter().filter(|word| whole.iter().any(|one| one.starts_with(*word))).count();
    let rank = if said.iter().any(|one| one == phrase) {
        0
    } else if name.contains(phrase) {
        1
    } else if said.iter().any(|one| one.contains(phrase)) {
        2
    } else if words.iter().all(|word| name.contains(word)) {
        3
    } else {
        4
    };
    (hits, rank * 10 + (words.len() - exact))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::procedure::file;
    use std::sync::Arc;

    fn catalogue() -> Catalogue {
        let mut catalogue = Catalogue::default();
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/procedures");
        for folder in
            std::fs::read_dir(folder).unwrap().map(|one| one.unwrap().path()).filter(|one| one.is_dir())
        {
            let text = std::fs::read_to_string(folder.join("2026-01-01.toml")).unwrap();
            let procedure = Arc::new(file::parse(&text).unwrap());
            let from = "2026-01-01".parse().unwrap();
            let in_force = InForce { procedure, from, digest: String::new(), uploaded: false };
            catalogue.all.insert(in_force.procedure.code.clone(), in_force);
        }
        catalogue
    }

    #[test]
    fn everyday_words_find_the_procedure_first() {
        let catalogue = catalogue();
        for (question, code) in [
            ("giay khai sinh", "1.001193"),
            ("làm giấy khai sinh cho con", "1.001193"),
            ("dang ky ket hon", "1.000894"),
            ("giay chung tu", "1.000656"),
            ("xac nhan doc than", "1.004873"),
            ("tro cap nguoi gia", "1.014027"),
            ("mo cua hang", "1.001612"),
            ("photo cong chung", "2.000815"),
            ("nhap khau", "1.004222"),
            ("vay von", "XA.xac-nhan-vay-von"),
            ("1.001193", "1.001193"),
            ("marriage", "1.000894"),
        ] {
            let found = find(&catalogue, question, "");
            let codes: Vec<&str> = found.iter().take(3).map(|one| one.procedure.code.as_str()).collect();
            assert!(codes.contains(&code), "{question}: {codes:?}");
        }
        // What is asked for only along with another one is in no list.
        let alone = catalogue.all.values().filter(|one| one.procedure.alone()).count();
        assert!(alone < catalogue.all.len());
        assert_eq!(find(&catalogue, "", "").len(), alone);
        assert!(find(&catalogue, "may bay phan luc", "").is_empty());
        assert!(find(&catalogue, "", "ho-tich").iter().all(|one| one.procedure.field == "ho-tich"));
    }
}

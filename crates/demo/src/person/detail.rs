//! Occupation over time; education, skills, disability and merit as they are known at the end of the demo.

use super::{Disability, Education, Occupation, Person, Sex};
use crate::builder::Builder;
use crate::day::{ARTICLE_DAY, Dated, LAST_DAY, Source, years_after, ymd};
use crate::rng::Rng;
use crate::table::Table;
use chrono::Datelike;

struct Work {
    occupation: Occupation,
    /// Weight by age: under 35, under 60, older.
    weights: [u32; 3],
    lowest_education: u8,
    /// `any`, `m` or `f`: whom the demo gives it to.
    sex: &'static str,
}

const DISABILITIES: [&str; 5] = ["Vận động", "Nghe, nói", "Nhìn", "Thần kinh, tâm thần", "Trí tuệ"];
const DEGREES: [&str; 3] = ["Nhẹ", "Nặng", "Đặc biệt nặng"];
const MERITS: [&str; 4] = ["Thương binh", "Bệnh binh", "Người hoạt động kháng chiến", "Thân nhân liệt sĩ"];

pub(crate) fn describe(builder: &mut Builder) {
    let table = Table::read(include_str!("../../../../data/demo/occupations.csv"));
    let work: Vec<Work> = table
        .rows()
        .map(|r| Work {
            occupation: Occupation { code: r.text("code"), name_vi: r.text("name_vi") },
            weights: [r.number("young"), r.number("middle"), r.number("old")],
            lowest_education: r.number("lowest_education"),
            sex: r.text("sex"),
        })
        .collect();
    let mut rng = builder.rng("detail");
    for person in &mut builder.people {
        person.education = education(person, &mut rng);
        person.occupation = occupation(person, &work, &mut rng);
        person.skills = skills(person, &mut rng);
        let age = person.age_on(ARTICLE_DAY);
        if rng.per_mille(if age >= 60 { 28 } else { 9 }) {
            let kind_vi = *rng.pick::<&str>(&DISABILITIES);
            person.disability = Some(Disability { kind_vi, degree_vi: rng.pick::<&str>(&DEGREES) });
        }
        if age >= 64 && rng.per_mille(45) {
            let kinds = if person.sex == Sex::Male { &MERITS[..] } else { &MERITS[2..] };
            person.meritorious_vi = Some(*rng.pick::<&str>(kinds));
        }
    }
}

fn education(person: &Person, rng: &mut Rng) -> Education {
    use Education::*;
    let levels = [None, Primary, LowerSecondary, UpperSecondary, Vocational, College, University];
    let weights: [u32; 7] = match person.age_on(LAST_DAY) {
        ..=10 => return None,
        11..=14 => return Primary,
        15..=17 => return LowerSecondary,
        18..=22 => [0, 2, 26, 60, 9, 2, 1],
        23..=34 => [1, 6, 28, 34, 13, 8, 10],
        35..=49 => [3, 15, 42, 24, 7, 4, 5],
        50..=64 => [8, 30, 40, 14, 4, 2, 2],
        _ => [24, 44, 24, 5, 2, 0, 1],
    };
    let at = rng.weighted(&[0usize, 1, 2, 3, 4, 5, 6], |at| weights[*at]);
    levels[*at]
}

/// Small child, pupil, then the work of the grown person, each from its day.
fn occupation(person: &Person, work: &[Work], rng: &mut Rng) -> Vec<Dated<Occupation>> {
    let of = |code, name_vi| Occupation { code, name_vi };
    let grown = grown_occupation(person, work, rng);
    let school = ymd(person.birth.year() + 6, 9, 1);
    let stages = [
        (person.birth, of("child", "Trẻ em chưa vào lớp 1")),
        (school, of("pupil", "Học sinh")),
        (years_after(person.birth, 18), grown),
    ];
    let start = person.start();
    let past = stages.iter().rev().find(|stage| stage.0 <= start).unwrap_or(&stages[0]);
    let mut list = vec![Dated::new(start, past.1, Source::Survey)];
    let here = |day| day > start && day <= LAST_DAY && person.end().is_none_or(|end| day < end);
    list.extend(stages.iter().filter(|s| here(s.0)).map(|s| Dated::new(s.0, s.1, Source::Household)));
    list
}

fn grown_occupation(person: &Person, work: &[Work], rng: &mut Rng) -> Occupation {
    let of = |code, name_vi| Occupation { code, name_vi };
    let schooled = person.education >= Education::UpperSecondary;
    let band = match person.age_on(LAST_DAY) {
        ..=21 if schooled && rng.per_mille(380) => return of("student", "Sinh viên, học nghề"),
        ..=34 => 0,
        35..=59 => 1,
        60.. if person.education >= Education::Vocational && rng.per_mille(700) => {
            return of("retired", "Hưu trí");
        }
        74.. => return of("elder", "Người cao tuổi"),
        _ => 2,
    };
    let learnt = person.education as u8;
    let sex = if person.sex == Sex::Male { "m" } else { "f" };
    let open = |w: &Work| w.lowest_education <= learnt && (w.sex == sex || w.sex == "any");
    rng.weighted(work, |w| if open(w) { w.weights[band] } else { 0 }).occupation
}

fn skills(person: &Person, rng: &mut Rng) -> Vec<&'static str> {
    let age = person.age_on(LAST_DAY);
    if !(16..=72).contains(&age) {
        return Vec::new();
    }
    let learnt = person.education as u32;
    let chances = [
        ("basic_it", if age < 45 { 60 + learnt * 110 } else { learnt * 70 }),
        ("smartphone_services", if age < 55 { 520 } else { 180 }),
        ("e_payment", if age < 50 { 430 } else { 120 }),
        ("online_selling", if age < 45 { 90 } else { 20 }),
        ("driving", if age < 60 { 350 } else { 60 }),
        ("first_aid", 45),
    ];
    chances.iter().filter(|(_, chance)| rng.per_mille(*chance)).map(|(code, _)| *code).collect()
}

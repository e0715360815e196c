//! Members and plan as lines of text: one line each, its parts with semicolons between. A whole list is typed, copied
//! from a decision or changed at once, on any phone, without a script.

use super::{Member, PlanLine};
use chrono::NaiveDate;
use platform::{Error, Message, Result};

/// "Họ và tên; Chức danh; Nhiệm vụ" of those who are members now.
pub(super) fn members_text(members: &[Member]) -> String {
    let now = members.iter().filter(|member| member.until.is_none());
    let lines = now.map(|member| joined(&[&member.name, &member.title, &member.duty]));
    lines.collect::<Vec<_>>().join("\n")
}

/// The new list. Who is named as before stays the same member since the same day; who is no longer named has left today.
pub(super) fn read_members(text: &str, before: &[Member], today: NaiveDate) -> Result<Vec<Member>> {
    let mut list: Vec<Member> = Vec::new();
    for (line, at) in lines(text) {
        let [name, title, duty] =
            parts(line).ok_or_else(|| wrong("thanh-vien", "registry-team-line-parts", at))?;
        if name.is_empty() {
            return Err(wrong("thanh-vien", "registry-team-line-name", at));
        }
        let old = before.iter().find(|old| old.until.is_none() && old.name == name);
        let (person_id, since) = (old.and_then(|old| old.person_id), old.map_or(today, |old| old.since));
        list.push(Member { person_id, name, title, duty, since, until: None });
    }
    for old in before {
        match old.until {
            Some(_) => list.push(old.clone()),
            None if list.iter().all(|member| member.name != old.name) => {
                list.push(Member { until: Some(today), ..old.clone() })
            }
            None => {}
        }
    }
    Ok(list)
}

/// "Việc; Ai làm; Hạn; Ngày xong"
pub(super) fn plan_text(plan: &[PlanLine]) -> String {
    let day = |day: Option<NaiveDate>| day.map(vntext::date).unwrap_or_default();
    let lines =
        plan.iter().map(|line| joined(&[&line.task, &line.who, &day(line.due_on), &day(line.done_on)]));
    lines.collect::<Vec<_>>().join("\n")
}

pub(super) fn read_plan(text: &str) -> Result<Vec<PlanLine>> {
    let mut plan = Vec::new();
    for (line, at) in lines(text) {
        let [task, who, due, done] =
            parts(line).ok_or_else(|| wrong("ke-hoach", "registry-team-line-parts", at))?;
        if task.is_empty() {
            return Err(wrong("ke-hoach", "registry-team-line-task", at));
        }
        let day = |text: &str| match text {
            "" => Ok(None),
            text => vntext::date_parse(text)
                .map(Some)
                .map_err(|_| wrong("ke-hoach", "registry-team-line-date", at)),
        };
        plan.push(PlanLine { due_on: day(&due)?, done_on: day(&done)?, task, who });
    }
    Ok(plan)
}

fn lines(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty())
}

/// The parts of a line, the missing ones empty; `None` when there are too many.
fn parts<const N: usize>(line: &str) -> Option<[String; N]> {
    let mut parts: Vec<String> = line.split(';').map(vntext::clean).collect();
    while parts.len() > N && parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    (parts.len() <= N).then(|| parts.resize(N, String::new()))?;
    parts.try_into().ok()
}

/// Without empty parts at the end; a semicolon inside a part would part it when it is read again.
fn joined(parts: &[&str]) -> String {
    let text: Vec<String> = parts.iter().map(|part| part.replace(';', ",")).collect();
    text.join("; ").trim_end_matches([';', ' ']).to_owned()
}

fn wrong(field: &'static str, key: &'static str, line: usize) -> Error {
    Error::field(field, Message::new(key).with("line", line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_list_typed_again_keeps_who_stays_and_ends_who_left() {
        let member = |name: &str, id| Member {
            person_id: Some(Uuid::from_u128(id)),
            name: name.into(),
            title: "Tổ viên".into(),
            duty: String::new(),
            since: day("2024-01-01"),
            until: None,
        };
        let before = [member("Lò Văn An", 1), member("Vàng Thị Bích", 2)];
        assert_eq!(members_text(&before), "Lò Văn An; Tổ viên\nVàng Thị Bích; Tổ viên");
        let now = read_members("Lò Văn An; Tổ trưởng\n\nGiàng A Chu", &before, day("2026-03-10")).unwrap();
        assert_eq!(now.len(), 3);
        assert_eq!(
            (now[0].person_id, now[0].title.as_str(), now[0].since),
            (Some(Uuid::from_u128(1)), "Tổ trưởng", day("2024-01-01"))
        );
        assert_eq!((now[1].name.as_str(), now[1].since), ("Giàng A Chu", day("2026-03-10")));
        assert_eq!((now[2].name.as_str(), now[2].until), ("Vàng Thị Bích", Some(day("2026-03-10"))));
        assert!(read_members("a;b;c;d", &[], day("2026-03-10")).is_err());
        assert!(read_members(";x", &[], day("2026-03-10")).is_err());
    }

    #[test]
    fn a_plan_comes_back_as_it_was() {
        let text = "Họp tổ; Tổ trưởng; 01/03/2026; 02/03/2026\nDạy cài ứng dụng; ; 30/06/2026";
        let plan = read_plan(text).unwrap();
        assert_eq!((plan[0].due_on, plan[0].done_on), (Some(day("2026-03-01")), Some(day("2026-03-02"))));
        assert_eq!(read_plan(&plan_text(&plan)).unwrap(), plan);
        assert!(read_plan("Họp; ai; 31/02/2026").is_err());
    }
}

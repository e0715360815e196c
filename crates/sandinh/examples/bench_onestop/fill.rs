//! The dossiers of many years, written at once: one in twenty waits for somebody, the others are returned.

use crate::cast::{EXTRACT, Known, World};
use crate::report::words;
use chrono::Duration;
use onestop::dossier::{self, Dossier, Queue, Status};
use onestop::procedure::model::{Channel, Does};
use onestop::procedure::{self, InForce};
use platform::{Ctx, sql};
use serde_json::json;
use std::time::Instant;

const BATCH: usize = 5_000;
/// Dossiers of one past day.
const DAY: usize = 1_000;

pub async fn fill(world: &World, count: usize) {
    let begin = Instant::now();
    let ctx = world.ctx();
    let catalogue = procedure::catalogue(&ctx).await.expect("procedures");
    let in_force = catalogue.get(EXTRACT).expect("the procedure");
    let people = world.people(8_000).await;
    let mut from = 0;
    while from < count {
        let to = (from + BATCH).min(count);
        let one = |n: usize| past(&ctx, in_force, n, &people[n % people.len()]);
        let all: Vec<Dossier> = (from..to).map(one).collect();
        let tx = ctx.begin().await.expect("a transaction");
        procedure::keep_version(&ctx, &tx, in_force).await.expect("the version");
        dossier::insert_many(&ctx, &tx, &in_force.procedure, &all).await.expect("dossiers");
        tx.commit().await.expect("they stand");
        from = to;
    }
    // The engine's own statistics, as they are after a night.
    let tx = ctx.begin().await.expect("a transaction");
    sql("ANALYZE").run(&tx).await.expect("statistics");
    tx.commit().await.expect("kept");
    eprintln!("{count} dossiers after {}", words(begin.elapsed()));
}

/// The n-th dossier back from yesterday.
fn past(ctx: &Ctx, in_force: &InForce, n: usize, who: &Known) -> Dossier {
    let procedure = &in_force.procedure;
    let whole = |n: usize| i64::try_from(n).expect("fits");
    let at = ctx.now - Duration::days(1 + whole(n / DAY)) - Duration::seconds(whole(n % DAY) * 20);
    let day = at.with_timezone(&platform::clock::vietnam()).format("%y%m%d");
    let open = n.is_multiple_of(20);
    // Which step waits: the steps but the last in turn.
    let last = procedure.steps.len() - 1;
    let step = &procedure.steps[if open { (n / 20) % last } else { last }];
    let status = match (open, step.does) {
        (false, _) => Status::Returned,
        (true, Does::Receive) => Status::New,
        (true, _) => Status::Processing,
    };
    let ended = (!open).then_some(at + Duration::hours(6));
    let never = platform::clock::start_of_day(platform::clock::forever());
    let answers = json!({
        "applicant_name": who.full_name, "applicant_number": who.personal_no, "applicant_relation": "ban-than",
        "record_kind": "khai-sinh", "person_name": who.full_name, "person_birth": "1990-01-01",
        "person_sex": "nu", "registered_at": "Xã Gia Phú", "copies": 3,
    });
    Dossier {
        id: platform::ids::new_id(at),
        code: format!("000.00.00.H38-{day}-{:07}", 1_000_000 + n),
        procedure_code: procedure.code.clone(),
        procedure_digest: in_force.digest.clone(),
        field: procedure.field.clone(),
        channel: Channel::Counter,
        status,
        step: step.key.clone(),
        queue: if open { Queue::from(step.role) } else { Queue::Nobody },
        holder_id: None,
        applicant_account_id: None,
        applicant_person_id: Some(who.id),
        applicant_name: who.full_name.clone(),
        applicant_number: who.personal_no.clone(),
        applicant_phone: "0912345678".into(),
        subject: who.full_name.clone(),
        answers: answers.as_object().expect("an object").clone(),
        filed_by: None,
        submitted_at: at,
        received_at: (status != Status::New).then_some(at),
        due_at: Some(at + Duration::hours(9)),
        turn_at: if open { at + Duration::hours(9) } else { never },
        stopped_at: None,
        ended_at: ended,
        returned_at: ended,
        supplements: 0,
        extensions: 0,
        reason: String::new(),
        rating: None,
        revision: 7,
    }
}

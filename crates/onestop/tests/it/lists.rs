//! The order of the work list over the queues of the office, and many dossiers written at once.

use crate::world::{EXTRACT, World};
use chrono::Duration;
use onestop::dossier::{self, Dossier, Filter, Queue, Sorted, Status};
use onestop::procedure::model::Channel;
use onestop::procedure::{catalogue, keep_version};
use platform::Ctx;

/// The n-th of them: the queues in turn, each more urgent than the one before, two always at the same moment.
fn one(ctx: &Ctx, digest: &str, n: i64) -> Dossier {
    let queue =
        [Queue::OneStop, Queue::Specialist, Queue::Leader, Queue::Nobody][usize::try_from(n % 4).unwrap()];
    let at = ctx.now - Duration::hours(n / 2);
    Dossier {
        id: ctx.new_id(),
        code: format!("CU-{n:04}"),
        procedure_code: EXTRACT.into(),
        procedure_digest: digest.into(),
        field: "ho-tich".into(),
        channel: Channel::Counter,
        status: if queue == Queue::Nobody { Status::Returned } else { Status::Processing },
        step: "draft".into(),
        queue,
        holder_id: None,
        applicant_account_id: None,
        applicant_person_id: None,
        applicant_name: "Thào Thị Cũ".into(),
        applicant_number: "010195000999".into(),
        applicant_phone: String::new(),
        subject: "Thào Thị Cũ".into(),
        answers: serde_json::Map::new(),
        filed_by: None,
        submitted_at: at,
        received_at: Some(at),
        due_at: Some(at),
        turn_at: at,
        stopped_at: None,
        ended_at: None,
        returned_at: None,
        supplements: 0,
        extensions: 0,
        reason: String::new(),
        rating: None,
        revision: 1,
    }
}

#[tokio::test]
async fn the_whole_office_is_listed_in_order_page_by_page() {
    let world = World::start().await;
    let ctx = world.ctx();
    let catalogue = catalogue(&ctx).await.unwrap();
    let in_force = catalogue.get(EXTRACT).unwrap();
    let all: Vec<Dossier> = (0..24).map(|n| one(&ctx, &in_force.digest, n)).collect();
    let tx = ctx.begin().await.unwrap();
    keep_version(&ctx, &tx, in_force).await.unwrap();
    dossier::insert_many(&ctx, &tx, &in_force.procedure, &all).await.unwrap();
    assert!(dossier::insert_many(&ctx, &tx, &in_force.procedure, &[]).await.is_err());
    tx.commit().await.unwrap();

    let mut want: Vec<_> =
        all.iter().filter(|one| one.queue != Queue::Nobody).map(|one| (one.turn_at, one.id)).collect();
    want.sort_unstable();
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = dossier::list(&ctx, &Filter::default(), Sorted::Urgent(after), 5).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some((last.turn_at, last.id));
        seen.extend(page.iter().map(|one| (one.turn_at, one.id)));
    }
    assert_eq!(seen, want);
    // Of one procedure only; of another there is none.
    let of = |code: &str| Filter { procedure: Some(code.into()), ..Filter::default() };
    assert_eq!(dossier::list(&ctx, &of(EXTRACT), Sorted::Urgent(None), 50).await.unwrap().len(), 18);
    assert!(dossier::list(&ctx, &of("1.000894"), Sorted::Urgent(None), 50).await.unwrap().is_empty());
    // They are found, tell their beginning, and stand in the audit once.
    world.desk.get("/lam-viec/mot-cua?viec=tat-ca&q=CU-0003").await.ok().shows("CU-0003");
    assert_eq!(dossier::events(&ctx, &ctx.app.db, all[0].id).await.unwrap().len(), 1);
    audit::verify(&ctx).await.unwrap();
    world.app.end().await;
}

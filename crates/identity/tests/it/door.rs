use crate::support::{PASSWORD, start};
use identity::{account_find, account_insert, account_lock, hash_password, sign_in};
use platform::{Ctx, Kind};

#[tokio::test]
async fn the_right_password_opens() {
    let cast = start().await;
    let mai = cast.account("lo.mai").await;
    let opened = cast.sign_in(" Lo.Mai ", PASSWORD).await.unwrap();
    assert!(!opened.waiting && !opened.must_change_password && !opened.must_set_up_factor);
    let actor = cast.cookie_actor(&opened.value).await.unwrap();
    assert_eq!((actor.account_id, actor.second_factor), (mai.id, false));
    assert_eq!(
        account_find(&cast.ctx(), mai.id).await.unwrap().last_sign_in_at,
        Some(cast.test.app.clock.now())
    );
    cast.test.end().await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_login_get_the_same_answer() {
    let cast = start().await;
    cast.account("lo.mai").await;
    for n in 1..=6 {
        let wrong = cast.sign_in("lo.mai", "không phải mật khẩu").await.unwrap_err();
        let unknown = cast.sign_in("khong.co", "không phải mật khẩu").await.unwrap_err();
        assert_eq!(wrong.message, unknown.message, "try {n}");
        assert_eq!((wrong.kind, wrong.retry_after), (unknown.kind, unknown.retry_after));
        assert_eq!(wrong.kind, if n <= 5 { Kind::Invalid } else { Kind::TooMany });
    }
    cast.test.end().await;
}

#[tokio::test]
async fn the_fifth_wrong_try_makes_everybody_wait_longer_and_longer() {
    let cast = start().await;
    cast.account("lo.mai").await;
    for _ in 0..5 {
        assert!(cast.sign_in("lo.mai", "sai rồi").await.unwrap_err().is(Kind::Invalid));
    }
    for minutes in [1, 2, 4, 8, 15, 15] {
        let wait = cast.sign_in("lo.mai", PASSWORD).await.unwrap_err();
        assert_eq!(
            (wait.kind, wait.retry_after),
            (Kind::TooMany, Some(minutes * 60 + 1)),
            "even the right one"
        );
        cast.wait(i64::from(minutes) * 60);
        assert!(cast.sign_in("lo.mai", "sai rồi").await.unwrap_err().is(Kind::Invalid));
    }
    cast.wait(15 * 60);
    cast.sign_in("lo.mai", PASSWORD).await.unwrap();
    // From the start again.
    for _ in 0..4 {
        assert!(cast.sign_in("lo.mai", "sai rồi").await.unwrap_err().is(Kind::Invalid));
    }
    cast.sign_in("lo.mai", PASSWORD).await.unwrap();
    cast.test.end().await;
}

#[tokio::test]
async fn tries_side_by_side_are_no_way_round_the_wait() {
    let cast = start().await;
    let mai = cast.account("lo.mai").await;
    // Eight wrong tries and a right one, all past the first check before any is counted.
    let wrong = futures_util::future::join_all((0..8).map(|_| cast.sign_in("lo.mai", "sai rồi"))).await;
    assert!(wrong.iter().all(Result::is_err));
    let late = cast.sign_in("lo.mai", PASSWORD).await.unwrap_err();
    assert!(late.is(Kind::TooMany));
    let entries = audit::list(&cast.ctx(), &audit::Filter::default(), 100).await.unwrap();
    assert_eq!(entries.iter().filter(|e| e.action == "session.refused" && e.object_id == mai.id).count(), 8);
    cast.test.end().await;
}

#[tokio::test]
async fn one_address_cannot_try_for_ever() {
    let cast = start().await;
    let ctx = Ctx { ip: Some("203.0.113.7".parse().unwrap()), ..cast.ctx() };
    for n in 0..60 {
        // Each login is another; nothing of the account stops them.
        let error = sign_in(&ctx, &format!("nguoi-{n}"), "sai rồi", "").await.unwrap_err();
        assert!(error.is(Kind::Invalid), "{n}: {error}");
    }
    assert!(sign_in(&ctx, "nguoi-61", "sai rồi", "").await.unwrap_err().is(Kind::TooMany));
    let other = Ctx { ip: Some("203.0.113.8".parse().unwrap()), ..cast.ctx() };
    assert!(sign_in(&other, "nguoi-61", "sai rồi", "").await.unwrap_err().is(Kind::Invalid));
    cast.test.end().await;
}

#[tokio::test]
async fn a_locked_account_is_told_only_to_who_knows_the_password() {
    let cast = start().await;
    let mai = cast.account("lo.mai").await;
    let before = cast.sign_in("lo.mai", PASSWORD).await.unwrap();
    let ctx = cast.ctx();
    let tx = ctx.begin().await.unwrap();
    account_lock(&ctx, &tx, mai.id, 1).await.unwrap();
    tx.commit().await.unwrap();
    assert!(cast.cookie_actor(&before.value).await.is_none(), "signed out at once");
    assert_eq!(cast.sign_in("lo.mai", PASSWORD).await.unwrap_err().message.key, "sign-in-locked");
    assert_eq!(cast.sign_in("lo.mai", "sai rồi").await.unwrap_err().message.key, "sign-in-wrong");
    let tx = ctx.begin().await.unwrap();
    identity::account_unlock(&ctx, &tx, mai.id, 2).await.unwrap();
    tx.commit().await.unwrap();
    cast.sign_in("lo.mai", PASSWORD).await.unwrap();
    cast.test.end().await;
}

#[tokio::test]
async fn an_account_without_password_waits_for_its_link() {
    let cast = start().await;
    let ctx = cast.ctx();
    let tx = ctx.begin().await.unwrap();
    let new = identity::NewAccount {
        login: "moi.den".into(),
        display_name: "Người Mới".into(),
        ..Default::default()
    };
    let account = account_insert(&ctx, &tx, new, None).await.unwrap();
    let link = identity::reset_link_make(&ctx, &tx, account.id).await.unwrap();
    tx.commit().await.unwrap();
    assert!(cast.sign_in("moi.den", "nobody has this password").await.unwrap_err().is(Kind::Invalid));
    let weak = identity::reset_link_use(&ctx, &link, "1234567890").await.unwrap_err();
    assert_eq!(weak.fields[0].message.key, "password-common");
    identity::reset_link_use(&ctx, &link, PASSWORD).await.unwrap();
    cast.sign_in("moi.den", PASSWORD).await.unwrap();
    let twice = identity::reset_link_use(&ctx, &link, "một mật khẩu khác hẳn").await.unwrap_err();
    assert_eq!(twice.message.key, "reset-link-dead");
    cast.test.end().await;
}

#[tokio::test]
async fn a_link_is_good_for_two_days() {
    let cast = start().await;
    let mai = cast.account("lo.mai").await;
    let ctx = cast.ctx();
    let tx = ctx.begin().await.unwrap();
    let first = identity::reset_link_make(&ctx, &tx, mai.id).await.unwrap();
    let second = identity::reset_link_make(&ctx, &tx, mai.id).await.unwrap();
    tx.commit().await.unwrap();
    assert!(identity::reset_link_use(&ctx, &first, PASSWORD).await.is_err(), "the newer link replaced it");
    cast.wait(48 * 3600);
    assert!(identity::reset_link_use(&cast.ctx(), &second, PASSWORD).await.is_err());
    for broken in ["", ".", "x.y", "00000000000000000000000000000000.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"] {
        assert!(identity::reset_link_use(&cast.ctx(), broken, PASSWORD).await.unwrap_err().is(Kind::Invalid));
    }
    cast.test.end().await;
}

#[tokio::test]
async fn a_role_that_demands_a_second_factor_says_so() {
    let cast = start().await;
    cast.with_role("chu.tich", "chairman").await;
    let opened = cast.sign_in("chu.tich", PASSWORD).await.unwrap();
    assert!(opened.must_set_up_factor);
    assert!(cast.cookie_actor(&opened.value).await.unwrap().grants.is_empty(), "no role works before");
    cast.with_role("van.thu", "clerk").await;
    let opened = cast.sign_in("van.thu", PASSWORD).await.unwrap();
    assert!(!opened.must_set_up_factor);
    assert_eq!(cast.cookie_actor(&opened.value).await.unwrap().grants.len(), 1);
    cast.test.end().await;
}

#[tokio::test]
async fn a_due_password_leaves_no_role_open() {
    let cast = start().await;
    let ctx = cast.ctx();
    let hash = hash_password(&ctx, PASSWORD, "quan.tri").await.unwrap();
    let tx = ctx.begin().await.unwrap();
    let new = identity::NewAccount {
        login: "quan.tri".into(),
        display_name: "Quản trị".into(),
        must_change_password: true,
        ..Default::default()
    };
    let account = account_insert(&ctx, &tx, new, Some(&hash)).await.unwrap();
    tx.commit().await.unwrap();
    cast.give(account.id, "clerk", platform::access::Place::new("commune", cast.commune)).await;
    let opened = cast.sign_in("quan.tri", PASSWORD).await.unwrap();
    assert!(opened.must_change_password);
    let me = cast.as_cookie(&opened.value).await;
    assert!(me.actor.as_ref().unwrap().grants.is_empty());
    let same = identity::password_change(&me, PASSWORD, PASSWORD).await.unwrap_err();
    assert_eq!(same.fields[0].message.key, "password-same");
    let wrong = identity::password_change(&me, "sai rồi", "một mật khẩu khác hẳn").await.unwrap_err();
    assert_eq!(wrong.fields[0].field, "mat-khau-cu");
    identity::password_change(&me, PASSWORD, "một mật khẩu khác hẳn").await.unwrap();
    assert_eq!(cast.cookie_actor(&opened.value).await.unwrap().grants.len(), 1);
    assert!(cast.sign_in("quan.tri", PASSWORD).await.is_err());
    cast.test.end().await;
}

#[tokio::test]
async fn a_crowd_at_the_door_is_asked_politely_to_wait() {
    let cast = start().await;
    cast.account("lo.mai").await;
    let browser = cast.test.visitor();
    // Two hash at a time and 64 wait; everybody else is told to come back, before any memory is taken for them.
    let crowd = (0..150).map(|n| {
        let (browser, login) = (&browser, format!("nguoi.{n}"));
        async move { browser.post("/dang-nhap", &[("ten-dang-nhap", &login), ("mat-khau", PASSWORD)]).await }
    });
    let answers = futures_util::future::join_all(crowd).await;
    let refused: Vec<_> = answers.iter().filter(|answer| answer.status == 503).collect();
    assert!(!refused.is_empty(), "nobody was asked to wait");
    for answer in &refused {
        assert_eq!(answer.header("retry-after"), "3");
        answer.shows("Máy chủ đang bận").shows("chờ vài giây");
    }
    let served = answers.iter().filter(|answer| answer.status == 422).count();
    assert!(served >= 64, "only {served} were served");
    assert_eq!(served + refused.len(), answers.len());
    assert!(cast.sign_in("lo.mai", PASSWORD).await.is_ok());
}

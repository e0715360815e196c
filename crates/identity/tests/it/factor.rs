use crate::support::{Cast, PASSWORD, start};
use identity::{code_now, factor_begin, factor_confirm, factor_delete, factor_pending, sign_in_code};
use platform::{Kind, Uuid};

/// Sets up the second factor of an account; its recovery codes.
async fn set_up(cast: &Cast, login: &str) -> (Uuid, Vec<String>) {
    let opened = cast.sign_in(login, PASSWORD).await.unwrap();
    let me = cast.as_cookie(&opened.value).await;
    let tx = me.begin().await.unwrap();
    factor_begin(&me, &tx).await.unwrap();
    tx.commit().await.unwrap();
    let pending = factor_pending(&me, "Xã Gia Phú").await.unwrap().unwrap();
    assert!(pending.qr_svg.starts_with("<svg") && pending.secret_text.len() == 39);
    let account = me.account().unwrap();
    let code = code_now(&me, account).await.unwrap().unwrap();
    let tx = me.begin().await.unwrap();
    let confirmed = factor_confirm(&me, &tx, &code).await.unwrap();
    tx.commit().await.unwrap();
    assert!(cast.cookie_actor(&opened.value).await.is_none(), "the session goes on under a new secret");
    let actor = cast.cookie_actor(&confirmed.session_value.unwrap()).await.unwrap();
    assert!(actor.second_factor);
    (account, confirmed.recovery_codes)
}

#[tokio::test]
async fn after_the_password_comes_the_code() {
    let cast = start().await;
    cast.with_role("chu.tich", "chairman").await;
    let (account, _) = set_up(&cast, "chu.tich").await;
    cast.wait(30);
    let opened = cast.sign_in("chu.tich", PASSWORD).await.unwrap();
    assert!(opened.waiting);
    assert!(cast.cookie_actor(&opened.value).await.is_none(), "the password alone opens nothing");
    let wrong = sign_in_code(&cast.ctx(), &opened.value, "000000").await.unwrap_err();
    assert_eq!(wrong.fields[0].message.key, "sign-in-code-wrong");
    let code = code_now(&cast.ctx(), account).await.unwrap().unwrap();
    let done = sign_in_code(&cast.ctx(), &opened.value, &code).await.unwrap();
    let actor = cast.cookie_actor(&done.value).await.unwrap();
    assert!(actor.second_factor && actor.grants.len() == 1);
    assert!(cast.cookie_actor(&opened.value).await.is_none(), "the first secret is dead");
    cast.test.end().await;
}

#[tokio::test]
async fn a_code_is_good_once_and_not_for_long() {
    let cast = start().await;
    cast.account("lo.mai").await;
    let (account, _) = set_up(&cast, "lo.mai").await;
    // The code that confirmed the set-up is used up.
    let first = cast.sign_in("lo.mai", PASSWORD).await.unwrap().value;
    let used = code_now(&cast.ctx(), account).await.unwrap().unwrap();
    assert!(sign_in_code(&cast.ctx(), &first, &used).await.is_err());
    cast.wait(30);
    let code = code_now(&cast.ctx(), account).await.unwrap().unwrap();
    sign_in_code(&cast.ctx(), &first, &code).await.unwrap();
    let second = cast.sign_in("lo.mai", PASSWORD).await.unwrap().value;
    assert!(sign_in_code(&cast.ctx(), &second, &code).await.is_err(), "reused");
    cast.wait(30);
    let old = code_now(&cast.ctx(), account).await.unwrap().unwrap();
    cast.wait(90);
    assert!(sign_in_code(&cast.ctx(), &second, &old).await.is_err(), "three steps old");
    cast.test.end().await;
}

#[tokio::test]
async fn codes_cannot_be_guessed_with_a_known_password() {
    let cast = start().await;
    cast.account("lo.mai").await;
    set_up(&cast, "lo.mai").await;
    cast.wait(30);
    for _ in 0..5 {
        // A new sign-in each time does not start the count again.
        let opened = cast.sign_in("lo.mai", PASSWORD).await.unwrap();
        assert!(sign_in_code(&cast.ctx(), &opened.value, "123456").await.unwrap_err().is(Kind::Invalid));
    }
    assert!(cast.sign_in("lo.mai", PASSWORD).await.unwrap_err().is(Kind::TooMany));
    cast.test.end().await;
}

#[tokio::test]
async fn a_waiting_session_waits_ten_minutes() {
    let cast = start().await;
    cast.account("lo.mai").await;
    let (account, _) = set_up(&cast, "lo.mai").await;
    let opened = cast.sign_in("lo.mai", PASSWORD).await.unwrap();
    cast.wait(600);
    let code = code_now(&cast.ctx(), account).await.unwrap().unwrap();
    assert_eq!(
        sign_in_code(&cast.ctx(), &opened.value, &code).await.unwrap_err().message.key,
        "sign-in-code-late"
    );
    assert!(sign_in_code(&cast.ctx(), "", &code).await.is_err());
    cast.test.end().await;
}

#[tokio::test]
async fn a_recovery_code_works_once() {
    let cast = start().await;
    cast.account("lo.mai").await;
    let (account, codes) = set_up(&cast, "lo.mai").await;
    assert_eq!(codes.len(), 10);
    let opened = cast.sign_in("lo.mai", PASSWORD).await.unwrap();
    sign_in_code(&cast.ctx(), &opened.value, &codes[3].to_lowercase()).await.unwrap();
    let again = cast.sign_in("lo.mai", PASSWORD).await.unwrap();
    assert!(sign_in_code(&cast.ctx(), &again.value, &codes[3]).await.is_err());
    let done = sign_in_code(&cast.ctx(), &again.value, &codes[4]).await.unwrap();
    let me = cast.as_cookie(&done.value).await;
    assert_eq!(identity::recovery_codes_count(&me).await.unwrap(), 8);
    // Lost phone and paper: an administrator takes the factor away, and everything is signed out.
    let ctx = cast.ctx();
    let tx = ctx.begin().await.unwrap();
    factor_delete(&ctx, &tx, account, true).await.unwrap();
    tx.commit().await.unwrap();
    assert!(cast.cookie_actor(&done.value).await.is_none());
    assert!(!cast.sign_in("lo.mai", PASSWORD).await.unwrap().waiting);
    cast.test.end().await;
}

#[tokio::test]
async fn the_secret_is_not_readable_in_the_database() {
    let cast = start().await;
    cast.account("lo.mai").await;
    let (account, _) = set_up(&cast, "lo.mai").await;
    let sealed = identity::account_find(&cast.ctx(), account).await.unwrap().factor_secret.unwrap();
    assert_eq!(sealed.len(), 2 * (12 + 20 + 16));
    // With another key file it does not open.
    let other = start().await;
    let tx = cast.test.app.db.begin().await.unwrap();
    platform::sql("UPDATE account SET factor_secret = $3 WHERE commune_id = $1 AND id = $2")
        .bind(cast.commune)
        .bind(account)
        .bind(format!("00{}", &sealed[2..]))
        .run(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(code_now(&cast.ctx(), account).await.unwrap_err().is(Kind::Internal));
    other.test.end().await;
    cast.test.end().await;
}

use crate::support::{PASSWORD, start};
use identity::{token_delete, token_insert, token_list, token_scopes};
use platform::Kind;
use platform::access::Via;

#[tokio::test]
async fn a_token_is_narrow_and_ends() {
    let cast = start().await;
    let mai = cast.with_role("lo.mai", "clerk").await;
    let opened = cast.sign_in("lo.mai", PASSWORD).await.unwrap();
    let me = cast.as_cookie(&opened.value).await;
    let tx = me.begin().await.unwrap();
    for bad in [vec![], vec!["token".to_owned()], vec!["grant.update".into()], vec!["khong-co".into()]] {
        let error = token_insert(&me, &tx, "phần mềm", &bad, 30).await.unwrap_err();
        assert_eq!(error.fields[0].field, "pham-vi", "{bad:?}");
    }
    assert!(token_insert(&me, &tx, "phần mềm", &["me".into()], 400).await.is_err());
    let text = token_insert(&me, &tx, "phần mềm", &["account".into()], 30).await.unwrap();
    tx.commit().await.unwrap();
    assert!(token_scopes(&cast.test.app).contains(&"account"));
    let actor = cast.actor("authorization", &format!("Bearer {text}")).await.unwrap().unwrap();
    assert_eq!((actor.account_id, actor.second_factor), (mai.id, false));
    let Via::Token { scopes, .. } = &actor.via else { panic!("not a token") };
    assert_eq!(scopes, &["account", "me"]);
    let listed = token_list(&me).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert!(listed[0].last_used_at.is_some());
    cast.wait(30 * 86_400);
    assert!(cast.actor("authorization", &format!("Bearer {text}")).await.unwrap_err().is(Kind::SignIn));
    cast.test.end().await;
}

#[tokio::test]
async fn a_deleted_token_dies_at_once() {
    let cast = start().await;
    cast.account("lo.mai").await;
    let opened = cast.sign_in("lo.mai", PASSWORD).await.unwrap();
    let me = cast.as_cookie(&opened.value).await;
    let tx = me.begin().await.unwrap();
    let text = token_insert(&me, &tx, "phần mềm", &["account".into()], 30).await.unwrap();
    tx.commit().await.unwrap();
    let bearer = format!("Bearer {text}");
    assert!(cast.actor("authorization", &bearer).await.unwrap().is_some());
    let id = token_list(&me).await.unwrap()[0].id;
    let tx = me.begin().await.unwrap();
    token_delete(&me, &tx, id).await.unwrap();
    tx.commit().await.unwrap();
    assert!(cast.actor("authorization", &bearer).await.unwrap_err().is(Kind::SignIn));
    assert!(cast.actor("authorization", "Bearer sd_x.y").await.is_err());
    cast.test.end().await;
}

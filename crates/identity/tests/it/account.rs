use crate::support::{PASSWORD, commune, start};
use identity::{
    AccountChange, NewAccount, NewGrant, account_find, account_insert, account_list, account_lock,
    account_update, grant_end, grant_insert,
};
use platform::access::Place;
use platform::{Ctx, Kind, Uuid};

#[tokio::test]
async fn a_login_stands_once_in_a_commune() {
    let cast = start().await;
    cast.account("lo.mai").await;
    let ctx = cast.ctx();
    let tx = ctx.begin().await.unwrap();
    let new = |login: &str| NewAccount {
        login: login.into(),
        display_name: "Lò Mai".into(),
        ..NewAccount::default()
    };
    let twice = account_insert(&ctx, &tx, new("LO.MAI"), None).await.unwrap_err();
    assert_eq!(twice.fields[0].message.key, "account-login-taken");
    let wrong =
        account_insert(&ctx, &tx, NewAccount { login: "lò mai".into(), ..NewAccount::default() }, None).await;
    assert_eq!(wrong.unwrap_err().fields.len(), 2, "login and name at once");
    tx.rollback().await.unwrap();
    let other = Ctx { commune: commune(&cast.test, "Xã Xuân Giao", None).await, ..ctx.clone() };
    let tx = other.begin().await.unwrap();
    account_insert(&other, &tx, new("lo.mai"), None).await.unwrap();
    tx.commit().await.unwrap();
    cast.test.end().await;
}

#[tokio::test]
async fn the_second_editor_is_told() {
    let cast = start().await;
    let mai = cast.account("lo.mai").await;
    let ctx = cast.ctx();
    let change = AccountChange {
        display_name: "Lò Thị Mai".into(),
        email: Some("mai@giaphu.example".into()),
        phone: None,
    };
    let tx = ctx.begin().await.unwrap();
    account_update(&ctx, &tx, mai.id, 1, &change).await.unwrap();
    let late = account_update(&ctx, &tx, mai.id, 1, &change).await.unwrap_err();
    tx.commit().await.unwrap();
    assert!(late.is(Kind::Conflict));
    let entries =
        audit::list(&ctx, &audit::Filter { action: Some("account.update".into()), ..Default::default() }, 9)
            .await;
    let detail = entries.unwrap()[0].detail.clone();
    assert_eq!(detail, r#"{"fields":["display_name","email"]}"#, "names of fields, no personal text");
    cast.test.end().await;
}

#[tokio::test]
async fn the_last_administrator_cannot_lock_the_door_from_outside() {
    let cast = start().await;
    let an = cast.account("an.admin").await.id;
    let first = cast.give(an, "admin", Place::new("commune", cast.commune)).await;
    let ctx = cast.ctx();
    let tx = ctx.begin().await.unwrap();
    assert_eq!(account_lock(&ctx, &tx, an, 1).await.unwrap_err().message.key, "grant-last-admin");
    assert_eq!(grant_end(&ctx, &tx, first).await.unwrap_err().message.key, "grant-last-admin");
    tx.rollback().await.unwrap();
    let binh = cast.account("binh.admin").await.id;
    cast.give(binh, "admin", Place::new("commune", cast.commune)).await;
    let tx = ctx.begin().await.unwrap();
    account_lock(&ctx, &tx, an, 1).await.unwrap();
    tx.commit().await.unwrap();
    cast.test.end().await;
}

#[tokio::test]
async fn a_role_fits_its_place() {
    let cast = start().await;
    let mai = cast.account("lo.mai").await.id;
    let ctx = cast.ctx();
    let tx = ctx.begin().await.unwrap();
    let village = units::NewUnit {
        kind: units::Kind::Village,
        code: String::new(),
        name: "Thôn Đông Căm".into(),
        parent_id: None,
        valid_from: "1980-02-26".parse().unwrap(),
        note: String::new(),
        source: String::new(),
    };
    let village = units::insert(&ctx, &tx, village).await.unwrap().id;
    let give = async |role: &str, place: Place| {
        let new =
            NewGrant { account_id: mai, role: role.into(), place, valid_from: ctx.today(), valid_to: None };
        grant_insert(&ctx, &tx, new).await
    };
    assert!(give("village_head", Place::new("village", village)).await.is_ok());
    assert!(give("resident", Place::new("person", Uuid::from_u128(5))).await.is_ok());
    for (role, kind, id) in [
        ("village_head", "commune", cast.commune),
        ("village_head", "village", Uuid::from_u128(9)),
        ("admin", "village", village),
        ("admin", "commune", Uuid::from_u128(9)),
        ("king", "commune", cast.commune),
    ] {
        assert!(give(role, Place::new(kind, id)).await.unwrap_err().is(Kind::Invalid), "{role} {kind}");
    }
    tx.commit().await.unwrap();
    let heads =
        identity::holders(&ctx, "village_head", &Place::new("village", village), ctx.today()).await.unwrap();
    assert_eq!(heads, [mai]);
    cast.test.end().await;
}

#[tokio::test]
async fn lists_are_found_without_marks_and_paged() {
    let cast = start().await;
    let ctx = cast.ctx();
    let tx = ctx.begin().await.unwrap();
    for (login, name) in [("a-1", "Vàng Seo Páo"), ("a-2", "Lò Thị Ánh"), ("a-3", "Đặng Văn Bình")]
    {
        let new = NewAccount { login: login.into(), display_name: name.into(), ..NewAccount::default() };
        account_insert(&ctx, &tx, new, None).await.unwrap();
    }
    tx.commit().await.unwrap();
    let names =
        |list: Vec<identity::Account>| list.into_iter().map(|one| one.display_name).collect::<Vec<_>>();
    let first = account_list(&ctx, "", None, 2).await.unwrap();
    let last = first.last().map(|one| (one.sort_key.clone(), one.id));
    assert_eq!(names(first), ["Lò Thị Ánh", "Đặng Văn Bình"]);
    assert_eq!(names(account_list(&ctx, "", last, 2).await.unwrap()), ["Vàng Seo Páo"]);
    assert_eq!(names(account_list(&ctx, "dang van", None, 9).await.unwrap()), ["Đặng Văn Bình"]);
    assert_eq!(names(account_list(&ctx, "A-1", None, 9).await.unwrap()), ["Vàng Seo Páo"]);
    assert!(account_list(&ctx, "100%", None, 9).await.unwrap().is_empty());
    cast.test.end().await;
}

#[tokio::test]
async fn nothing_of_another_commune_is_there() {
    let cast = start().await;
    let mai = cast.account("lo.mai").await;
    let other = Ctx { commune: commune(&cast.test, "Xã Xuân Giao", None).await, ..cast.ctx() };
    assert!(account_find(&other, mai.id).await.unwrap_err().is(Kind::NotFound));
    assert!(account_list(&other, "", None, 9).await.unwrap().is_empty());
    assert!(identity::sign_in(&other, "lo.mai", PASSWORD, "").await.unwrap_err().is(Kind::Invalid));
    cast.test.end().await;
}

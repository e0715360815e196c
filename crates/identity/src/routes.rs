//! Every address of the area with its action.

use crate::api;
use crate::pages::{
    account, door, factor, grant, passkey, password, profile, prove, provider, sign_in, token,
};
use platform::Route;
use platform::area::{get, post};

pub(crate) fn all() -> Vec<Route> {
    let mut routes = door();
    routes.extend(own());
    routes.extend(administrator());
    routes
}

fn door() -> Vec<Route> {
    vec![
        get("/dang-nhap", "session.create", sign_in::show),
        post("/dang-nhap", "session.create", sign_in::create),
        get("/dang-nhap/ma-xac-thuc", "session.confirm", sign_in::code_show),
        post("/dang-nhap/ma-xac-thuc", "session.confirm", sign_in::code),
        post("/dang-nhap/khoa/bat-dau", "session.create", passkey::enter_begin),
        post("/dang-nhap/khoa", "session.create", passkey::enter),
        get("/dang-nhap/qua/{id}", "session.create", door::depart),
        get("/dang-nhap/qua/{id}/ve", "session.create", door::arrive),
        post("/dang-xuat", "session.end", sign_in::end),
        get("/demo/vao/{login}", "session.create", sign_in::demo),
        get("/dat-mat-khau/{link}", "password.restore", password::restore_show),
        post("/dat-mat-khau/{link}", "password.restore", password::restore),
    ]
}

fn own() -> Vec<Route> {
    vec![
        get("/tai-khoan", "profile.show", profile::show),
        post("/tai-khoan", "profile.update", profile::update),
        post("/tai-khoan/thiet-bi/khac/dang-xuat", "session.delete", profile::session_end_others),
        post("/tai-khoan/thiet-bi/{id}/dang-xuat", "session.delete", profile::session_end_one),
        get("/tai-khoan/mat-khau", "password.update", password::show),
        post("/tai-khoan/mat-khau", "password.update", password::update),
        get("/tai-khoan/xac-thuc", "factor.show", factor::show),
        post("/tai-khoan/xac-thuc/bat-dau", "factor.update", factor::begin),
        post("/tai-khoan/xac-thuc/xac-nhan", "factor.update", factor::confirm),
        post("/tai-khoan/xac-thuc/ma-khoi-phuc", "factor.update", factor::recovery),
        post("/tai-khoan/xac-thuc/bo", "factor.update", factor::delete),
        get("/tai-khoan/xac-nhan", "session.prove", prove::show),
        post("/tai-khoan/xac-nhan", "session.prove", prove::prove),
        get("/tai-khoan/khoa", "passkey.list", passkey::list),
        post("/tai-khoan/khoa/bat-dau", "passkey.update", passkey::add_begin),
        post("/tai-khoan/khoa", "passkey.update", passkey::add),
        post("/tai-khoan/khoa/{id}/ten", "passkey.update", passkey::rename),
        post("/tai-khoan/khoa/{id}/xoa", "passkey.update", passkey::delete),
        get("/tai-khoan/dich-vu", "identity.list", door::list),
        post("/tai-khoan/dich-vu/{id}/noi", "identity.update", door::link),
        post("/tai-khoan/dich-vu/{id}/bo", "identity.update", door::unlink),
        get("/tai-khoan/ma-truy-cap", "token.list", token::list),
        post("/tai-khoan/ma-truy-cap", "token.update", token::create),
        post("/tai-khoan/ma-truy-cap/{id}/xoa", "token.update", token::delete),
        get("/api/v1/session/me", "me.show", api::me),
    ]
}

fn administrator() -> Vec<Route> {
    vec![
        get("/lam-viec/tai-khoan", "account.list", account::list),
        get("/lam-viec/tai-khoan/moi", "account.insert", account::new),
        post("/lam-viec/tai-khoan", "account.insert", account::create),
        get("/lam-viec/tai-khoan/{id}", "account.show", account::show),
        post("/lam-viec/tai-khoan/{id}", "account.update", account::update),
        post("/lam-viec/tai-khoan/{id}/khoa", "account.lock", account::lock),
        post("/lam-viec/tai-khoan/{id}/mo-khoa", "account.lock", account::unlock),
        post("/lam-viec/tai-khoan/{id}/dat-lai", "account.reset", account::reset),
        post("/lam-viec/tai-khoan/{id}/bo-xac-thuc", "account.reset", account::factor_end),
        post("/lam-viec/tai-khoan/{id}/quyen", "grant.update", grant::create),
        post("/lam-viec/tai-khoan/{id}/quyen/{grant}/thu", "grant.update", grant::end),
        get("/lam-viec/dich-vu-dang-nhap", "provider.list", provider::list),
        get("/lam-viec/dich-vu-dang-nhap/moi", "provider.update", provider::new),
        post("/lam-viec/dich-vu-dang-nhap", "provider.update", provider::create),
        get("/lam-viec/dich-vu-dang-nhap/{id}", "provider.update", provider::edit),
        post("/lam-viec/dich-vu-dang-nhap/{id}", "provider.update", provider::update),
        post("/lam-viec/dich-vu-dang-nhap/{id}/thu", "provider.update", provider::attempt),
        post("/lam-viec/dich-vu-dang-nhap/{id}/bat", "provider.update", provider::turn),
        get("/api/v1/accounts", "account.list", api::accounts),
    ]
}

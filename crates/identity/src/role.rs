//! The roles, and for which kind of place each is given. What a role may do stands in the policies of the areas.

use platform::Ctx;

/// A role that an administrator can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    pub code: &'static str,
    /// `commune`, `village`, `organisation` or `person`.
    pub place_kind: &'static str,
}

const fn role(code: &'static str, place_kind: &'static str) -> Role {
    Role { code, place_kind }
}

/// In the order in which pages list them.
pub const ROLES: &[Role] = &[
    role("admin", "commune"),
    role("chairman", "commune"),
    role("vice_chairman", "commune"),
    role("secretary", "commune"),
    role("registry_officer", "commune"),
    role("onestop_officer", "commune"),
    role("clerk", "commune"),
    // Writes the news of the portal.
    role("editor", "commune"),
    role("radio_officer", "commune"),
    role("market_manager", "commune"),
    role("auditor", "commune"),
    // A screen at the door, signed in by itself: whoever stands before it reaches nothing else.
    role("door_device", "commune"),
    role("village_head", "village"),
    role("organisation_manager", "organisation"),
    role("resident", "person"),
];

pub fn find(code: &str) -> Option<Role> {
    ROLES.iter().copied().find(|role| role.code == code)
}

impl Role {
    /// The key of its name in the locales.
    pub fn text_key(self) -> String {
        text_key(self.code)
    }
}

/// The key of a role's name.
pub fn text_key(code: &str) -> String {
    format!("role-{}", code.replace('_', "-"))
}

/// The reader's first role in the order of [`ROLES`], in words: stands under the name in the page's head.
pub(crate) fn main_word(ctx: &Ctx) -> String {
    let held = |role: &&Role| ctx.actor.as_ref().is_some_and(|actor| actor.has_role(role.code));
    ROLES.iter().find(held).map_or_else(String::new, |role| ctx.t().t(&role.text_key()))
}

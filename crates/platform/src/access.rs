//! Who may do what, and where. Each area brings Cedar policies; nothing is allowed that no policy permits.
//!
//! A policy speaks of three things: the role, the action (`area.noun.verb`) and the kind of place for which the
//! role was given (`commune`, `village`, `organisation`, `person`). The answer for one request is a [`Scope`]: the
//! places where this person may do this. Every store function puts the scope into its WHERE.

use crate::{Error, Result};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityUid, PolicySet, Request, RestrictedExpression,
};
use std::collections::HashMap;
use std::sync::RwLock;
use uuid::Uuid;

/// The role that everybody has for the commune's public side.
pub const ANYONE: &str = "anyone";
/// The role of every signed-in account, for the account's own things.
pub const MEMBER: &str = "member";

/// A place that a role is given for. The platform does not know what the kinds mean.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Place {
    pub kind: String,
    pub id: Uuid,
}

impl Place {
    pub fn new(kind: &str, id: Uuid) -> Place {
        Place { kind: kind.to_owned(), id }
    }
}

/// A role given to an account for a place.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Grant {
    pub role: String,
    pub place: Place,
}

/// Who acts. Made by the sign-in of the identity area, or for an API token.
#[derive(Debug, Clone)]
pub struct Actor {
    pub account_id: Uuid,
    pub commune_id: Uuid,
    /// Shown in the page head and kept in the audit by id only.
    pub name: String,
    pub grants: Vec<Grant>,
    /// True once this session has passed the second factor.
    pub second_factor: bool,
    pub via: Via,
}

/// How the actor came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    Session(Uuid),
    /// An API token: only the listed actions (`household.list`) or areas (`registry`) are open to it.
    Token {
        id: Uuid,
        scopes: Vec<String>,
    },
    /// A phone that a personal link was bound to: only these actions are open to it.
    Link {
        id: Uuid,
        actions: &'static [&'static str],
    },
}

impl Actor {
    pub fn has_role(&self, role: &str) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// True when no session was opened: a phone acts that a link was bound to.
    pub fn by_link(&self) -> bool {
        matches!(self.via, Via::Link { .. })
    }

    fn token_allows(&self, action: &str) -> bool {
        match &self.via {
            Via::Session(_) => true,
            Via::Link { actions, .. } => actions.contains(&action),
            Via::Token { scopes, .. } => scopes
                .iter()
                .any(|s| s == action || action.strip_prefix(s.as_str()).is_some_and(|r| r.starts_with('.'))),
        }
    }
}

/// The places where the actor may do what the request asks. Empty means: nowhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope(Vec<Place>);

impl Scope {
    pub fn new(places: Vec<Place>) -> Scope {
        Scope(places)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True when the whole commune is open.
    pub fn whole(&self) -> bool {
        self.0.iter().any(|place| place.kind == "commune")
    }

    /// The ids of the places of one kind.
    pub fn ids(&self, kind: &str) -> Vec<Uuid> {
        self.0.iter().filter(|place| place.kind == kind).map(|place| place.id).collect()
    }

    /// True when the whole commune or this place is open.
    pub fn covers(&self, kind: &str, id: Uuid) -> bool {
        self.whole() || self.0.iter().any(|place| place.kind == kind && place.id == id)
    }

    /// The same as an error: outside the scope a record looks as if it were not there.
    pub fn require(&self, kind: &str, id: Uuid) -> Result<()> {
        if self.covers(kind, id) { Ok(()) } else { Err(Error::not_found()) }
    }

    /// Words of the search index that this reader may match; none means all.
    pub fn search_tokens(&self) -> Option<Vec<String>> {
        (!self.whole()).then(|| self.0.iter().map(scope_token).collect())
    }

    pub fn places(&self) -> &[Place] {
        &self.0
    }
}

/// The word under which the search index files a place.
pub fn scope_token(place: &Place) -> String {
    format!("z{}{}", &place.kind[..1], place.id.simple())
}

type Question = (String, &'static str, String, bool);

/// The policies of all areas, with the answers already found: there are few roles and actions, so each is asked
/// of Cedar once.
pub struct Policies {
    set: PolicySet,
    known: RwLock<HashMap<Question, bool>>,
}

impl Policies {
    /// # Errors
    /// A policy text that Cedar cannot read: with area and reason.
    pub fn parse(texts: &[(&str, &str)]) -> Result<Policies> {
        let mut set = PolicySet::new();
        for (area, text) in texts {
            let part: PolicySet =
                text.parse().map_err(|e| Error::internal(format!("policies of {area}: {e}")))?;
            for (n, policy) in part.policies().enumerate() {
                let id = cedar_policy::PolicyId::new(format!("{area}-{n}"));
                set.add(policy.new_id(id)).map_err(Error::internal)?;
            }
        }
        Ok(Policies { set, known: RwLock::default() })
    }

    /// The places where `actor` (nobody: the public) may do `action`.
    pub fn decide(&self, actor: Option<&Actor>, commune: Uuid, action: &'static str) -> Scope {
        let home = Place::new("commune", commune);
        if self.permits(ANYONE, action, "commune", false) {
            return Scope(vec![home]);
        }
        let Some(actor) = actor.filter(|actor| actor.commune_id == commune && actor.token_allows(action))
        else {
            return Scope::default();
        };
        let mut places: Vec<Place> = actor
            .grants
            .iter()
            .filter(|grant| self.permits(&grant.role, action, &grant.place.kind, actor.second_factor))
            .map(|grant| grant.place.clone())
            .collect();
        if self.permits(MEMBER, action, "account", actor.second_factor) {
            places.push(Place::new("account", actor.account_id));
        }
        places.sort();
        places.dedup();
        Scope(places)
    }

    /// True when a session without second factor may not do it, but one with it may: the page then asks for it.
    pub fn wants_second_factor(&self, actor: &Actor, action: &'static str) -> bool {
        !actor.second_factor
            && actor.grants.iter().any(|grant| self.permits(&grant.role, action, &grant.place.kind, true))
    }

    /// One question to Cedar: may this role, given for this kind of place, do this?
    pub fn permits(&self, role: &str, action: &'static str, kind: &str, second_factor: bool) -> bool {
        let question = (role.to_owned(), action, kind.to_owned(), second_factor);
        if let Some(answer) = self.known.read().expect("no panic while held").get(&question) {
            return *answer;
        }
        let answer = self.ask(&question).unwrap_or(false);
        self.known.write().expect("no panic while held").insert(question, answer);
        answer
    }

    fn ask(&self, (role, action, kind, second_factor): &Question) -> Option<bool> {
        let uid = |kind: &str, id: &str| -> Option<EntityUid> {
            Some(EntityUid::from_type_name_and_id(kind.parse().ok()?, cedar_policy::EntityId::new(id)))
        };
        let factor = ("second_factor".to_owned(), RestrictedExpression::new_bool(*second_factor));
        let context = Context::from_pairs([factor]).ok()?;
        let request =
            Request::new(uid("Role", role)?, uid("Action", action)?, uid("Place", kind)?, context, None)
                .ok()?;
        let answer = Authorizer::new().is_authorized(&request, &self.set, &Entities::empty());
        Some(answer.decision() == Decision::Allow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = r#"
        permit (principal == Role::"head", action in [Action::"household.list"], resource == Place::"village");
        permit (principal == Role::"officer", action, resource == Place::"commune");
        permit (principal == Role::"anyone", action == Action::"home.show", resource);
        forbid (principal, action == Action::"export.make", resource) unless { context.second_factor };
    "#;

    fn actor(role: &str, kind: &str, place: Uuid, commune: Uuid) -> Actor {
        Actor {
            account_id: Uuid::nil(),
            commune_id: commune,
            name: String::new(),
            grants: vec![Grant { role: role.into(), place: Place::new(kind, place) }],
            second_factor: false,
            via: Via::Session(Uuid::nil()),
        }
    }

    #[test]
    fn nothing_is_allowed_that_no_policy_permits() {
        let policies = Policies::parse(&[("t", POLICY)]).unwrap();
        let (commune, village) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let head = actor("head", "village", village, commune);
        let scope = policies.decide(Some(&head), commune, "household.list");
        assert!(!scope.whole() && scope.covers("village", village));
        assert!(scope.require("village", Uuid::from_u128(3)).is_err());
        assert!(policies.decide(Some(&head), commune, "household.update").is_empty());
        assert!(policies.decide(Some(&head), Uuid::from_u128(9), "household.list").is_empty());
        assert!(policies.decide(None, commune, "household.list").is_empty());
        assert!(policies.decide(None, commune, "home.show").whole());
    }

    #[test]
    fn a_second_factor_and_a_token_narrow_what_is_open() {
        let policies = Policies::parse(&[("t", POLICY)]).unwrap();
        let commune = Uuid::from_u128(1);
        let mut officer = actor("officer", "commune", commune, commune);
        assert!(policies.decide(Some(&officer), commune, "export.make").is_empty());
        assert!(policies.wants_second_factor(&officer, "export.make"));
        officer.second_factor = true;
        assert!(policies.decide(Some(&officer), commune, "export.make").whole());
        officer.via = Via::Token { id: Uuid::nil(), scopes: vec!["household".into()] };
        assert!(policies.decide(Some(&officer), commune, "household.list").whole());
        assert!(policies.decide(Some(&officer), commune, "export.make").is_empty());
        officer.via = Via::Link { id: Uuid::nil(), actions: &["household.list"] };
        assert!(policies.decide(Some(&officer), commune, "household.list").whole());
        assert!(policies.decide(Some(&officer), commune, "household.update").is_empty());
    }
}

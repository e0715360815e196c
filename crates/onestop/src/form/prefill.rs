//! What the registry knows already, so that nobody types it again.

use super::model::{Answers, Form};
use platform::access::{Place, Scope};
use platform::{Ctx, Result, Uuid};
use registry::marriage::{self, Marriage};
use registry::person::{Person, Sex};
use serde_json::Value;

/// A person of the registry, as forms ask for it.
#[derive(Debug, Clone)]
pub struct Known {
    pub person: Person,
    pub address: String,
    pub head: String,
    pub poverty: &'static str,
    pub commune: String,
    /// The marriage that stands. That none is recorded says nothing.
    pub marriage: Option<Marriage>,
}

/// What the registry knows of a person; `None` when there is nobody of that id. Who may ask is the caller's matter: the
/// person, or an officer who works on the person's dossier.
pub async fn known_of(ctx: &Ctx, person: Uuid) -> Result<Option<Known>> {
    let whole = Scope::new(vec![Place::new("commune", ctx.commune)]);
    let ctx = &Ctx { scope: whole, ..ctx.clone() };
    let Some(person) = registry::person::get_many(ctx, &[person]).await?.pop() else { return Ok(None) };
    let home = registry::household::get_many(ctx, &[person.place.household_id]).await?.pop();
    let above = units::ancestors(ctx, person.place.village_id, ctx.today()).await?;
    let village = units::find(ctx, person.place.village_id).await?.name;
    let commune = above.first().map(|unit| unit.name.clone()).unwrap_or_default();
    let near = home.as_ref().map(|home| home.household.facts.address.clone()).unwrap_or_default();
    let named = vntext::fold(&near).contains(&vntext::fold(&village));
    let near = if named { near } else { join(&near, &village) };
    let told = vntext::fold(&near).contains(&vntext::fold(&commune));
    Ok(Some(Known {
        address: if told { near } else { join(&near, &commune) },
        head: home.as_ref().and_then(|home| home.head_name.clone()).unwrap_or_default(),
        poverty: home.map_or("none", |home| home.household.facts.poverty.code()),
        commune,
        marriage: marriage::standing(ctx, &ctx.app.db, person.id).await?,
        person,
    }))
}

fn join(one: &str, other: &str) -> String {
    [one, other].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
}

impl Known {
    /// The value behind a name of the layout's `prefill`.
    fn value(&self, ctx: &Ctx, name: &str) -> Option<Value> {
        let facts = &self.person.facts;
        let text = match name {
            "applicant.name" => facts.full_name.clone(),
            "applicant.birth" => facts.birth_date.to_string(),
            "applicant.sex" => match facts.sex {
                Sex::Male => "nam".to_owned(),
                Sex::Female => "nu".to_owned(),
            },
            "applicant.number" => facts.personal_no.clone()?,
            "applicant.phone" => vnid::Phone::parse(facts.phone.as_deref()?).ok()?.shown().replace(' ', ""),
            "applicant.ethnic" => facts.ethnic.clone(),
            "applicant.nationality" => "Việt Nam".to_owned(),
            "applicant.address" | "applicant.residence" | "household.address" => self.address.clone(),
            "household.head" => self.head.clone(),
            "household.poverty" => self.poverty.to_owned(),
            "commune.name" => self.commune.clone(),
            "applicant.marriage" => self.marriage.as_ref().map(|_| "da-ket-hon".to_owned())?,
            "applicant.spouse" => self.spouse(ctx)?,
            "today" => ctx.today().to_string(),
            _ => return None,
        };
        Some(text).filter(|text| !text.is_empty()).map(Value::from)
    }

    /// Who the spouse is, by which certificate.
    fn spouse(&self, ctx: &Ctx) -> Option<String> {
        let t = ctx.t();
        let one = self.marriage.as_ref()?;
        let (_, name) = one.spouse_of(self.person.id);
        let day = t.date(one.on_date);
        let args = [("name", name.into()), ("number", one.act_number.as_str().into()), ("day", day.into())];
        Some(t.a(if one.act_number.is_empty() { "onestop-spouse" } else { "onestop-spouse-by" }, &args))
    }

    /// Gives the telephone where none is known.
    pub fn fill_phone(&self, ctx: &Ctx, form: &Form, answers: &mut Answers) {
        for field in form.fields().filter(|field| field.prefill.as_deref() == Some("applicant.phone")) {
            if let (false, Some(value)) =
                (answers.contains_key(&field.key), self.value(ctx, "applicant.phone"))
            {
                answers.insert(field.key.clone(), value);
            }
        }
    }

    /// Fills what is empty; what somebody typed stays.
    pub fn fill(&self, ctx: &Ctx, form: &Form, answers: &mut Answers) {
        for field in form.fields() {
            let Some(name) = field.prefill.as_deref() else { continue };
            let offered = self.value(ctx, name).filter(|value| allows(form, &field.key, value));
            if let (false, Some(value)) = (answers.contains_key(&field.key), offered) {
                answers.insert(field.key.clone(), value);
            }
        }
    }
}

/// A field of a closed list takes only what is on the list.
fn allows(form: &Form, key: &str, value: &Value) -> bool {
    let closed = form.property(key).and_then(|property| property.get("enum")).and_then(Value::as_array);
    closed.is_none_or(|all| all.contains(value))
}

//! Rules over several fields.

use crate::{Alert, Fault, Place, Reason, Scope, resource::is_mime};

pub(crate) fn alert(alert: &Alert) -> Result<(), Fault> {
    let place = Place::default().child("alert", 1);
    // "Required when <scope> is Private" (section 3.2.1).
    if alert.scope == Scope::Private && alert.addresses.is_empty() {
        return Err(place.child("addresses", 1).wrong(Reason::Missing));
    }
    for (index, info) in alert.infos.iter().enumerate() {
        let place = place.child("info", index + 1);
        if info.categories.is_empty() {
            return Err(place.child("category", 1).wrong(Reason::Missing));
        }
        for (index, resource) in info.resources.iter().enumerate() {
            let place = place.child("resource", index + 1);
            if !is_mime(resource.mime.as_str()) {
                return Err(place.child("mimeType", 1).wrong(Reason::Mime));
            }
            if resource.inside.as_ref().is_some_and(Vec::is_empty) {
                return Err(place.child("derefUri", 1).wrong(Reason::Missing));
            }
        }
    }
    Ok(())
}

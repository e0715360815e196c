//! What was true on a day, as a derived table for figures and reports of the areas above. Put it after FROM with an
//! alias; `$1` is the commune, `$2` the day.

/// Villages of the day. Columns: id, unit_id (the same), name, and as yes or no: fibre_cable, mobile_broadband,
/// smart_village_pilot.
pub const VILLAGE_ON: &str = "(SELECT v.id AS id, v.id AS unit_id, v.name AS name, \
    MAX(CASE WHEN f.key = 'fibre_cable' AND f.value_number = 1 THEN 1 ELSE 0 END) = 1 AS fibre_cable, \
    MAX(CASE WHEN f.key = 'mobile_broadband' AND f.value_number = 1 THEN 1 ELSE 0 END) = 1 AS mobile_broadband, \
    MAX(CASE WHEN f.key = 'smart_village_pilot' AND f.value_number = 1 THEN 1 ELSE 0 END) = 1 AS smart_village_pilot \
    FROM unit_version v LEFT JOIN unit_fact f ON f.commune_id = v.commune_id AND f.unit_id = v.id \
    AND f.valid_from <= $2 AND f.valid_to >= $2 \
    WHERE v.commune_id = $1 AND v.kind = 'village' AND v.valid_from <= $2 AND v.valid_to >= $2 GROUP BY v.id, v.name)";

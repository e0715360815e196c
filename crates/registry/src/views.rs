//! What was true on a day, as derived tables for figures and reports. Put one after FROM with an alias; `$1` is the
//! commune, `$2` the day:
//!
//! ```text
//! sql(format!("SELECT p.unit_id, COUNT(*) FROM {} p GROUP BY p.unit_id /* all rows */", views::PERSON_ON))
//!     .bind(ctx.commune).bind(day)
//! ```
//!
//! `unit_id` is the village, `id` the row to which a figure opens. Ends of validity are inclusive. Whoever dies, leaves
//! or ends on a day is no longer counted on that day.

/// People who are counted on the day. Columns: id, unit_id, household_id, relation, residence
/// (permanent|temporary|absent), sex (male|female), birth_date, birth_precision, ethnic, religion, smartphone,
/// payment_account, has_phone, has_number, insurance_until, education, occupation, disability, meritorious.
pub const PERSON_ON: &str = "(SELECT m.id AS id, m.village_id AS unit_id, m.household_id AS household_id, \
    m.relation AS relation, m.residence AS residence, v.sex AS sex, v.birth_date AS birth_date, \
    v.birth_precision AS birth_precision, v.ethnic AS ethnic, v.religion AS religion, v.smartphone AS smartphone, \
    v.payment_account AS payment_account, (v.phone IS NOT NULL) AS has_phone, \
    (v.personal_no IS NOT NULL) AS has_number, v.insurance_until AS insurance_until, v.education AS education, \
    v.occupation AS occupation, v.disability AS disability, v.meritorious AS meritorious \
    FROM membership_version m JOIN person_version v ON v.commune_id = m.commune_id AND v.id = m.id \
    AND v.valid_from <= $2 AND v.valid_to >= $2 \
    WHERE m.commune_id = $1 AND m.valid_from <= $2 AND m.valid_to >= $2)";

/// The same columns for people who are present now, from the current table: quicker than [`PERSON_ON`] of today, and
/// equal to it. It has no `$2`.
pub const PERSON_NOW: &str = "(SELECT p.id AS id, p.village_id AS unit_id, p.household_id AS household_id, \
    p.relation AS relation, p.residence AS residence, p.sex AS sex, p.birth_date AS birth_date, \
    p.birth_precision AS birth_precision, p.ethnic AS ethnic, p.religion AS religion, p.smartphone AS smartphone, \
    p.payment_account AS payment_account, (p.phone IS NOT NULL) AS has_phone, \
    (p.personal_no IS NOT NULL) AS has_number, p.insurance_until AS insurance_until, p.education AS education, \
    p.occupation AS occupation, p.disability AS disability, p.meritorious AS meritorious \
    FROM person p WHERE p.commune_id = $1 AND p.state = 'present')";

/// Households that exist on the day. Columns: id, unit_id, head_person_id, poverty (none|near_poor|poor), residence
/// (permanent|temporary), fibre, water, electric, book_no.
pub const HOUSEHOLD_ON: &str = "(SELECT v.id AS id, v.village_id AS unit_id, v.head_person_id AS head_person_id, \
    v.poverty AS poverty, v.residence AS residence, v.fibre AS fibre, v.water AS water, v.electric AS electric, \
    v.book_no AS book_no FROM household_version v \
    WHERE v.commune_id = $1 AND v.valid_from <= $2 AND v.valid_to >= $2)";

/// Organisations that exist on the day. Columns: id, unit_id (may be NULL: of the whole commune), kind
/// (cooperative|household_business|enterprise|school|party_office|state_office|association|other), name, trade,
/// has_tax_no, founded_on.
pub const ORGANISATION_ON: &str = "(SELECT v.id AS id, v.village_id AS unit_id, v.kind AS kind, v.name AS name, \
    v.trade AS trade, (v.tax_no IS NOT NULL) AS has_tax_no, v.founded_on AS founded_on FROM organisation_version v \
    WHERE v.commune_id = $1 AND v.valid_from <= $2 AND v.valid_to >= $2)";

/// Assets in use on the day. Columns: id, unit_id (may be NULL), organisation_id, kind (computer|local_network|
/// internet_line|meeting_room|culture_house|road|camera|loudspeaker|relay_station|other), name, quantity, condition
/// (good|fair|poor|broken), connected, in_use_since.
pub const ASSET_ON: &str = "(SELECT v.id AS id, v.village_id AS unit_id, v.organisation_id AS organisation_id, \
    v.kind AS kind, v.name AS name, v.quantity AS quantity, v.condition AS condition, v.connected AS connected, \
    v.in_use_since AS in_use_since FROM asset_version v \
    WHERE v.commune_id = $1 AND v.valid_from <= $2 AND v.valid_to >= $2)";

/// Boards and teams that exist on the day. Columns: id, unit_id (NULL: of the whole commune), kind (steering_board|
/// market_board|mobilisation_team|digital_team|other), name, founded_on, decision_no.
pub const TEAM_ON: &str = "(SELECT t.id AS id, t.village_id AS unit_id, t.kind AS kind, t.name AS name, \
    t.founded_on AS founded_on, t.decision_no AS decision_no FROM team t \
    WHERE t.commune_id = $1 AND t.founded_on <= $2 AND (t.ended_on IS NULL OR t.ended_on > $2))";

/// Crops and herds on the day. Columns: id (the household), unit_id, kind (rice, maize, …: m2; buffalo, pigs, …: heads), quantity.
pub const HOLDING_ON: &str = "(SELECT o.household_id AS id, v.village_id AS unit_id, o.kind AS kind, \
    o.quantity AS quantity FROM household_holding o JOIN household_version v ON v.commune_id = o.commune_id \
    AND v.id = o.household_id AND v.valid_from <= $2 AND v.valid_to >= $2 \
    WHERE o.commune_id = $1 AND o.valid_from <= $2 AND o.valid_to >= $2)";

/// Skills of people who are counted on the day. Columns: id (the person), unit_id, skill.
pub const SKILL_ON: &str = "(SELECT s.person_id AS id, m.village_id AS unit_id, s.skill AS skill \
    FROM person_skill s JOIN membership_version m ON m.commune_id = s.commune_id AND m.id = s.person_id \
    AND m.valid_from <= $2 AND m.valid_to >= $2 \
    WHERE s.commune_id = $1 AND (s.since IS NULL OR s.since <= $2))";

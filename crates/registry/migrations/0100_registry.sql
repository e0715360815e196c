-- Households as they are now. What they were stands in household_version. `sort_key` is the village's order, then the
-- head's name; `size` counts the people who are present. `state` is active or ended.
CREATE TABLE household (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  village_id UUID NOT NULL,
  address TEXT NOT NULL,
  book_no TEXT NOT NULL,
  head_person_id UUID,
  poverty TEXT NOT NULL,
  residence TEXT NOT NULL,
  fibre BOOLEAN NOT NULL,
  water BOOLEAN,
  electric BOOLEAN,
  size BIGINT NOT NULL,
  state TEXT NOT NULL,
  ended_on DATE,
  end_reason TEXT NOT NULL,
  sort_key TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX household_order ON household (commune_id, state, sort_key, id);
CREATE INDEX household_village ON household (commune_id, village_id, state, sort_key, id);
CREATE INDEX household_poverty ON household (commune_id, poverty, state, sort_key, id);
CREATE INDEX household_book ON household (commune_id, book_no);
CREATE INDEX household_head ON household (commune_id, head_person_id);
CREATE UNIQUE INDEX household_code ON household (commune_id, code);

-- One row for each stretch of days in which a household was the same; both ends are inclusive.
CREATE TABLE household_version (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL,
  village_id UUID NOT NULL,
  address TEXT NOT NULL,
  book_no TEXT NOT NULL,
  head_person_id UUID,
  poverty TEXT NOT NULL,
  residence TEXT NOT NULL,
  fibre BOOLEAN NOT NULL,
  water BOOLEAN,
  electric BOOLEAN,
  source TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id, valid_from),
  FOREIGN KEY (commune_id, id) REFERENCES household (commune_id, id)
);

-- Crops (m2) and herds (heads) of a household, by kind, from a day to a day.
CREATE TABLE household_holding (
  commune_id UUID NOT NULL,
  household_id UUID NOT NULL,
  kind TEXT NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL,
  quantity BIGINT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (commune_id, household_id, kind, valid_from),
  FOREIGN KEY (commune_id, household_id) REFERENCES household (commune_id, id)
);
CREATE INDEX household_holding_kind ON household_holding (commune_id, kind, valid_from);

-- People as they are now, with the household in which they are counted. `state` is present, died, left, merged
-- (a duplicate, see merged_into) or erased. Places and relation over time stand in membership_version.
CREATE TABLE person (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  full_name TEXT NOT NULL,
  sex TEXT NOT NULL,
  birth_date DATE NOT NULL,
  birth_precision TEXT NOT NULL,
  personal_no TEXT,
  previous_no TEXT,
  tax_no TEXT,
  ethnic TEXT NOT NULL,
  religion TEXT,
  phone TEXT,
  smartphone BOOLEAN NOT NULL,
  insurance_no TEXT,
  insurance_until DATE,
  payment_account BOOLEAN NOT NULL,
  education TEXT NOT NULL,
  occupation TEXT NOT NULL,
  disability TEXT,
  meritorious TEXT,
  household_id UUID NOT NULL,
  village_id UUID NOT NULL,
  relation TEXT NOT NULL,
  residence TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  sort_key TEXT COLLATE "C" NOT NULL,
  state TEXT NOT NULL,
  died_on DATE,
  left_on DATE,
  merged_into UUID,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX person_code ON person (commune_id, code);
-- A number belongs to one present person; people who left or died keep theirs.
CREATE UNIQUE INDEX person_number_present ON person (commune_id, personal_no)
  WHERE state = 'present' AND personal_no IS NOT NULL;
CREATE INDEX person_number ON person (commune_id, personal_no);
CREATE INDEX person_previous_number ON person (commune_id, previous_no);
CREATE INDEX person_order ON person (commune_id, state, sort_key, id);
CREATE INDEX person_village ON person (commune_id, village_id, state, sort_key, id);
CREATE INDEX person_ethnic ON person (commune_id, ethnic, state, sort_key, id);
CREATE INDEX person_household ON person (commune_id, household_id, state);
CREATE INDEX person_birth ON person (commune_id, state, birth_date, id);
CREATE INDEX person_insurance ON person (commune_id, state, insurance_until, id);
CREATE INDEX person_namesake ON person (commune_id, name_folded, birth_date);

CREATE TABLE person_version (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL,
  full_name TEXT NOT NULL,
  sex TEXT NOT NULL,
  birth_date DATE NOT NULL,
  birth_precision TEXT NOT NULL,
  personal_no TEXT,
  previous_no TEXT,
  tax_no TEXT,
  ethnic TEXT NOT NULL,
  religion TEXT,
  phone TEXT,
  smartphone BOOLEAN NOT NULL,
  insurance_no TEXT,
  insurance_until DATE,
  payment_account BOOLEAN NOT NULL,
  education TEXT NOT NULL,
  occupation TEXT NOT NULL,
  disability TEXT,
  meritorious TEXT,
  source TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id, valid_from),
  FOREIGN KEY (commune_id, id) REFERENCES person (commune_id, id)
);

-- Where a person was counted, and as what. `id` is the person's: everybody is counted in one household at a time.
CREATE TABLE membership_version (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL,
  household_id UUID NOT NULL,
  village_id UUID NOT NULL,
  relation TEXT NOT NULL,
  residence TEXT NOT NULL,
  source TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id, valid_from),
  FOREIGN KEY (commune_id, id) REFERENCES person (commune_id, id)
);
CREATE INDEX membership_version_household ON membership_version (commune_id, household_id, valid_from);

-- What a person can do, by the code list, with the paper that shows it.
CREATE TABLE person_skill (
  commune_id UUID NOT NULL,
  person_id UUID NOT NULL,
  skill TEXT NOT NULL,
  since DATE,
  evidence TEXT NOT NULL,
  PRIMARY KEY (commune_id, person_id, skill)
);
CREATE INDEX person_skill_kind ON person_skill (commune_id, skill, person_id);

-- What happened to people and households, on its own day: birth, death, move_in, move_out, move, split, merge, head.
CREATE TABLE life_event (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  kind TEXT NOT NULL,
  on_date DATE NOT NULL,
  village_id UUID NOT NULL,
  person_id UUID,
  household_id UUID,
  other_household_id UUID,
  note TEXT NOT NULL,
  source TEXT NOT NULL,
  account_id UUID,
  recorded_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX life_event_day ON life_event (commune_id, kind, on_date, id);
CREATE INDEX life_event_person ON life_event (commune_id, person_id, on_date);
CREATE INDEX life_event_household ON life_event (commune_id, household_id, on_date);

-- The identity code of every managed object. A code is never given twice, also not after its object has gone.
CREATE TABLE identity_code (
  commune_id UUID NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  object_id UUID NOT NULL,
  issued_at TIMESTAMPTZ NOT NULL,
  retired_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, code)
);
CREATE INDEX identity_code_object ON identity_code (commune_id, object_id);

-- The units as they are now. What they were stands in unit_version. `valid_to` is the last day, inclusive.
CREATE TABLE unit (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  sort_key TEXT COLLATE "C" NOT NULL,
  slug TEXT NOT NULL,
  parent_id UUID,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL,
  note TEXT NOT NULL,
  boundary TEXT,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX unit_slug ON unit (commune_id, slug);
CREATE INDEX unit_order ON unit (commune_id, kind, sort_key, id);

-- One row for each stretch of days in which the unit's name, code, kind and parent stayed the same.
CREATE TABLE unit_version (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  parent_id UUID,
  source TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id, valid_from),
  FOREIGN KEY (commune_id, id) REFERENCES unit (commune_id, id)
);

-- From which units a unit was made, and on which day: mergers, splits, renamings with a new code.
CREATE TABLE unit_succession (
  commune_id UUID NOT NULL,
  from_id UUID NOT NULL,
  to_id UUID NOT NULL,
  on_date DATE NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (commune_id, from_id, to_id),
  FOREIGN KEY (commune_id, from_id) REFERENCES unit (commune_id, id),
  FOREIGN KEY (commune_id, to_id) REFERENCES unit (commune_id, id)
);
CREATE INDEX unit_succession_to ON unit_succession (commune_id, to_id);

-- What is true of a unit from a day to a day: area in km2, fibre or not, the year of recognition.
CREATE TABLE unit_fact (
  commune_id UUID NOT NULL,
  unit_id UUID NOT NULL,
  key TEXT NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL,
  value_number DOUBLE PRECISION,
  value_text TEXT,
  source TEXT NOT NULL,
  PRIMARY KEY (commune_id, unit_id, key, valid_from),
  FOREIGN KEY (commune_id, unit_id) REFERENCES unit (commune_id, id)
);
CREATE INDEX unit_fact_key ON unit_fact (commune_id, key, valid_from);

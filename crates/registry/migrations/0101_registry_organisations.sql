-- Cooperatives, household businesses, enterprises, schools, Party and State offices, associations.
CREATE TABLE organisation (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  village_id UUID,
  address TEXT NOT NULL,
  trade TEXT NOT NULL,
  tax_no TEXT,
  phone TEXT,
  representative TEXT NOT NULL,
  representative_id UUID,
  licence_no TEXT NOT NULL,
  founded_on DATE,
  state TEXT NOT NULL,
  ended_on DATE,
  end_reason TEXT NOT NULL,
  sort_key TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX organisation_code ON organisation (commune_id, code);
CREATE INDEX organisation_order ON organisation (commune_id, state, sort_key, id);
CREATE INDEX organisation_kind ON organisation (commune_id, kind, state, sort_key, id);
CREATE INDEX organisation_village ON organisation (commune_id, village_id, state, sort_key, id);
CREATE INDEX organisation_tax ON organisation (commune_id, tax_no);

CREATE TABLE organisation_version (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  village_id UUID,
  address TEXT NOT NULL,
  trade TEXT NOT NULL,
  tax_no TEXT,
  phone TEXT,
  representative TEXT NOT NULL,
  representative_id UUID,
  licence_no TEXT NOT NULL,
  founded_on DATE,
  source TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id, valid_from),
  FOREIGN KEY (commune_id, id) REFERENCES organisation (commune_id, id)
);

-- Computers, network lines, meeting rooms, culture houses, roads, cameras, loudspeakers, relay stations. `connected`
-- means: on broadband (computer, meeting room) or joined to the commune's centre (camera, loudspeaker).
CREATE TABLE asset (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  village_id UUID,
  organisation_id UUID,
  place TEXT NOT NULL,
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  quantity BIGINT NOT NULL,
  condition TEXT NOT NULL,
  connected BOOLEAN NOT NULL,
  in_use_since DATE,
  serial_no TEXT NOT NULL,
  state TEXT NOT NULL,
  ended_on DATE,
  end_reason TEXT NOT NULL,
  sort_key TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX asset_code ON asset (commune_id, code);
CREATE INDEX asset_order ON asset (commune_id, state, sort_key, id);
CREATE INDEX asset_kind ON asset (commune_id, kind, state, sort_key, id);
CREATE INDEX asset_village ON asset (commune_id, village_id, state, sort_key, id);
CREATE INDEX asset_organisation ON asset (commune_id, organisation_id, state, sort_key, id);

CREATE TABLE asset_version (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  village_id UUID,
  organisation_id UUID,
  place TEXT NOT NULL,
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  quantity BIGINT NOT NULL,
  condition TEXT NOT NULL,
  connected BOOLEAN NOT NULL,
  in_use_since DATE,
  serial_no TEXT NOT NULL,
  source TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id, valid_from),
  FOREIGN KEY (commune_id, id) REFERENCES asset (commune_id, id)
);

-- Boards and teams, from their founding decision to their end. Members come and go on days of their own.
CREATE TABLE team (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  village_id UUID,
  decision_no TEXT NOT NULL,
  founded_on DATE NOT NULL,
  ended_on DATE,
  sort_key TEXT COLLATE "C" NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX team_code ON team (commune_id, code);
CREATE INDEX team_order ON team (commune_id, sort_key, id);
CREATE INDEX team_kind ON team (commune_id, kind, sort_key, id);
CREATE INDEX team_village ON team (commune_id, village_id, sort_key, id);

-- `person_id` is empty for somebody from outside the commune; then `name` says who. `since` is the first day,
-- `until` the last.
CREATE TABLE team_member (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  team_id UUID NOT NULL,
  person_id UUID,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  duty TEXT NOT NULL,
  position BIGINT NOT NULL,
  since DATE NOT NULL,
  until DATE,
  PRIMARY KEY (commune_id, id),
  FOREIGN KEY (commune_id, team_id) REFERENCES team (commune_id, id)
);
CREATE INDEX team_member_team ON team_member (commune_id, team_id, position);
CREATE INDEX team_member_person ON team_member (commune_id, person_id);

-- Lines of a team's work plan: what, by whom, until when, and when it was done.
CREATE TABLE team_plan_line (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  team_id UUID NOT NULL,
  position BIGINT NOT NULL,
  task TEXT NOT NULL,
  who TEXT NOT NULL,
  due_on DATE,
  done_on DATE,
  PRIMARY KEY (commune_id, id),
  FOREIGN KEY (commune_id, team_id) REFERENCES team (commune_id, id)
);
CREATE INDEX team_plan_line_team ON team_plan_line (commune_id, team_id, position);

-- What visitors look for: sights, festivals, crafts, stays, food, services, specialities. `content` is what was written, `html` its text as
-- the page shows it. `months`: bit n is set when month n + 1 is a good one; 0 when nothing is said. `facilities`: `,wifi,meals,`.
CREATE TABLE tourism_place (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  kind TEXT NOT NULL,
  slug TEXT NOT NULL,
  state TEXT NOT NULL,
  name TEXT NOT NULL,
  content JSONB NOT NULL,
  html TEXT NOT NULL,
  html_en TEXT NOT NULL,
  village_id UUID,
  months BIGINT NOT NULL,
  facilities TEXT NOT NULL,
  organisation_id UUID,
  cover_id UUID,
  drafted_by UUID,
  approved_by UUID,
  published_at TIMESTAMPTZ,
  reason TEXT NOT NULL,
  preview_key TEXT NOT NULL,
  views BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX tourism_place_slug ON tourism_place (commune_id, slug);
CREATE INDEX tourism_place_state ON tourism_place (commune_id, state, id);
CREATE INDEX tourism_place_kind ON tourism_place (commune_id, kind, state, id);
CREATE INDEX tourism_place_village ON tourism_place (commune_id, village_id, state, id);

-- Every address that a place has had.
CREATE TABLE tourism_address (
  commune_id UUID NOT NULL,
  slug TEXT NOT NULL,
  place_id UUID NOT NULL,
  PRIMARY KEY (commune_id, slug)
);

CREATE TABLE tourism_version (
  commune_id UUID NOT NULL,
  place_id UUID NOT NULL,
  serial BIGINT NOT NULL,
  content JSONB NOT NULL,
  account_id UUID,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, place_id, serial)
);

-- What happened to a place; rows are only added.
CREATE TABLE tourism_event (
  commune_id UUID NOT NULL,
  place_id UUID NOT NULL,
  id UUID NOT NULL,
  happened TEXT NOT NULL,
  account_id UUID,
  note TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, place_id, id)
);

-- From which day until which everybody saw it (`to_on` is the first day on which it was gone): for figures of any past day.
CREATE TABLE tourism_span (
  commune_id UUID NOT NULL,
  place_id UUID NOT NULL,
  id UUID NOT NULL,
  kind TEXT NOT NULL,
  village_id UUID,
  from_on DATE NOT NULL,
  to_on DATE,
  PRIMARY KEY (commune_id, place_id, id)
);
CREATE INDEX tourism_span_from ON tourism_span (commune_id, from_on, place_id);

-- Pictures in their order, with their smaller copies.
CREATE TABLE tourism_picture (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  place_id UUID NOT NULL,
  position BIGINT NOT NULL,
  name TEXT NOT NULL,
  alt TEXT NOT NULL,
  alt_en TEXT NOT NULL,
  credit TEXT NOT NULL,
  file_id UUID NOT NULL,
  middle_id UUID,
  small_id UUID,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX tourism_picture_place ON tourism_picture (commune_id, place_id, position);

-- Whom a visitor calls. Data of a private person stand here only while the person agrees: when the consent is taken back, the row goes and
-- tourism_consent says from when until when there was one. Versions of a place never hold it.
CREATE TABLE tourism_contact (
  commune_id UUID NOT NULL,
  place_id UUID NOT NULL,
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  zalo TEXT NOT NULL,
  email TEXT NOT NULL,
  web TEXT NOT NULL,
  private BOOLEAN NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, place_id)
);

CREATE TABLE tourism_consent (
  commune_id UUID NOT NULL,
  place_id UUID NOT NULL,
  id UUID NOT NULL,
  given_on DATE NOT NULL,
  how TEXT NOT NULL,
  withdrawn_on DATE,
  account_id UUID,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, place_id, id)
);

-- A year in which a festival is not held.
CREATE TABLE tourism_skip (
  commune_id UUID NOT NULL,
  place_id UUID NOT NULL,
  year BIGINT NOT NULL,
  reason TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, place_id, year)
);

-- How often a place was opened on a day. Nothing says by whom.
CREATE TABLE tourism_view (
  commune_id UUID NOT NULL,
  place_id UUID NOT NULL,
  day DATE NOT NULL,
  views BIGINT NOT NULL,
  PRIMARY KEY (commune_id, place_id, day)
);

-- The page "Trước khi đến", once the commune has written its own.
CREATE TABLE tourism_before (
  commune_id UUID NOT NULL,
  body TEXT NOT NULL,
  body_en TEXT NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id)
);

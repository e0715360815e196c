-- Programmes of the commune's radio. `form`: a recording, words read by the voice, or another station's stream at `address`. `ready`: whether
-- it can be heard; `why` is the key of what hinders it. `length` in milliseconds, `gain` and `loudness` in hundredths of a decibel; `wave` is the
-- picture of the recording: its loudest sample in each of up to 400 parts, 0 to 100.
CREATE TABLE broadcast_programme (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  origin TEXT NOT NULL,
  language TEXT NOT NULL,
  form TEXT NOT NULL,
  words TEXT NOT NULL,
  address TEXT NOT NULL,
  state TEXT NOT NULL,
  ready TEXT NOT NULL,
  why TEXT NOT NULL,
  file_id UUID,
  length BIGINT NOT NULL,
  gain BIGINT NOT NULL,
  loudness BIGINT,
  wave JSONB NOT NULL,
  reason TEXT NOT NULL,
  drafted_by UUID,
  approved_by UUID,
  approved_at TIMESTAMPTZ,
  aired_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX broadcast_programme_state ON broadcast_programme (commune_id, state, id);
CREATE INDEX broadcast_programme_aired ON broadcast_programme (commune_id, aired_at);

-- What happened to a programme on its way; rows are only added.
CREATE TABLE broadcast_event (
  commune_id UUID NOT NULL,
  programme_id UUID NOT NULL,
  id UUID NOT NULL,
  happened TEXT NOT NULL,
  account_id UUID,
  note TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, programme_id, id)
);

-- The plan: a programme at a time of the day, from a day to a day (none: until further notice), on weekdays (bit 0 is Monday).
-- `starts` and `length` in seconds; `villages` is `,id,id,`, empty for the whole commune.
CREATE TABLE broadcast_slot (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  programme_id UUID NOT NULL,
  from_on DATE NOT NULL,
  to_on DATE,
  weekdays BIGINT NOT NULL,
  starts BIGINT NOT NULL,
  length BIGINT NOT NULL,
  villages TEXT NOT NULL,
  priority BOOLEAN NOT NULL,
  account_id UUID,
  created_at TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX broadcast_slot_days ON broadcast_slot (commune_id, from_on, to_on);
CREATE INDEX broadcast_slot_programme ON broadcast_slot (commune_id, programme_id);

-- Days on which a line of the plan is not aired.
CREATE TABLE broadcast_skip (
  commune_id UUID NOT NULL,
  slot_id UUID NOT NULL,
  day DATE NOT NULL,
  reason TEXT NOT NULL,
  account_id UUID,
  PRIMARY KEY (commune_id, slot_id, day)
);

-- What was on air, and what was not though it should have been. `mount`: a village's id, or `xa`. `what`: aired, missing, gap, silent.
-- A row without `to_at` is on air now. Titles and kinds are kept as they were.
CREATE TABLE broadcast_air (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  mount TEXT NOT NULL,
  what TEXT NOT NULL,
  programme_id UUID,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  origin TEXT NOT NULL,
  from_at TIMESTAMPTZ NOT NULL,
  to_at TIMESTAMPTZ,
  why TEXT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX broadcast_air_time ON broadcast_air (commune_id, from_at);
CREATE INDEX broadcast_air_open ON broadcast_air (commune_id, mount, to_at);

-- Emergency notices on the loudspeakers: a siren, then the words, again and again. `spoken_at`: since when the words can be heard; `over_at`: taken
-- back. `length` in milliseconds, `gain` in hundredths of a decibel.
CREATE TABLE broadcast_alarm (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  notice_id UUID NOT NULL,
  title TEXT NOT NULL,
  words TEXT NOT NULL,
  siren BOOLEAN NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  spoken_at TIMESTAMPTZ,
  over_at TIMESTAMPTZ,
  file_id UUID,
  length BIGINT NOT NULL,
  gain BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX broadcast_alarm_time ON broadcast_alarm (commune_id, at);
CREATE INDEX broadcast_alarm_notice ON broadcast_alarm (commune_id, notice_id);

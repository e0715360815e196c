-- Loudspeaker clusters. `kind`: own (answers to us), vendor (only to a vendor's system), wired (no information technology). `horns`: loudspeakers of
-- the cluster, `watts` of each. `vendor_code`: its name in the vendor's system. `token_hash` and `token` (sealed): what the device signs in with.
-- `settings` counts what it shall be like, `settings_sent` what was handed to the broker. `heard` is the last status, as the device told it;
-- `silent_at`: since when its silence is told.
CREATE TABLE broadcast_speaker (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  unit_id UUID NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  place TEXT NOT NULL,
  lat DOUBLE PRECISION,
  lon DOUBLE PRECISION,
  horns BIGINT NOT NULL,
  watts BIGINT NOT NULL,
  model TEXT NOT NULL,
  vendor_code TEXT NOT NULL,
  since_on DATE NOT NULL,
  until_on DATE,
  token_hash TEXT NOT NULL,
  token TEXT NOT NULL,
  on_plan BOOLEAN NOT NULL,
  volume BIGINT NOT NULL,
  alarm_volume BIGINT NOT NULL,
  muted BOOLEAN NOT NULL,
  settings BIGINT NOT NULL,
  settings_sent BIGINT NOT NULL,
  heard_at TIMESTAMPTZ,
  heard JSONB NOT NULL,
  silent_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX broadcast_speaker_place ON broadcast_speaker (commune_id, unit_id, id);

-- On which days a cluster gave a sign of life.
CREATE TABLE broadcast_heard (
  commune_id UUID NOT NULL,
  speaker_id UUID NOT NULL,
  day DATE NOT NULL,
  first_at TIMESTAMPTZ NOT NULL,
  last_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, speaker_id, day)
);
CREATE INDEX broadcast_heard_day ON broadcast_heard (commune_id, day, speaker_id);

-- What happened to a cluster; rows are only added.
CREATE TABLE broadcast_speaker_event (
  commune_id UUID NOT NULL,
  speaker_id UUID NOT NULL,
  id UUID NOT NULL,
  happened TEXT NOT NULL,
  account_id UUID,
  note TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, speaker_id, id)
);

-- What a device was told to do. `what`: test_tone, report, plan, restart, alarm. `until_at`: of an alarm. `outcome`: done, late, unable;
-- empty while nothing came back.
CREATE TABLE broadcast_order (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  speaker_id UUID NOT NULL,
  what TEXT NOT NULL,
  alarm_id UUID,
  until_at TIMESTAMPTZ,
  account_id UUID,
  at TIMESTAMPTZ NOT NULL,
  sent_at TIMESTAMPTZ,
  acked_at TIMESTAMPTZ,
  outcome TEXT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX broadcast_order_speaker ON broadcast_order (commune_id, speaker_id, id);
CREATE INDEX broadcast_order_alarm ON broadcast_order (commune_id, alarm_id);
CREATE INDEX broadcast_order_open ON broadcast_order (commune_id, sent_at, at);

-- What a cluster made heard, as it told; `played` is its own name of the row. `source`: stream, stored or vendor; `entry` the line of the plan, where it is known.
CREATE TABLE broadcast_played (
  commune_id UUID NOT NULL,
  speaker_id UUID NOT NULL,
  played TEXT NOT NULL,
  source TEXT NOT NULL,
  entry TEXT NOT NULL,
  from_at TIMESTAMPTZ NOT NULL,
  to_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, speaker_id, played)
);
CREATE INDEX broadcast_played_time ON broadcast_played (commune_id, speaker_id, from_at);

-- The sound of an approved programme as devices keep it: MP3 at its loudness. `file_id` is the recording that it was made of.
CREATE TABLE broadcast_clip (
  commune_id UUID NOT NULL,
  programme_id UUID NOT NULL,
  file_id UUID NOT NULL,
  stored_id UUID NOT NULL,
  sha256 TEXT NOT NULL,
  size BIGINT NOT NULL,
  PRIMARY KEY (commune_id, programme_id)
);
CREATE INDEX broadcast_clip_sound ON broadcast_clip (commune_id, sha256);

-- An alarm in some villages only (`id,id,`; empty: everywhere), and one that takes back what was said.
ALTER TABLE broadcast_alarm ADD COLUMN villages TEXT NOT NULL DEFAULT '';
ALTER TABLE broadcast_alarm ADD COLUMN correction BOOLEAN NOT NULL DEFAULT FALSE;

-- Somebody speaks live from a page: in these villages (`id,id,`; empty: everywhere), on the air from `began_at` to `ended_at`.
CREATE TABLE broadcast_live (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  title TEXT NOT NULL,
  villages TEXT NOT NULL,
  account_id UUID NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  began_at TIMESTAMPTZ,
  ended_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX broadcast_live_open ON broadcast_live (commune_id, ended_at, began_at);

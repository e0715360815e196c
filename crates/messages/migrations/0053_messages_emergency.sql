-- How somebody wants to be told: a kind of message and a channel that they do not want. No row means yes.
CREATE TABLE message_choice (
  commune_id UUID NOT NULL,
  account_id UUID NOT NULL,
  kind TEXT NOT NULL,
  channel TEXT NOT NULL,
  PRIMARY KEY (commune_id, account_id, kind, channel)
);

-- When somebody does not want to be disturbed, in minutes of the day; both the same: never.
CREATE TABLE message_quiet (
  commune_id UUID NOT NULL,
  account_id UUID NOT NULL,
  begins BIGINT NOT NULL,
  ends BIGINT NOT NULL,
  PRIMARY KEY (commune_id, account_id)
);

-- What sort of message it is; empty for those before: a notice.
ALTER TABLE bulletin ADD COLUMN sort TEXT;

-- What goes to everybody at once, whatever they chose. `published_at` is empty until a second pair of eyes, or a leader, sends it out.
CREATE TABLE emergency (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  title_en TEXT NOT NULL,
  body_en TEXT NOT NULL,
  asked_by UUID,
  asked_at TIMESTAMPTZ NOT NULL,
  ends_at TIMESTAMPTZ NOT NULL,
  published_by UUID,
  published_at TIMESTAMPTZ,
  taken_by UUID,
  taken_at TIMESTAMPTZ,
  correction TEXT NOT NULL,
  correction_en TEXT NOT NULL,
  shown_until TIMESTAMPTZ NOT NULL,
  bulletin_id UUID,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX emergency_shown ON emergency (commune_id, shown_until, id);

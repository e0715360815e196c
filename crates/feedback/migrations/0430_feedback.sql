-- What residents report. `cell` is the square of some 50 metres in which the place lies (src/place.rs): duplicates are looked for in nine
-- of them. `open` is true until it was answered, handed to another body or refused. `closed` marks denunciations and complaints against
-- a decision: they are never public. `follow_hash` is the hash of the code by which its sender follows it without an account.
CREATE TABLE feedback_report (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  village_id UUID,
  lat DOUBLE PRECISION,
  lon DOUBLE PRECISION,
  cell BIGINT,
  place_words TEXT NOT NULL,
  outside BOOLEAN NOT NULL,
  account_id UUID,
  contact_name TEXT NOT NULL,
  contact_phone TEXT NOT NULL,
  follow_hash TEXT NOT NULL,
  state TEXT NOT NULL,
  open BOOLEAN NOT NULL,
  shown BOOLEAN NOT NULL,
  closed BOOLEAN NOT NULL,
  holder_id UUID,
  sent_at TIMESTAMPTZ NOT NULL,
  sent_on DATE NOT NULL,
  due_at TIMESTAMPTZ,
  due_on DATE,
  ended_at TIMESTAMPTZ,
  ended_on DATE,
  supporters BIGINT NOT NULL,
  reopened BIGINT NOT NULL,
  rating BIGINT,
  asked_at TIMESTAMPTZ,
  fixed BOOLEAN,
  escalated BOOLEAN NOT NULL,
  reminded_on DATE,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX feedback_report_code ON feedback_report (commune_id, code);
CREATE INDEX feedback_report_cell ON feedback_report (commune_id, cell, open, kind);
CREATE INDEX feedback_report_due ON feedback_report (commune_id, open, due_at, id);
CREATE INDEX feedback_report_holder ON feedback_report (commune_id, holder_id, open, due_at, id);
CREATE INDEX feedback_report_village ON feedback_report (commune_id, village_id, open, due_at, id);
CREATE INDEX feedback_report_shown ON feedback_report (commune_id, shown, id);
CREATE INDEX feedback_report_shown_village ON feedback_report (commune_id, shown, village_id, id);
CREATE INDEX feedback_report_shown_kind ON feedback_report (commune_id, shown, kind, id);
CREATE INDEX feedback_report_shown_open ON feedback_report (commune_id, shown, open, id);
CREATE INDEX feedback_report_shown_due ON feedback_report (commune_id, shown, open, due_at);
CREATE INDEX feedback_report_account ON feedback_report (commune_id, account_id, id);
CREATE INDEX feedback_report_state ON feedback_report (commune_id, state, sent_at, id);
CREATE INDEX feedback_report_ended ON feedback_report (commune_id, state, asked_at, ended_at, id);
CREATE INDEX feedback_report_closed ON feedback_report (commune_id, closed, id);
CREATE INDEX feedback_report_sent ON feedback_report (commune_id, sent_at, id);

-- What happened to a report; `public` is what everybody may read of it.
CREATE TABLE feedback_event (
  commune_id UUID NOT NULL,
  report_id UUID NOT NULL,
  id UUID NOT NULL,
  what TEXT NOT NULL,
  words TEXT NOT NULL,
  body_name TEXT NOT NULL,
  public BOOLEAN NOT NULL,
  by_id UUID,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, report_id, id)
);

-- Pictures and voice notes. `hidden`: an officer keeps it from the public, because of a face or a number plate.
-- `small_id`: the same picture a few hundred pixels wide, for lists on a weak signal.
CREATE TABLE feedback_file (
  commune_id UUID NOT NULL,
  report_id UUID NOT NULL,
  id UUID NOT NULL,
  event_id UUID NOT NULL,
  file_id UUID NOT NULL,
  small_id UUID,
  part TEXT NOT NULL,
  sound BOOLEAN NOT NULL,
  hidden BOOLEAN NOT NULL,
  PRIMARY KEY (commune_id, report_id, id)
);

-- Who else sees the same: an account, or a browser by a keyed hash.
CREATE TABLE feedback_support (
  commune_id UUID NOT NULL,
  report_id UUID NOT NULL,
  who TEXT NOT NULL,
  account_id UUID,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, report_id, who)
);

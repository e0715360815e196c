-- Meetings. `state`: draft, invited, open, closed, cancelled. `sequence` counts the changes that calendars must learn of. `code` is the
-- unguessable end of the address by which people check in; it is there only while the meeting is open. `item_id` is the part of the
-- agenda that is discussed now, `minutes_id` the outgoing document that was drafted from it.
CREATE TABLE meeting (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  title TEXT NOT NULL,
  about TEXT NOT NULL,
  starts_at TIMESTAMPTZ NOT NULL,
  ends_at TIMESTAMPTZ NOT NULL,
  place TEXT NOT NULL,
  video_url TEXT NOT NULL,
  chair_id UUID NOT NULL,
  writer_id UUID NOT NULL,
  called_by UUID NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  code TEXT,
  item_id UUID,
  opened_at TIMESTAMPTZ,
  closed_at TIMESTAMPTZ,
  minutes_id UUID,
  changed_at TIMESTAMPTZ NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX meeting_ends ON meeting (commune_id, ends_at, id);
CREATE UNIQUE INDEX meeting_code ON meeting (commune_id, code);
CREATE INDEX meeting_minutes ON meeting (commune_id, minutes_id);

-- Who is invited, what they answered, and how and when they came.
CREATE TABLE meeting_guest (
  commune_id UUID NOT NULL,
  meeting_id UUID NOT NULL,
  account_id UUID NOT NULL,
  answer TEXT NOT NULL,
  words TEXT NOT NULL,
  answered_at TIMESTAMPTZ,
  came TEXT,
  came_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, meeting_id, account_id)
);
CREATE INDEX meeting_guest_account ON meeting_guest (commune_id, account_id, meeting_id);

CREATE TABLE meeting_item (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  meeting_id UUID NOT NULL,
  position BIGINT NOT NULL,
  title TEXT NOT NULL,
  minutes BIGINT,
  speaker TEXT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX meeting_item_meeting ON meeting_item (commune_id, meeting_id, position, id);

CREATE TABLE meeting_paper (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  meeting_id UUID NOT NULL,
  file_id UUID NOT NULL,
  name TEXT NOT NULL,
  pages BIGINT,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX meeting_paper_meeting ON meeting_paper (commune_id, meeting_id, id);

-- What somebody noted for themselves; nobody else reads it.
CREATE TABLE meeting_note (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  paper_id UUID NOT NULL,
  account_id UUID NOT NULL,
  page BIGINT NOT NULL,
  words TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX meeting_note_paper ON meeting_note (commune_id, paper_id, account_id, page, id);

-- Who asked to speak, to which part of the agenda. `state`: waiting, speaking, done, withdrawn.
CREATE TABLE meeting_speech (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  meeting_id UUID NOT NULL,
  item_id UUID,
  account_id UUID NOT NULL,
  state TEXT NOT NULL,
  asked_at TIMESTAMPTZ NOT NULL,
  begun_at TIMESTAMPTZ,
  ended_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX meeting_speech_meeting ON meeting_speech (commune_id, meeting_id, id);

-- A question that is voted on. `state`: ready, open, closed. `present` and `voted` are counted when it closes.
CREATE TABLE meeting_vote (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  meeting_id UUID NOT NULL,
  question TEXT NOT NULL,
  secret BOOLEAN NOT NULL,
  state TEXT NOT NULL,
  opened_at TIMESTAMPTZ,
  closed_at TIMESTAMPTZ,
  present BIGINT NOT NULL,
  voted BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX meeting_vote_meeting ON meeting_vote (commune_id, meeting_id, id);

-- What can be chosen. `votes` of a secret vote is all that is kept of what was chosen: see src/meeting/ballot.rs. Of an open vote it is
-- counted when it closes.
CREATE TABLE meeting_option (
  commune_id UUID NOT NULL,
  vote_id UUID NOT NULL,
  position BIGINT NOT NULL,
  words TEXT NOT NULL,
  votes BIGINT NOT NULL,
  PRIMARY KEY (commune_id, vote_id, position)
);

-- That somebody voted. `position` is what they chose in an open vote; in a secret one it is always empty, and no time is kept in either.
CREATE TABLE meeting_voter (
  commune_id UUID NOT NULL,
  vote_id UUID NOT NULL,
  account_id UUID NOT NULL,
  position BIGINT,
  PRIMARY KEY (commune_id, vote_id, account_id)
);

-- What was concluded: who does it until when. `task_id` is there once it was handed out.
CREATE TABLE meeting_conclusion (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  meeting_id UUID NOT NULL,
  words TEXT NOT NULL,
  doer_id UUID,
  due_on DATE,
  task_id UUID,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX meeting_conclusion_meeting ON meeting_conclusion (commune_id, meeting_id, id);

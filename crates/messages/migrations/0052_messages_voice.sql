-- What people write to the commune's Facebook page and Zalo account, and what is answered from here. A talk is one person under one
-- comment, or one person's messages: `person` is the number that the firm gave them for this page alone, `thread` the first comment
-- ("" for messages). Once it is erased `person` holds the talk's own id.
CREATE TABLE voice_talk (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  channel TEXT NOT NULL,
  way TEXT NOT NULL,
  person TEXT NOT NULL,
  name TEXT NOT NULL,
  thread TEXT NOT NULL,
  begun_at TIMESTAMPTZ NOT NULL,
  last_at TIMESTAMPTZ NOT NULL,
  erased_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX voice_talk_of ON voice_talk (commune_id, channel, way, person, thread);
CREATE INDEX voice_talk_last ON voice_talk (commune_id, erased_at, last_at, id);

-- One thing that was said. `side`: in or out. `state`: heard; waiting, sent, failed for what goes out. `external_id` is the firm's number
-- of it: the same notice twice is one line. `about` is the number of what it answers, `how` the way out (comment, private, message),
-- `beside` what came along and was not taken.
CREATE TABLE voice_line (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  talk_id UUID NOT NULL,
  channel TEXT NOT NULL,
  external_id TEXT,
  side TEXT NOT NULL,
  how TEXT,
  about TEXT NOT NULL,
  body TEXT NOT NULL,
  beside TEXT,
  lat DOUBLE PRECISION,
  lon DOUBLE PRECISION,
  said_at TIMESTAMPTZ NOT NULL,
  changed_at TIMESTAMPTZ,
  deleted_at TIMESTAMPTZ,
  by_id UUID,
  state TEXT NOT NULL,
  problem TEXT NOT NULL,
  tries BIGINT NOT NULL,
  next_at TIMESTAMPTZ NOT NULL,
  sent_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX voice_line_external ON voice_line (commune_id, channel, external_id);
CREATE INDEX voice_line_talk ON voice_line (commune_id, talk_id, id);
CREATE INDEX voice_line_state ON voice_line (commune_id, state, next_at, id);

-- Pictures of a line: fetched from the firm's own machines later. `state`: waiting, kept, refused.
CREATE TABLE voice_picture (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  line_id UUID NOT NULL,
  talk_id UUID NOT NULL,
  url TEXT NOT NULL,
  state TEXT NOT NULL,
  problem TEXT NOT NULL,
  file_id UUID,
  tries BIGINT NOT NULL,
  next_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX voice_picture_talk ON voice_picture (commune_id, talk_id, id);
CREATE INDEX voice_picture_state ON voice_picture (commune_id, state, next_at, id);

-- When a firm last told us something, and when we last turned away a notice that was not signed by it.
CREATE TABLE channel_heard (
  commune_id UUID NOT NULL,
  channel TEXT NOT NULL,
  heard_at TIMESTAMPTZ,
  refused_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, channel)
);

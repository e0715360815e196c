-- How the commune says words of its own: names, short forms, foreign words. `written` stands in texts, `said` is what is heard.
CREATE TABLE speech_word (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  written TEXT NOT NULL,
  said TEXT NOT NULL,
  by_id UUID,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX speech_word_written ON speech_word (commune_id, written);

-- A text that was or will be read aloud, one for each object of an area. `digest` is that of the words that are said and of the voice;
-- a text whose digest is the same is not read again. `why`: the key of what hindered it.
CREATE TABLE speech_recording (
  commune_id UUID NOT NULL,
  kind TEXT NOT NULL,
  object_id UUID NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  digest TEXT NOT NULL,
  state TEXT NOT NULL,
  file_id UUID,
  seconds BIGINT NOT NULL,
  why TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, kind, object_id)
);

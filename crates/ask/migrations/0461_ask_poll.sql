CREATE TABLE ask_question (
  commune_id UUID NOT NULL,
  matter_id UUID NOT NULL,
  position BIGINT NOT NULL,
  words TEXT NOT NULL,
  several BOOLEAN NOT NULL,
  free BOOLEAN NOT NULL,
  PRIMARY KEY (commune_id, matter_id, position)
);

-- How often each was chosen: there is no row of a single answer.
CREATE TABLE ask_choice (
  commune_id UUID NOT NULL,
  matter_id UUID NOT NULL,
  question BIGINT NOT NULL,
  position BIGINT NOT NULL,
  words TEXT NOT NULL,
  votes BIGINT NOT NULL,
  PRIMARY KEY (commune_id, matter_id, question, position)
);

-- That somebody answered, so that nobody answers twice: a keyed hash of person or browser.
CREATE TABLE ask_answered (
  commune_id UUID NOT NULL,
  matter_id UUID NOT NULL,
  voter TEXT NOT NULL,
  PRIMARY KEY (commune_id, matter_id, voter)
);

-- Free words, without whose they are and when they came: the id is random.
CREATE TABLE ask_words (
  commune_id UUID NOT NULL,
  matter_id UUID NOT NULL,
  id UUID NOT NULL,
  question BIGINT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (commune_id, matter_id, id)
);

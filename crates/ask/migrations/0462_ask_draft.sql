-- A paragraph of a draft. `mark`: "Điều 3, khoản 2"; `depth` 0 chapter, 1 article, 2 clause, 3 point.
CREATE TABLE ask_part (
  commune_id UUID NOT NULL,
  matter_id UUID NOT NULL,
  position BIGINT NOT NULL,
  mark TEXT NOT NULL,
  depth BIGINT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (commune_id, matter_id, position)
);

-- For or against a paragraph; may be changed until the end. The voter is a keyed hash of the account.
CREATE TABLE ask_stance (
  commune_id UUID NOT NULL,
  matter_id UUID NOT NULL,
  position BIGINT NOT NULL,
  voter TEXT NOT NULL,
  agrees BOOLEAN NOT NULL,
  PRIMARY KEY (commune_id, matter_id, position, voter)
);

-- `position` 0: on the whole.
CREATE TABLE ask_comment (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  matter_id UUID NOT NULL,
  position BIGINT NOT NULL,
  account_id UUID NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  verdict TEXT NOT NULL,
  reply TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX ask_comment_matter ON ask_comment (commune_id, matter_id, position, id);
CREATE INDEX ask_comment_state ON ask_comment (commune_id, state, id);

-- Work files. `code` is its number and heading of the year: 05.TH/2026. `state`: open, closed (its keeper says that the work is over),
-- offered (it stands in a list of transfer), archived (the archive has it). `opened_on` is the day of `opened_at` in Vietnam.
CREATE TABLE work_file (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  year BIGINT NOT NULL,
  heading TEXT NOT NULL,
  title TEXT NOT NULL,
  term TEXT NOT NULL,
  keeper_id UUID NOT NULL,
  state TEXT NOT NULL,
  opened_by UUID NOT NULL,
  opened_at TIMESTAMPTZ NOT NULL,
  opened_on DATE NOT NULL,
  closed_at TIMESTAMPTZ,
  note TEXT NOT NULL,
  transfer_id UUID,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX work_file_code ON work_file (commune_id, code);
CREATE INDEX work_file_keeper ON work_file (commune_id, keeper_id, state, id);
CREATE INDEX work_file_state ON work_file (commune_id, state, id);
CREATE INDEX work_file_closed ON work_file (commune_id, state, closed_at, id);
CREATE INDEX work_file_opened ON work_file (commune_id, opened_on);
CREATE INDEX work_file_offered ON work_file (commune_id, transfer_id, id);

-- What a file holds. `kind`: incoming, outgoing, task, file (a file of its own, `object_id` names it), paper (a sheet in a folder at
-- `place`; `object_id` is its own id). Title, symbol, author and day are those at the last time they were copied here.
CREATE TABLE work_file_item (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  file_id UUID NOT NULL,
  kind TEXT NOT NULL,
  object_id UUID NOT NULL,
  title TEXT NOT NULL,
  symbol TEXT NOT NULL,
  author TEXT NOT NULL,
  dated DATE,
  pages BIGINT,
  place TEXT NOT NULL,
  added_by UUID NOT NULL,
  added_at TIMESTAMPTZ NOT NULL,
  added_on DATE NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX work_file_item_file ON work_file_item (commune_id, file_id, kind, object_id);
CREATE INDEX work_file_item_object ON work_file_item (commune_id, kind, object_id, file_id);

-- What happened to a file; only added to.
CREATE TABLE work_file_event (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  file_id UUID NOT NULL,
  what TEXT NOT NULL,
  words TEXT NOT NULL,
  by_id UUID,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX work_file_event_file ON work_file_event (commune_id, file_id, id);

-- Lists of files that go to the archive together. `state`: made, received, dropped.
CREATE TABLE work_file_transfer (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  state TEXT NOT NULL,
  made_by UUID NOT NULL,
  made_at TIMESTAMPTZ NOT NULL,
  ended_by UUID,
  ended_at TIMESTAMPTZ,
  note TEXT NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);

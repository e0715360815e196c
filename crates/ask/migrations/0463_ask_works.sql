-- A work that a village may choose. `state`: in, held (a resident's proposal) or refused.
CREATE TABLE ask_work (
  commune_id UUID NOT NULL,
  matter_id UUID NOT NULL,
  position BIGINT NOT NULL,
  name TEXT NOT NULL,
  place TEXT NOT NULL,
  about TEXT NOT NULL,
  cost BIGINT NOT NULL,
  state TEXT NOT NULL,
  by_id UUID,
  votes BIGINT NOT NULL,
  chosen BOOLEAN NOT NULL,
  PRIMARY KEY (commune_id, matter_id, position)
);

-- The households of the day of opening. `way`: not (yet), online or paper; not when and not what.
CREATE TABLE ask_roll (
  commune_id UUID NOT NULL,
  matter_id UUID NOT NULL,
  household_id UUID NOT NULL,
  way TEXT NOT NULL,
  PRIMARY KEY (commune_id, matter_id, household_id)
);

-- All ballots of a round while it runs, in one sealed text, sorted by their codes.
CREATE TABLE ask_box (
  commune_id UUID NOT NULL,
  matter_id UUID NOT NULL,
  sealed TEXT NOT NULL,
  PRIMARY KEY (commune_id, matter_id)
);

-- Paper ballots, written down after the end and before the count.
CREATE TABLE ask_paper (
  commune_id UUID NOT NULL,
  matter_id UUID NOT NULL,
  code TEXT NOT NULL,
  picks TEXT NOT NULL,
  PRIMARY KEY (commune_id, matter_id, code)
);

-- The counted ballots, as everybody reads them.
CREATE TABLE ask_ballot (
  commune_id UUID NOT NULL,
  matter_id UUID NOT NULL,
  code TEXT NOT NULL,
  picks TEXT NOT NULL,
  PRIMARY KEY (commune_id, matter_id, code)
);

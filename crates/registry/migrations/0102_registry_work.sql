-- Two rows that may be one person. `first_id` is less than `second_id`. `state` is open, merged or different.
CREATE TABLE duplicate_candidate (
  commune_id UUID NOT NULL,
  first_id UUID NOT NULL,
  second_id UUID NOT NULL,
  reason TEXT NOT NULL,
  score BIGINT NOT NULL,
  state TEXT NOT NULL,
  found_at TIMESTAMPTZ NOT NULL,
  decided_by UUID,
  PRIMARY KEY (commune_id, first_id, second_id)
);
CREATE INDEX duplicate_candidate_open ON duplicate_candidate (commune_id, state, score, first_id, second_id);
CREATE INDEX duplicate_candidate_second ON duplicate_candidate (commune_id, second_id);

-- What a merge took away and changed: enough to undo it.
CREATE TABLE merge_log (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  kept_id UUID NOT NULL,
  dropped_id UUID NOT NULL,
  before JSONB NOT NULL,
  kept_revision BIGINT NOT NULL,
  merged_at TIMESTAMPTZ NOT NULL,
  account_id UUID,
  undone_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX merge_log_kept ON merge_log (commune_id, kept_id);
CREATE INDEX merge_log_dropped ON merge_log (commune_id, dropped_id);

-- A change that a village head proposes and an officer decides. `diff` is {field: {old, new}}. `state` is waiting,
-- approved, rejected or withdrawn.
CREATE TABLE change_proposal (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  kind TEXT NOT NULL,
  object_id UUID NOT NULL,
  village_id UUID NOT NULL,
  base_revision BIGINT NOT NULL,
  diff JSONB NOT NULL,
  on_date DATE NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL,
  proposed_by UUID,
  proposed_at TIMESTAMPTZ NOT NULL,
  decided_by UUID,
  decided_at TIMESTAMPTZ,
  answer TEXT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX change_proposal_state ON change_proposal (commune_id, state, id);
CREATE INDEX change_proposal_village ON change_proposal (commune_id, village_id, state, id);
CREATE INDEX change_proposal_object ON change_proposal (commune_id, object_id, state);

-- The ground on which a person's data are used for a purpose. `basis` is law or consent.
CREATE TABLE consent (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  person_id UUID NOT NULL,
  purpose TEXT NOT NULL,
  basis TEXT NOT NULL,
  given_on DATE NOT NULL,
  withdrawn_on DATE,
  evidence TEXT NOT NULL,
  account_id UUID,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX consent_person ON consent (commune_id, person_id, purpose, given_on);

-- One uploaded file of people. `state` is staged, checked, running, committed (some rows may still be mended),
-- failed or cancelled. `digest` finds the same file again.
CREATE TABLE import_batch (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  file_id UUID,
  file_name TEXT NOT NULL,
  digest TEXT NOT NULL,
  mapping JSONB NOT NULL,
  from_date DATE NOT NULL,
  source TEXT NOT NULL,
  state TEXT NOT NULL,
  row_count BIGINT NOT NULL,
  faulty_count BIGINT NOT NULL,
  done_count BIGINT NOT NULL,
  account_id UUID,
  created_at TIMESTAMPTZ NOT NULL,
  finished_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX import_batch_digest ON import_batch (commune_id, digest);

-- One row of the file: what stood in it, what is wrong with it cell by cell, and what became of it. `state` is
-- ready, faulty, done or dropped. `household_key` is the same for the rows of one household.
CREATE TABLE import_row (
  commune_id UUID NOT NULL,
  batch_id UUID NOT NULL,
  row_no BIGINT NOT NULL,
  household_key TEXT NOT NULL,
  raw JSONB NOT NULL,
  problems JSONB NOT NULL,
  state TEXT NOT NULL,
  household_id UUID,
  person_id UUID,
  PRIMARY KEY (commune_id, batch_id, row_no),
  FOREIGN KEY (commune_id, batch_id) REFERENCES import_batch (commune_id, id)
);
CREATE INDEX import_row_state ON import_row (commune_id, batch_id, state, row_no);
CREATE INDEX import_row_household ON import_row (commune_id, batch_id, household_key);
CREATE INDEX import_row_person ON import_row (commune_id, person_id);

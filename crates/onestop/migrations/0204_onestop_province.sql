-- Files of the provincial one-stop system that were taken in. The bytes stand under `file_id`; `plan` says which sheet is read
-- and what its columns mean, `mapped` whether a person has said so. `as_of` is the moment that the file tells of.
CREATE TABLE province_take (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  file_id UUID NOT NULL,
  file_name TEXT NOT NULL,
  digest TEXT NOT NULL,
  plan JSONB NOT NULL,
  mapped BOOLEAN NOT NULL,
  as_of TIMESTAMPTZ NOT NULL,
  new_count BIGINT NOT NULL,
  changed_count BIGINT NOT NULL,
  same_count BIGINT NOT NULL,
  older_count BIGINT NOT NULL,
  wrong_count BIGINT NOT NULL,
  applied_count BIGINT NOT NULL,
  account_id UUID,
  uploaded_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX province_take_digest ON province_take (commune_id, digest, id);

-- What columns under these headings mean, as a person said: `headings` is a hash of them.
CREATE TABLE province_heading (
  commune_id UUID NOT NULL,
  headings TEXT NOT NULL,
  fields JSONB NOT NULL,
  account_id UUID,
  kept_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, headings)
);

-- What the province last told of a dossier, under its own code, and was taken over here.
CREATE TABLE province_dossier (
  commune_id UUID NOT NULL,
  code TEXT NOT NULL,
  dossier_id UUID NOT NULL,
  status BIGINT NOT NULL,
  due_at TIMESTAMPTZ,
  receiver TEXT NOT NULL,
  told_at TIMESTAMPTZ NOT NULL,
  take_id UUID NOT NULL,
  PRIMARY KEY (commune_id, code)
);
CREATE INDEX province_dossier_dossier ON province_dossier (commune_id, dossier_id);

-- What the province is to be told, in order for each dossier. `kind` is create, progress or status; `state` is waiting, sent or refused
-- (a person looks at it). Nothing is sent before `next_at`.
CREATE TABLE province_call (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  dossier_id UUID NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  status BIGINT NOT NULL,
  step TEXT NOT NULL,
  reason TEXT NOT NULL,
  due_at TIMESTAMPTZ,
  at TIMESTAMPTZ NOT NULL,
  tries BIGINT NOT NULL,
  next_at TIMESTAMPTZ NOT NULL,
  problem TEXT NOT NULL,
  sent_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX province_call_state ON province_call (commune_id, state, id);
CREATE INDEX province_call_dossier ON province_call (commune_id, dossier_id, id);

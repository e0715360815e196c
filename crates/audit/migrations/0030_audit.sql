-- The chain. `detail` is canonical JSON kept as text, because its bytes are part of the hash and JSONB would
-- rewrite them. No personal text stands here: ids, field names and keyed hashes only.
CREATE TABLE audit_entry (
  commune_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  account_id UUID,
  action TEXT NOT NULL,
  kind TEXT NOT NULL,
  object_id UUID NOT NULL,
  detail TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (commune_id, seq)
);
CREATE INDEX audit_entry_account ON audit_entry (commune_id, account_id, seq);
CREATE INDEX audit_entry_action ON audit_entry (commune_id, action, seq);
CREATE INDEX audit_entry_object ON audit_entry (commune_id, object_id, seq);
CREATE INDEX audit_entry_at ON audit_entry (commune_id, at);

-- The last link. Its row lock puts the writers of one commune in a line.
CREATE TABLE audit_head (
  commune_id UUID PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL
);

-- When the chain was last read from end to end, and what came of it.
CREATE TABLE audit_check (
  commune_id UUID PRIMARY KEY,
  at TIMESTAMPTZ NOT NULL,
  entries BIGINT NOT NULL,
  broken_at BIGINT
);

-- Who looked at whose personal data, why, and at which fields: what the person may see.
CREATE TABLE personal_view (
  commune_id UUID NOT NULL,
  person_id UUID NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  id UUID NOT NULL,
  account_id UUID,
  purpose TEXT NOT NULL,
  fields TEXT NOT NULL,
  PRIMARY KEY (commune_id, person_id, at, id)
);

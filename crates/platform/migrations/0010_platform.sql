-- Tenants. Every other table begins its key with commune_id. reference
CREATE TABLE commune (
  id UUID PRIMARY KEY,
  name TEXT NOT NULL,
  host TEXT,
  created_at TIMESTAMPTZ NOT NULL
);

-- Background work and event deliveries. `dedupe` makes a second enqueue of the same thing nothing.
CREATE TABLE job (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  kind TEXT NOT NULL,
  dedupe TEXT NOT NULL,
  payload JSONB NOT NULL,
  state TEXT NOT NULL,
  run_at TIMESTAMPTZ NOT NULL,
  lease_until TIMESTAMPTZ,
  attempts BIGINT NOT NULL,
  progress_done BIGINT NOT NULL,
  progress_total BIGINT NOT NULL,
  result JSONB,
  problem TEXT,
  account_id UUID,
  created_at TIMESTAMPTZ NOT NULL,
  finished_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX job_due ON job (commune_id, state, run_at);
CREATE INDEX job_account ON job (commune_id, account_id, created_at);
CREATE UNIQUE INDEX job_dedupe ON job (commune_id, kind, dedupe);

-- What a form with this key did, so that a second press of the button does nothing more.
CREATE TABLE idempotency (
  commune_id UUID NOT NULL,
  key UUID NOT NULL,
  account_id UUID,
  action TEXT NOT NULL,
  outcome TEXT,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, key)
);
CREATE INDEX idempotency_age ON idempotency (commune_id, at);

-- Number books: the last number given, locked in the transaction that uses it.
CREATE TABLE number_book (
  commune_id UUID NOT NULL,
  book TEXT NOT NULL,
  period TEXT NOT NULL,
  last_number BIGINT NOT NULL,
  PRIMARY KEY (commune_id, book, period)
);

-- Files by content. The bytes stand in the files folder under their digest.
CREATE TABLE file (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  digest TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  byte_count BIGINT NOT NULL,
  width BIGINT,
  height BIGINT,
  owner_kind TEXT NOT NULL,
  owner_id UUID NOT NULL,
  account_id UUID,
  created_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX file_owner ON file (commune_id, owner_kind, owner_id);
CREATE INDEX file_digest ON file (commune_id, digest);

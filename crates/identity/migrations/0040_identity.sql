-- Who may sign in. Secrets are kept as hashes; the second factor's secret is encrypted with a key outside the database.
CREATE TABLE account (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  login TEXT NOT NULL,
  login_folded TEXT NOT NULL,
  display_name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  sort_key TEXT COLLATE "C" NOT NULL,
  email TEXT,
  phone TEXT,
  password_hash TEXT,
  must_change_password BOOLEAN NOT NULL,
  state TEXT NOT NULL,
  factor_secret TEXT,
  factor_pending TEXT,
  factor_last_step BIGINT NOT NULL,
  wrong_tries BIGINT NOT NULL,
  wait_until TIMESTAMPTZ,
  reset_hash TEXT,
  reset_expires_at TIMESTAMPTZ,
  last_sign_in_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX account_login ON account (commune_id, login_folded);
CREATE INDEX account_order ON account (commune_id, sort_key, id);
CREATE INDEX account_reset ON account (commune_id, reset_hash);

-- A role given for a place, from a day to a day (both included).
CREATE TABLE account_grant (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  account_id UUID NOT NULL,
  role TEXT NOT NULL,
  place_kind TEXT NOT NULL,
  place_id UUID NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL,
  granted_by UUID,
  granted_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id),
  FOREIGN KEY (commune_id, account_id) REFERENCES account (commune_id, id)
);
CREATE INDEX account_grant_account ON account_grant (commune_id, account_id);
CREATE INDEX account_grant_place ON account_grant (commune_id, place_kind, place_id);
CREATE INDEX account_grant_role ON account_grant (commune_id, role);

-- A browser that is signed in. While `waiting`, only the second factor's code is missing and nothing else is open.
CREATE TABLE session (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  account_id UUID NOT NULL,
  token_hash TEXT NOT NULL,
  waiting BOOLEAN NOT NULL,
  second_factor BOOLEAN NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  last_seen_at TIMESTAMPTZ NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  user_agent TEXT NOT NULL,
  ip TEXT NOT NULL,
  PRIMARY KEY (commune_id, id),
  FOREIGN KEY (commune_id, account_id) REFERENCES account (commune_id, id)
);
CREATE UNIQUE INDEX session_token ON session (commune_id, token_hash);
CREATE INDEX session_account ON session (commune_id, account_id);
CREATE INDEX session_age ON session (commune_id, expires_at);

-- For programs. `scopes` are actions or their first words, with spaces between.
CREATE TABLE api_token (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  account_id UUID NOT NULL,
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  last_used_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id),
  FOREIGN KEY (commune_id, account_id) REFERENCES account (commune_id, id)
);
CREATE UNIQUE INDEX api_token_hash ON api_token (commune_id, token_hash);
CREATE INDEX api_token_account ON api_token (commune_id, account_id);

-- Codes on paper for the day when the phone is lost; each works once.
CREATE TABLE recovery_code (
  commune_id UUID NOT NULL,
  account_id UUID NOT NULL,
  code_hash TEXT NOT NULL,
  PRIMARY KEY (commune_id, account_id, code_hash),
  FOREIGN KEY (commune_id, account_id) REFERENCES account (commune_id, id)
);

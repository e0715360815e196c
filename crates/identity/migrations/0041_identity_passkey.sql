-- Passkeys (WebAuthn). `credential` is the key as its device proves it: a public key and a counter, no secret. A removed one keeps its row
-- for the figures of past days and nothing of the key.
CREATE TABLE passkey (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  account_id UUID NOT NULL,
  credential_id TEXT NOT NULL,
  credential TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  last_used_at TIMESTAMPTZ,
  suspect_at TIMESTAMPTZ,
  removed_at TIMESTAMPTZ,
  created_on DATE NOT NULL,
  removed_on DATE,
  PRIMARY KEY (commune_id, id),
  FOREIGN KEY (commune_id, account_id) REFERENCES account (commune_id, id)
);
CREATE UNIQUE INDEX passkey_credential ON passkey (commune_id, credential_id);
CREATE INDEX passkey_account ON passkey (commune_id, account_id);

-- When the person behind a session last proved to be there; what guards the account asks for it anew after some minutes.
ALTER TABLE session ADD COLUMN proved_at TIMESTAMPTZ;

-- In which months an account was signed in to: the first day of each, and until when the last one counts as in use (a year later). What the
-- figures need and no more.
CREATE TABLE account_use (
  commune_id UUID NOT NULL,
  account_id UUID NOT NULL,
  month DATE NOT NULL,
  first_on DATE NOT NULL,
  counts_until DATE NOT NULL,
  PRIMARY KEY (commune_id, account_id, month),
  FOREIGN KEY (commune_id, account_id) REFERENCES account (commune_id, id)
);

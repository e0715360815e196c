-- Which account is which person: asked for by the owner of the account, or made at the counter. Never deleted, so that it can be told who
-- decided what and why. While a link stands, identity holds the role `resident` for the person.
CREATE TABLE account_link (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  account_id UUID NOT NULL,
  person_id UUID,
  state TEXT NOT NULL,
  way TEXT NOT NULL,
  asked_at TIMESTAMPTZ NOT NULL,
  decided_at TIMESTAMPTZ,
  decided_by UUID,
  reason TEXT NOT NULL,
  grant_id UUID,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX account_link_account ON account_link (commune_id, account_id) WHERE state = 'linked';
CREATE UNIQUE INDEX account_link_person ON account_link (commune_id, person_id) WHERE state = 'linked';
CREATE INDEX account_link_of_account ON account_link (commune_id, account_id, asked_at);
CREATE INDEX account_link_of_person ON account_link (commune_id, person_id, asked_at);
CREATE INDEX account_link_state ON account_link (commune_id, state, asked_at);

-- A short code on the resident's phone that tells the counter which account it is; kept as a hash, good for minutes.
CREATE TABLE account_code (
  commune_id UUID NOT NULL,
  account_id UUID NOT NULL,
  code_hash TEXT NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, account_id)
);
CREATE UNIQUE INDEX account_code_hash ON account_code (commune_id, code_hash);

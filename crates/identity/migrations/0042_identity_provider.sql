-- Other services by which people sign in (OpenID Connect), as the administrator keeps them. The secret is sealed with a key outside the
-- database. `number_claim` names what holds the personal number; it is believed only when `level_claim` holds one of `levels`.
CREATE TABLE sign_in_provider (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  name_vi TEXT NOT NULL,
  name_en TEXT NOT NULL,
  issuer TEXT NOT NULL,
  client_id TEXT NOT NULL,
  client_secret TEXT,
  scopes TEXT NOT NULL,
  number_claim TEXT NOT NULL,
  level_claim TEXT NOT NULL,
  levels TEXT NOT NULL,
  makes_accounts BOOLEAN NOT NULL,
  links_people BOOLEAN NOT NULL,
  active BOOLEAN NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);

-- Who somebody is at such a service: the service's own name of the person, kept as a keyed hash, since some services use the personal number.
CREATE TABLE account_identity (
  commune_id UUID NOT NULL,
  provider_id UUID NOT NULL,
  subject_hash TEXT NOT NULL,
  account_id UUID NOT NULL,
  linked_at TIMESTAMPTZ NOT NULL,
  last_used_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, provider_id, subject_hash),
  FOREIGN KEY (commune_id, provider_id) REFERENCES sign_in_provider (commune_id, id),
  FOREIGN KEY (commune_id, account_id) REFERENCES account (commune_id, id)
);
CREATE INDEX account_identity_account ON account_identity (commune_id, account_id);

-- The key file of an official (PKCS#12), locked under the installation's key; its password is kept nowhere. What stands
-- beside it is read from its certificate.
CREATE TABLE signing_key (
  commune_id UUID NOT NULL,
  account_id UUID NOT NULL,
  file TEXT NOT NULL,
  holder TEXT NOT NULL,
  organisation TEXT NOT NULL,
  issuer TEXT NOT NULL,
  serial TEXT NOT NULL,
  not_before TIMESTAMPTZ NOT NULL,
  not_after TIMESTAMPTZ NOT NULL,
  added_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, account_id)
);

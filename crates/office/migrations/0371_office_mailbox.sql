-- The official mailboxes of the commune, read over IMAP. `sealed` is the password, locked with a key file of the installation. Of a mailbox
-- everything up to `last_uid` was taken while the server calls its numbering `uid_validity`; when it numbers anew, the letters are known by
-- their own name. `failed_since` and `problem` say since when and why the server is not reached.
CREATE TABLE mailbox (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  host TEXT NOT NULL,
  port BIGINT NOT NULL,
  security TEXT NOT NULL,
  login TEXT NOT NULL,
  sealed TEXT NOT NULL,
  trust TEXT NOT NULL,
  folder TEXT NOT NULL,
  done_folder TEXT NOT NULL,
  receipts BOOLEAN NOT NULL,
  since DATE NOT NULL,
  uid_validity BIGINT NOT NULL,
  last_uid BIGINT NOT NULL,
  looked_at TIMESTAMPTZ,
  failed_since TIMESTAMPTZ,
  problem TEXT NOT NULL,
  tries BIGINT NOT NULL,
  next_at TIMESTAMPTZ NOT NULL,
  account_id UUID,
  made_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);

-- What came, each once (`key`), as it came (`file_id`; not there when it was too large). Nothing of what is secret stands here. `marked`:
-- the server was told that it was taken.
CREATE TABLE mail_letter (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  mailbox_id UUID NOT NULL,
  uid_validity BIGINT NOT NULL,
  uid BIGINT NOT NULL,
  key TEXT NOT NULL,
  message_id TEXT NOT NULL,
  from_address TEXT NOT NULL,
  from_name TEXT NOT NULL,
  subject TEXT NOT NULL,
  sent_at TIMESTAMPTZ,
  came_at TIMESTAMPTZ NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL,
  automatic TEXT,
  problem TEXT,
  documents BIGINT NOT NULL,
  file_id UUID,
  reason TEXT NOT NULL,
  incoming_id UUID,
  decided_by UUID,
  decided_at TIMESTAMPTZ,
  marked BOOLEAN NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX mail_letter_key ON mail_letter (commune_id, key);
CREATE INDEX mail_letter_state ON mail_letter (commune_id, state, id);
CREATE INDEX mail_letter_marked ON mail_letter (commune_id, mailbox_id, marked);

-- What was attached to it, with what was read of it; without `file_id` it was not kept by itself, for the reason in `problem`.
CREATE TABLE mail_attachment (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  letter_id UUID NOT NULL,
  name TEXT NOT NULL,
  file_id UUID,
  problem TEXT,
  text_state TEXT NOT NULL,
  text TEXT NOT NULL,
  pages BIGINT,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX mail_attachment_letter ON mail_attachment (commune_id, letter_id, id);

-- What is answered to its sender.
CREATE TABLE mail_answer (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  letter_id UUID NOT NULL,
  what TEXT NOT NULL,
  to_address TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  tries BIGINT NOT NULL,
  next_at TIMESTAMPTZ NOT NULL,
  problem TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  sent_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX mail_answer_letter ON mail_answer (commune_id, letter_id, id);
CREATE INDEX mail_answer_state ON mail_answer (commune_id, state, next_at);
CREATE INDEX mail_answer_to ON mail_answer (commune_id, to_address, at);

-- Addresses of officials in the common official mail, each confirmed by a code that was sent there.
CREATE TABLE mail_official (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  account_id UUID NOT NULL,
  address TEXT NOT NULL,
  confirmed_on DATE NOT NULL,
  ended_on DATE,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX mail_official_account ON mail_official (commune_id, account_id, confirmed_on);

-- The code that was sent last, as a hash, until it is typed in.
CREATE TABLE mail_official_code (
  commune_id UUID NOT NULL,
  account_id UUID NOT NULL,
  address TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  tries BIGINT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, account_id)
);

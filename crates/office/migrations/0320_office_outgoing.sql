-- Documents that the commune issues. `content` is the draft as it stands (the members of `Draft`); what lists and searches ask for
-- stands beside it. The number, its day and the signer are there only once it is numbered; a number never leaves its row, so that a
-- book has no gap. `kinds_from` is the file of kinds by which it was begun.
CREATE TABLE outgoing_document (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  issuer TEXT NOT NULL,
  kind TEXT NOT NULL,
  kinds_from DATE NOT NULL,
  state TEXT NOT NULL,
  subject TEXT NOT NULL,
  content JSONB NOT NULL,
  version BIGINT NOT NULL,
  signer_role TEXT NOT NULL,
  reply_to UUID,
  drafted_by UUID NOT NULL,
  drafted_at TIMESTAMPTZ NOT NULL,
  signer_id UUID,
  signer_name TEXT NOT NULL,
  approved_at TIMESTAMPTZ,
  book TEXT NOT NULL,
  year BIGINT,
  number BIGINT,
  symbol TEXT NOT NULL,
  numbered_at TIMESTAMPTZ,
  issued_at TIMESTAMPTZ,
  file_id UUID,
  digest TEXT NOT NULL,
  replaces UUID,
  replaced_by UUID,
  recalled_at TIMESTAMPTZ,
  recall_reason TEXT NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX outgoing_document_number ON outgoing_document (commune_id, book, year, number);
CREATE INDEX outgoing_document_state ON outgoing_document (commune_id, state, id);
CREATE INDEX outgoing_document_drafter ON outgoing_document (commune_id, drafted_by, id);
CREATE INDEX outgoing_document_register ON outgoing_document (commune_id, issuer, year, numbered_at, id);
CREATE INDEX outgoing_document_reply ON outgoing_document (commune_id, reply_to);

-- Every save is a version; none is ever changed.
CREATE TABLE outgoing_version (
  commune_id UUID NOT NULL,
  document_id UUID NOT NULL,
  serial BIGINT NOT NULL,
  content JSONB NOT NULL,
  account_id UUID NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, document_id, serial)
);

-- What happened to it; rows are only added. `version` is the one that was before everybody's eyes then.
CREATE TABLE outgoing_event (
  commune_id UUID NOT NULL,
  document_id UUID NOT NULL,
  id UUID NOT NULL,
  happened TEXT NOT NULL,
  account_id UUID,
  version BIGINT NOT NULL,
  note TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, document_id, id)
);

-- Who gets it, one row for each line of "Nơi nhận" and "Kính gửi" that names somebody; made when it is issued. `code` is the agency's on
-- the interconnection axis, empty for those who get paper.
CREATE TABLE outgoing_recipient (
  commune_id UUID NOT NULL,
  document_id UUID NOT NULL,
  serial BIGINT NOT NULL,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  delivery TEXT NOT NULL,
  note TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, document_id, serial)
);

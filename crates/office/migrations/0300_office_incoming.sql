-- Incoming documents. `book`, `year` and `arrival_number` are there once it stands in the book. `external_id` is how the sender's
-- system names it: the same one twice is one document. `likeness` is number, notation and sender without case and marks: a second one is
-- warned of. `urgency`: 0 ordinary to 3 most urgent.
CREATE TABLE incoming_document (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  state TEXT NOT NULL,
  book TEXT,
  year BIGINT,
  arrival_number BIGINT,
  arrived_at TIMESTAMPTZ NOT NULL,
  registered_at TIMESTAMPTZ,
  registered_by UUID,
  channel TEXT NOT NULL,
  external_id TEXT,
  sender_code TEXT NOT NULL,
  sender_name TEXT NOT NULL,
  number TEXT NOT NULL,
  notation TEXT NOT NULL,
  issued_on DATE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  signer_name TEXT NOT NULL,
  signer_position TEXT NOT NULL,
  urgency BIGINT NOT NULL,
  due_on DATE,
  page_count BIGINT,
  likeness TEXT NOT NULL,
  reason TEXT NOT NULL,
  ended_at TIMESTAMPTZ,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX incoming_document_number ON incoming_document (commune_id, book, year, arrival_number);
CREATE UNIQUE INDEX incoming_document_external ON incoming_document (commune_id, sender_code, external_id);
CREATE INDEX incoming_document_state ON incoming_document (commune_id, state, id);
CREATE INDEX incoming_document_likeness ON incoming_document (commune_id, likeness);

-- Its files. `text_state` tells whether the words were read, and how.
CREATE TABLE incoming_file (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  document_id UUID NOT NULL,
  file_id UUID NOT NULL,
  text_state TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX incoming_file_document ON incoming_file (commune_id, document_id, id);
CREATE INDEX incoming_file_unread ON incoming_file (commune_id, text_state, id);

-- Who else may read it, besides those who see every document: whoever it was handed to.
CREATE TABLE incoming_reader (
  commune_id UUID NOT NULL,
  account_id UUID NOT NULL,
  document_id UUID NOT NULL,
  added_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, account_id, document_id)
);
CREATE INDEX incoming_reader_document ON incoming_reader (commune_id, document_id);

-- What happened to it; only added to.
CREATE TABLE incoming_event (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  document_id UUID NOT NULL,
  what TEXT NOT NULL,
  words TEXT NOT NULL,
  by_id UUID,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX incoming_event_document ON incoming_event (commune_id, document_id, id);

-- A visitor asks for a place (hỏi chỗ). `organisation_id` is the business when somebody of it has an account: then they answer; else the
-- officer calls. `follow_hash` is the hash of the code by which the visitor sees the answer. On `delete_on` the row goes.
CREATE TABLE tourism_request (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  place_id UUID NOT NULL,
  organisation_id UUID,
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  email TEXT NOT NULL,
  from_on DATE NOT NULL,
  to_on DATE NOT NULL,
  people BIGINT NOT NULL,
  words TEXT NOT NULL,
  english BOOLEAN NOT NULL,
  follow_hash TEXT NOT NULL,
  state TEXT NOT NULL,
  answer TEXT NOT NULL,
  answered_by UUID,
  answered_at TIMESTAMPTZ,
  asked_at TIMESTAMPTZ NOT NULL,
  delete_on DATE NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX tourism_request_code ON tourism_request (commune_id, code);
CREATE INDEX tourism_request_state ON tourism_request (commune_id, state, id);
CREATE INDEX tourism_request_organisation ON tourism_request (commune_id, organisation_id, state, id);
CREATE INDEX tourism_request_delete ON tourism_request (commune_id, delete_on);

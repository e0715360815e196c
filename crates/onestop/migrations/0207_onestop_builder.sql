-- Working copies of procedures that an administrator changes on a page: one for each code, until it is put into force or
-- thrown away. `body` is the procedure as its file would say it; `former` is what stood there before the last change.
CREATE TABLE procedure_draft (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  account_id UUID,
  body JSONB NOT NULL,
  former JSONB NOT NULL,
  revision BIGINT NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX procedure_draft_code ON procedure_draft (commune_id, code);

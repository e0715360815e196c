-- Versions of procedures that a commune uploaded; the text stands in procedure_text.
CREATE TABLE procedure_file (
  commune_id UUID NOT NULL,
  code TEXT NOT NULL,
  valid_from DATE NOT NULL,
  digest TEXT NOT NULL,
  account_id UUID,
  uploaded_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, code, valid_from)
);

-- Texts of procedures under their digest: what a dossier began with stays readable for ever.
CREATE TABLE procedure_text (
  commune_id UUID NOT NULL,
  digest TEXT NOT NULL,
  code TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (commune_id, digest)
);

-- What somebody began and did not submit. It takes papers (dossier_paper) under its id, which becomes the dossier's.
CREATE TABLE dossier_draft (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  account_id UUID NOT NULL,
  person_id UUID,
  procedure_code TEXT NOT NULL,
  procedure_digest TEXT NOT NULL,
  answers JSONB NOT NULL,
  section BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX dossier_draft_account ON dossier_draft (commune_id, account_id, procedure_code);

-- `status` is one of the ten of the national portal. `queue` is the role whose turn it is, 'citizen' while the applicant
-- must do something, 'nobody' when nothing is left to do. `turn_at` orders the work list: when it must be done, or for ever
-- away while the clock stands. `due_at` is the promised moment, `stopped_at` is there while the clock stands.
-- `submitted_on` and `returned_on` are days in Vietnam, for figures.
CREATE TABLE dossier (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  procedure_code TEXT NOT NULL,
  procedure_digest TEXT NOT NULL,
  field TEXT NOT NULL,
  channel TEXT NOT NULL,
  status BIGINT NOT NULL,
  step TEXT NOT NULL,
  queue TEXT NOT NULL,
  holder_id UUID,
  applicant_account_id UUID,
  applicant_person_id UUID,
  applicant_name TEXT NOT NULL,
  applicant_number TEXT NOT NULL,
  applicant_phone TEXT NOT NULL,
  subject TEXT NOT NULL,
  answers JSONB NOT NULL,
  filed_by UUID,
  submitted_at TIMESTAMPTZ NOT NULL,
  submitted_on DATE NOT NULL,
  received_at TIMESTAMPTZ,
  due_at TIMESTAMPTZ,
  turn_at TIMESTAMPTZ NOT NULL,
  stopped_at TIMESTAMPTZ,
  ended_at TIMESTAMPTZ,
  returned_at TIMESTAMPTZ,
  returned_on DATE,
  supplements BIGINT NOT NULL,
  extensions BIGINT NOT NULL,
  reason TEXT NOT NULL,
  rating BIGINT,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX dossier_code ON dossier (commune_id, code);
CREATE INDEX dossier_queue ON dossier (commune_id, queue, turn_at, id);
CREATE INDEX dossier_holder ON dossier (commune_id, holder_id, turn_at, id);
CREATE INDEX dossier_status ON dossier (commune_id, status, id);
CREATE INDEX dossier_procedure ON dossier (commune_id, procedure_code, id);
CREATE INDEX dossier_account ON dossier (commune_id, applicant_account_id, id);
CREATE INDEX dossier_person ON dossier (commune_id, applicant_person_id, id);
CREATE INDEX dossier_filed ON dossier (commune_id, filed_by, id);
CREATE INDEX dossier_submitted ON dossier (commune_id, submitted_at, id);

-- What happened to a dossier, in order; rows are only ever added. `marks` are the fields and papers that were sent back,
-- {key: reason}.
CREATE TABLE dossier_event (
  commune_id UUID NOT NULL,
  dossier_id UUID NOT NULL,
  id UUID NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  kind TEXT NOT NULL,
  status BIGINT NOT NULL,
  step TEXT NOT NULL,
  account_id UUID,
  to_account_id UUID,
  due_at TIMESTAMPTZ,
  note TEXT NOT NULL,
  marks JSONB NOT NULL,
  PRIMARY KEY (commune_id, dossier_id, id)
);

-- Pages and documents of a dossier or draft. `kind` is paper (what the applicant gives) or result (what is returned).
CREATE TABLE dossier_paper (
  commune_id UUID NOT NULL,
  dossier_id UUID NOT NULL,
  id UUID NOT NULL,
  kind TEXT NOT NULL,
  paper_key TEXT NOT NULL,
  file_id UUID NOT NULL,
  account_id UUID,
  added_at TIMESTAMPTZ NOT NULL,
  dropped_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, dossier_id, id)
);

-- What may be registered only once: the same child, marriage, death. `fingerprint` is a keyed hash of the folded values.
CREATE TABLE dossier_once (
  commune_id UUID NOT NULL,
  procedure_code TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  dossier_id UUID NOT NULL,
  PRIMARY KEY (commune_id, procedure_code, fingerprint)
);
CREATE INDEX dossier_once_dossier ON dossier_once (commune_id, dossier_id);

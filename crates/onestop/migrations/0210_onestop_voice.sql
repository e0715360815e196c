-- Opinions that are asked for while somebody works on a dossier: it stays where it is and its clock runs. `village_id` is there
-- when somebody of a village was asked. `shared` says what they may read: {"fields": [keys of the form], "papers": [ids]}.
CREATE TABLE dossier_opinion (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  dossier_id UUID NOT NULL,
  asked_by UUID NOT NULL,
  asked_of UUID NOT NULL,
  village_id UUID,
  question TEXT NOT NULL,
  shared JSONB NOT NULL,
  state TEXT NOT NULL,
  answer TEXT NOT NULL,
  asked_at TIMESTAMPTZ NOT NULL,
  due_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX dossier_opinion_dossier ON dossier_opinion (commune_id, dossier_id, id);
CREATE INDEX dossier_opinion_asked ON dossier_opinion (commune_id, asked_of, state, due_at, id);

-- Complaints of applicants about their dossier. `open` is 1 until it is answered or taken back: the index lets nobody send a second
-- one of a kind meanwhile. `about_id` is the officer who had the dossier then. `account_id` is empty for what came by code and digits.
CREATE TABLE dossier_complaint (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  dossier_id UUID NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  open BIGINT,
  account_id UUID,
  about_id UUID,
  sent_at TIMESTAMPTZ NOT NULL,
  due_at TIMESTAMPTZ NOT NULL,
  answer TEXT NOT NULL,
  apology BOOLEAN NOT NULL,
  answered_by UUID,
  ended_at TIMESTAMPTZ,
  rating BIGINT,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX dossier_complaint_open ON dossier_complaint (commune_id, dossier_id, kind, open);
CREATE INDEX dossier_complaint_state ON dossier_complaint (commune_id, state, due_at, id);
CREATE INDEX dossier_complaint_ended ON dossier_complaint (commune_id, ended_at);

-- The quality index asks which money came in in a month.
CREATE INDEX dossier_payment_recorded ON dossier_payment (commune_id, recorded_at);

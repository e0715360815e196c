-- The commune's own papers about a dossier. `serial` counts them within the dossier: another one is begun only when the
-- last was revoked. `state` is draft, numbered (a number is taken, nobody has signed yet), issued or revoked. The text
-- stays changeable while it is a draft; `number`, `year` and `book` come with the number. `code` is what anybody types
-- who checks the paper. `paper_id` is the signed file among the dossier's results, `digest` its BLAKE3 hash.
CREATE TABLE dossier_result (
  commune_id UUID NOT NULL,
  dossier_id UUID NOT NULL,
  serial BIGINT NOT NULL,
  code TEXT NOT NULL,
  state TEXT NOT NULL,
  template TEXT NOT NULL,
  template_from DATE NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  receivers TEXT NOT NULL,
  drafted_by UUID NOT NULL,
  drafted_at TIMESTAMPTZ NOT NULL,
  book TEXT NOT NULL,
  year BIGINT,
  number BIGINT,
  symbol TEXT NOT NULL,
  signer_id UUID,
  signer_name TEXT NOT NULL,
  signer_role TEXT NOT NULL,
  numbered_at TIMESTAMPTZ,
  issued_at TIMESTAMPTZ,
  paper_id UUID,
  digest TEXT NOT NULL,
  revoked_at TIMESTAMPTZ,
  revoked_why TEXT NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, dossier_id, serial)
);
CREATE UNIQUE INDEX dossier_result_code ON dossier_result (commune_id, code);
CREATE UNIQUE INDEX dossier_result_number ON dossier_result (commune_id, book, year, number);

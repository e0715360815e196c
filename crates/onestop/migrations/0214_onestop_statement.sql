-- A bank's statement that was taken over, and what each of its lines became: the payment, and whether it was known from an earlier one.
CREATE TABLE bank_statement (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  matched BIGINT NOT NULL,
  nowhere BIGINT NOT NULL,
  known BIGINT NOT NULL,
  account_id UUID,
  taken_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE TABLE bank_statement_line (
  commune_id UUID NOT NULL,
  statement_id UUID NOT NULL,
  line_no BIGINT NOT NULL,
  payment_id UUID NOT NULL,
  known BOOLEAN NOT NULL,
  PRIMARY KEY (commune_id, statement_id, line_no)
);

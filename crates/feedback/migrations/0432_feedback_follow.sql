-- Who sent a report is kept for a time only; `contact_gone_at` says when name and telephone went.
ALTER TABLE feedback_report ADD COLUMN contact_gone_at TIMESTAMPTZ;
CREATE INDEX feedback_report_contact ON feedback_report (commune_id, closed, contact_gone_at, ended_at, id);

-- Who follows a report by e-mail without an account. `confirmed_at` is empty until the link of the first letter was opened; `own`: whoever
-- asked had the follow code. The links carry a keyed hash of the id, so nothing here opens anything.
CREATE TABLE feedback_follow (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  report_id UUID NOT NULL,
  email TEXT NOT NULL,
  own BOOLEAN NOT NULL,
  lang TEXT NOT NULL,
  asked_at TIMESTAMPTZ NOT NULL,
  confirmed_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX feedback_follow_report ON feedback_follow (commune_id, report_id, email);
CREATE INDEX feedback_follow_email ON feedback_follow (commune_id, email, asked_at);
CREATE INDEX feedback_follow_asked ON feedback_follow (commune_id, confirmed_at, asked_at, id);

-- What somebody wrote to the commune's Facebook page or Zalo account, waiting for an officer: one matter of one talk (of the area
-- messages). It holds the lines from `from_line` up to the next matter of the talk. `state`: waiting, report, joined, answered, aside,
-- withdrawn. `closed`: it accuses somebody, and only whoever settles denunciations reads it; `cleared`: they looked and it does not.
-- `tells`: its sender hears how the report stands.
CREATE TABLE feedback_voice (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  talk_id UUID NOT NULL,
  number BIGINT NOT NULL,
  channel TEXT NOT NULL,
  from_line UUID NOT NULL,
  last_line UUID NOT NULL,
  state TEXT NOT NULL,
  why TEXT,
  closed BOOLEAN NOT NULL,
  cleared BOOLEAN NOT NULL,
  report_id UUID,
  tells BOOLEAN NOT NULL,
  heard_at TIMESTAMPTZ NOT NULL,
  by_id UUID,
  settled_at TIMESTAMPTZ,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX feedback_voice_talk ON feedback_voice (commune_id, talk_id, number);
CREATE INDEX feedback_voice_report ON feedback_voice (commune_id, report_id, id);
CREATE INDEX feedback_voice_state ON feedback_voice (commune_id, state, id);

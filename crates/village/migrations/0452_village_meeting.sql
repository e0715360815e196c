-- Meetings of a village. `homes`: how many households the village had when the minutes were closed; 0 before.
CREATE TABLE village_meeting (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  village_id UUID NOT NULL,
  title TEXT NOT NULL,
  agenda TEXT NOT NULL,
  place TEXT NOT NULL,
  day DATE NOT NULL,
  hour TEXT NOT NULL,
  state TEXT NOT NULL,
  homes BIGINT NOT NULL,
  present BIGINT NOT NULL,
  minutes TEXT NOT NULL,
  decisions TEXT NOT NULL,
  file_id UUID,
  notice_id UUID,
  by_id UUID,
  at TIMESTAMPTZ NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX village_meeting_day ON village_meeting (commune_id, village_id, day, id);

-- Who was there for a household: one of its own (self), or somebody by proxy.
CREATE TABLE village_attendance (
  commune_id UUID NOT NULL,
  meeting_id UUID NOT NULL,
  household_id UUID NOT NULL,
  how TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, meeting_id, household_id)
);

-- A show of hands. `present` and `homes` are what it was counted against, `carried` what came of it by the rule of its day.
CREATE TABLE village_vote (
  commune_id UUID NOT NULL,
  meeting_id UUID NOT NULL,
  id UUID NOT NULL,
  question TEXT NOT NULL,
  matter TEXT NOT NULL,
  yes BIGINT NOT NULL,
  no BIGINT NOT NULL,
  abstain BIGINT NOT NULL,
  present BIGINT NOT NULL,
  homes BIGINT NOT NULL,
  carried BOOLEAN NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, meeting_id, id)
);

-- Notices of a village. `state`: planned (its day has not come), out, taken_back. Everybody reads it from `from_on` to `until_on`.
-- `told`: how many residents have it in their inbox. `meeting_id`: it invites to this meeting.
CREATE TABLE village_notice (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  village_id UUID NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  from_on DATE NOT NULL,
  until_on DATE NOT NULL,
  file_id UUID,
  meeting_id UUID,
  state TEXT NOT NULL,
  told BIGINT NOT NULL,
  by_id UUID,
  at TIMESTAMPTZ NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX village_notice_village ON village_notice (commune_id, village_id, from_on, id);
CREATE INDEX village_notice_state ON village_notice (commune_id, state, from_on, id);

-- The letters that told of it, so that they can be taken back while nobody has opened them.
CREATE TABLE village_notice_letter (
  commune_id UUID NOT NULL,
  notice_id UUID NOT NULL,
  letter_id UUID NOT NULL,
  PRIMARY KEY (commune_id, notice_id, letter_id)
);

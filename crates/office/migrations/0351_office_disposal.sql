-- Decisions to destroy work files whose term is over. `state`: decided, done, dropped. A file stands in one that was not dropped at
-- most. What is destroyed is what a file holds; its code, title and term stay as the list that the law wants kept.
CREATE TABLE work_file_disposal (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  decision_no TEXT NOT NULL,
  decided_on DATE NOT NULL,
  signer TEXT NOT NULL,
  state TEXT NOT NULL,
  made_by UUID NOT NULL,
  made_at TIMESTAMPTZ NOT NULL,
  ended_by UUID,
  ended_at TIMESTAMPTZ,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE TABLE work_file_disposal_item (
  commune_id UUID NOT NULL,
  disposal_id UUID NOT NULL,
  file_id UUID NOT NULL,
  PRIMARY KEY (commune_id, disposal_id, file_id)
);
CREATE UNIQUE INDEX work_file_disposal_once ON work_file_disposal_item (commune_id, file_id);

-- What somebody drew on a page of a paper for themselves; nobody else sees it. `strokes`: [{"pen": 0, "at": [x, y, x, y, …]}], in
-- ten-thousandths of the width and the height of the page.
CREATE TABLE meeting_ink (
  commune_id UUID NOT NULL,
  paper_id UUID NOT NULL,
  account_id UUID NOT NULL,
  page BIGINT NOT NULL,
  strokes TEXT NOT NULL,
  revision BIGINT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, paper_id, account_id, page)
);

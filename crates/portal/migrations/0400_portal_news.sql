-- Articles of the commune's news. `body` is kept as Markdown, `html` is what the page shows; `section` is a code of
-- data/news-sections. `lead_at` orders public lists: the moment of publishing. `origin` names an imported article in the site from
-- which it came, so that a second import knows it.
CREATE TABLE news_article (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  section TEXT NOT NULL,
  digital BOOLEAN NOT NULL,
  slug TEXT NOT NULL,
  state TEXT NOT NULL,
  content JSONB NOT NULL,
  title TEXT NOT NULL,
  html TEXT NOT NULL,
  html_en TEXT NOT NULL,
  words BIGINT NOT NULL,
  cover_id UUID,
  drafted_by UUID,
  approved_by UUID,
  publish_at TIMESTAMPTZ,
  published_at TIMESTAMPTZ,
  reason TEXT NOT NULL,
  preview_key TEXT NOT NULL,
  to_page BOOLEAN NOT NULL,
  bulletin_id UUID,
  origin TEXT,
  views BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  published_on DATE,
  revision BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX news_article_newest ON news_article (commune_id, state, published_at, id);
CREATE INDEX news_article_section ON news_article (commune_id, section, state, published_at, id);
CREATE INDEX news_article_due ON news_article (commune_id, state, publish_at);
CREATE INDEX news_article_drafter ON news_article (commune_id, drafted_by, id);
CREATE UNIQUE INDEX news_article_origin ON news_article (commune_id, origin);

-- Every address that an article has had; the old ones lead to the one in `news_article`.
CREATE TABLE news_address (
  commune_id UUID NOT NULL,
  slug TEXT NOT NULL,
  article_id UUID NOT NULL,
  PRIMARY KEY (commune_id, slug)
);

CREATE TABLE news_tag (
  commune_id UUID NOT NULL,
  tag TEXT NOT NULL,
  article_id UUID NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (commune_id, tag, article_id)
);
CREATE INDEX news_tag_article ON news_tag (commune_id, article_id);

-- Every save is a version; none is ever changed.
CREATE TABLE news_version (
  commune_id UUID NOT NULL,
  article_id UUID NOT NULL,
  serial BIGINT NOT NULL,
  content JSONB NOT NULL,
  account_id UUID,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, article_id, serial)
);

-- What happened to it; rows are only added.
CREATE TABLE news_event (
  commune_id UUID NOT NULL,
  article_id UUID NOT NULL,
  id UUID NOT NULL,
  happened TEXT NOT NULL,
  account_id UUID,
  note TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, article_id, id)
);

-- Pictures, videos and attachments. `serial` is the number by which the text names it: [ảnh 1]. `middle_id` and `small_id` are the
-- same picture, smaller.
CREATE TABLE news_media (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  article_id UUID NOT NULL,
  serial BIGINT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  alt TEXT NOT NULL,
  caption TEXT NOT NULL,
  file_id UUID NOT NULL,
  middle_id UUID,
  small_id UUID,
  width BIGINT,
  height BIGINT,
  byte_count BIGINT NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE UNIQUE INDEX news_media_article ON news_media (commune_id, article_id, serial);

-- What residents write under an article. `reports` counts the residents who found it wrong, each once.
CREATE TABLE news_comment (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  article_id UUID NOT NULL,
  account_id UUID NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  reports BIGINT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  decided_by UUID,
  decided_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX news_comment_article ON news_comment (commune_id, article_id, state, id);
CREATE INDEX news_comment_state ON news_comment (commune_id, state, id);

CREATE TABLE news_comment_report (
  commune_id UUID NOT NULL,
  comment_id UUID NOT NULL,
  account_id UUID NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (commune_id, comment_id, account_id)
);

-- How often an article was read on a day. Nothing says by whom.
CREATE TABLE news_view (
  commune_id UUID NOT NULL,
  article_id UUID NOT NULL,
  day DATE NOT NULL,
  views BIGINT NOT NULL,
  PRIMARY KEY (commune_id, article_id, day)
);

-- A file of another site that was looked at, and what came of it.
CREATE TABLE news_import (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  name TEXT NOT NULL,
  items JSONB NOT NULL,
  account_id UUID,
  at TIMESTAMPTZ NOT NULL,
  done_at TIMESTAMPTZ,
  PRIMARY KEY (commune_id, id)
);

-- Acts asked for in one application. `id` is a draft, and the dossier that it becomes; `main_id` is the draft or dossier of
-- the act that the application began with. The main one has no row here.
CREATE TABLE dossier_link (
  commune_id UUID NOT NULL,
  id UUID NOT NULL,
  main_id UUID NOT NULL,
  PRIMARY KEY (commune_id, id)
);
CREATE INDEX dossier_link_main ON dossier_link (commune_id, main_id, id);

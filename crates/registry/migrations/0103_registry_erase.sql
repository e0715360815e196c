-- Where a person is named by id, so that erasing one finds it without reading everything.
CREATE INDEX organisation_representative ON organisation (commune_id, representative_id);
CREATE INDEX organisation_version_representative ON organisation_version (commune_id, representative_id);

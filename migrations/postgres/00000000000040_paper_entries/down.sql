DROP TABLE paper_versions;
DROP TABLE paper_entries;

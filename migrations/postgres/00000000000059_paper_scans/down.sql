DROP TABLE paper_scans;

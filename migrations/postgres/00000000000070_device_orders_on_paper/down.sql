DROP TABLE paper_order_scans;
DROP TABLE paper_order_versions;
DROP TABLE paper_orders;

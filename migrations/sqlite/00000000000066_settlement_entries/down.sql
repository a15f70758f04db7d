DROP TABLE settlement_entries;

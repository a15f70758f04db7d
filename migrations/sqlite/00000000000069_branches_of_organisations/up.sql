-- Which branch of the payer an organisation is, 01 to 16: an officer confirms paper orders in its name.
ALTER TABLE organisations ADD COLUMN payer_branch text;

DROP TABLE pending_steps;

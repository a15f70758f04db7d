-- How many demands wait for a consultant is asked whenever somebody chooses one.
CREATE INDEX demands_waiting_for_consultant ON demands (space, consultant_npwz) WHERE state = 'AWAITING_CONSULTANT';

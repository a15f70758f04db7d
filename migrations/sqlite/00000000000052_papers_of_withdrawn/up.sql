-- A withdrawn paper may be entered anew; those that were withdrawn before that was so are let go of here.
DELETE FROM paper_entries WHERE demand_id IN (SELECT id FROM demands WHERE state = 'WITHDRAWN');

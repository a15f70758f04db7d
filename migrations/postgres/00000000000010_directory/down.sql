DROP TABLE consultants;
DROP TABLE person_roles;
DROP TABLE person_ids;
DROP TABLE people;
DROP TABLE organisations;

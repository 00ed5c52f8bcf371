SELECT person_id AS unit, period, sexual_orientation
FROM person_period WHERE identified

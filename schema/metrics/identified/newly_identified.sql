SELECT person_id AS unit, period, county, newness
FROM person_period WHERE identified

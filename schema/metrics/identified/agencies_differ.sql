SELECT person_id AS unit, period, county, NOT agree AS met
FROM person_period WHERE identified

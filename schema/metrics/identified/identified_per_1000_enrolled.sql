SELECT person_id AS unit, period, county
FROM person_period WHERE identified AND (age <= 20 OR age IS NULL)

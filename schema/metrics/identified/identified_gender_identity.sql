SELECT person_id AS unit, period, county, gender_identity
FROM person_period WHERE identified

SELECT person_id AS unit, period, county, care_timing
FROM person_period WHERE identified

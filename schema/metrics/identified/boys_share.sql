SELECT person_id AS unit, period, county, sex = 'male' AS met
FROM person_period WHERE identified AND sex <> 'unknown'

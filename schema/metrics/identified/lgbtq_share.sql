SELECT person_id AS unit, period, county, lgbtq = 'yes' AS met
FROM person_period WHERE identified AND lgbtq <> 'unknown'

SELECT person_id AS unit, period, county, system
FROM person_period CROSS JOIN unnest(sources) AS system WHERE identified

SELECT person_id AS unit, period, county, age_band_public AS age_band
FROM person_period WHERE status = 'at_risk'

SELECT person_id AS unit, period, county, status, age_band_public AS age_band, sex, race_ethnicity
FROM person_period WHERE identified

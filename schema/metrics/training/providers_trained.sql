SELECT p.period, a.county, a.providers_trained AS n
FROM provider_training_count a JOIN period p ON a.period_end BETWEEN p.starts AND p.ends WHERE a.providers_trained IS NOT NULL

SELECT a.provider_id AS unit, p.period, served AS county, array_to_string(code[:level], '.') AS need
FROM provider_asset a
JOIN period p ON a.valid_from <= p.ends AND coalesce(a.valid_to, 'infinity') >= p.ends,
unnest(a.am04) AS served, unnest(a.am06) AS answered, LATERAL string_to_array(answered, '.') AS code, LATERAL generate_series(2, cardinality(code)) AS level

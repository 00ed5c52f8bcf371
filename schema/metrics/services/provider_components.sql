SELECT a.provider_id AS unit, p.period, served AS county, component, coalesce(component = ANY(a.components), false) AS met
FROM provider_asset a
JOIN period p ON a.valid_from <= p.ends AND coalesce(a.valid_to, 'infinity') >= p.ends
CROSS JOIN unnest(a.am04) AS served CROSS JOIN (SELECT DISTINCT unnest(components) AS component FROM provider_asset) c

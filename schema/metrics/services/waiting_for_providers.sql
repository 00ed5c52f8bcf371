SELECT p.period, a.am05 AS kind, a.waitlist_n AS n
FROM provider_asset a
JOIN period p ON a.valid_from <= p.ends AND coalesce(a.valid_to, 'infinity') >= p.ends
WHERE a.waitlist_n IS NOT NULL

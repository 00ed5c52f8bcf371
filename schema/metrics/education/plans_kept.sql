SELECT s.agency || ' ' || s.record_id AS unit, p.period, s.county, s.support, s.adhered = 'yes' AS met
FROM ed_support s JOIN period p ON s.start_date <= p.ends AND coalesce(s.end_date, 'infinity') >= p.starts
WHERE s.support IN ('IEP', '504', 'ERMHS') AND s.adhered IN ('yes', 'no')

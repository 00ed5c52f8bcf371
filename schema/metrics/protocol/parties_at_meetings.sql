WITH meeting AS MATERIALIZED (
  SELECT dense_rank() OVER (ORDER BY person_id, held_at) AS unit, held_at::date AS held_on, county, parties FROM mdt_meeting)
SELECT m.unit, p.period, m.county, k.party, k.party = ANY(m.parties) AS met
FROM meeting m JOIN period p ON m.held_on BETWEEN p.starts AND p.ends CROSS JOIN (SELECT DISTINCT unnest(parties) AS party FROM mdt_meeting) k

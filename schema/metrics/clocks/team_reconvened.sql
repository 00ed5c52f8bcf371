WITH event AS (
  SELECT person_id, 'missing' AS happened, discovered_at::date AS on_day, county FROM cw_absence
  UNION ALL
  SELECT r.person_id, 'placement', r.start_date, r.county FROM cw_placement r
  WHERE EXISTS (SELECT FROM cw_placement earlier WHERE earlier.person_id = r.person_id AND earlier.start_date < r.start_date
    AND earlier.removal_episode_id = r.removal_episode_id)
  UNION ALL
  SELECT person_id, 'arrest', arrest_date, county FROM pr_referral WHERE arrest_date IS NOT NULL
  UNION ALL
  SELECT person_id, 'detention', booked_at::date, county FROM pr_detention
  UNION ALL
  SELECT person_id, 'testimony', occurred_on, county FROM witness_event WHERE event = 'preparing'),
once AS (
  SELECT person_id, happened, on_day, min(county) AS county FROM event GROUP BY person_id, happened, on_day)
SELECT e.person_id::text || e.happened || e.on_day AS unit, p.period, e.county, e.happened,
  EXISTS (SELECT FROM mdt_meeting m WHERE m.person_id = e.person_id AND m.held_at::date BETWEEN e.on_day AND e.on_day + 10) AS met
FROM once e JOIN young_person y USING (person_id) JOIN known k ON true JOIN period p ON e.on_day BETWEEN p.starts AND p.ends
WHERE e.on_day >= y.first_identified_on AND e.on_day + 10 <= k.known_on

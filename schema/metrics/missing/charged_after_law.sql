SELECT c.person_id AS unit, p.period, c.county,
  CASE WHEN EXISTS (SELECT FROM pr_detention d JOIN pr_referral r ON r.person_id = d.person_id AND r.agency = c.agency AND r.record_id = c.referral_id
    WHERE d.person_id = c.person_id AND d.booked_at::date BETWEEN coalesce(r.arrest_date, r.referred_at) AND coalesce(r.arrest_date, r.referred_at) + 3)
    THEN 'yes' ELSE 'no' END AS detained
FROM pr_charge c JOIN young_person y USING (person_id) JOIN period p ON c.offense_date BETWEEN p.starts AND p.ends
WHERE c.statute IN ('PC 647(b)', 'PC 653.22') AND c.offense_date >= date '2017-01-01' AND age(c.offense_date, y.born_on) < interval '18 years'

/** The systems in the order in which combinations of them are named, with their short names. */
const SYSTEMS = [
  ['child_welfare', 'CW'],
  ['probation', 'PR'],
  ['health', 'HL'],
  ['education', 'ED'],
] as const;

/** Each system once for each young person whom it ever met, from the day of the first contact. */
export const firstContactSql = `CREATE TEMPORARY VIEW first_contact AS
  SELECT c.person_id, c.system, s.short, s.place, min(c.began_on) AS since
  FROM contact c JOIN (VALUES ${SYSTEMS.map(([system, short], place) => `('${system}', '${short}', ${place})`).join(', ')}) s (system, short, place)
    USING (system)
  GROUP BY c.person_id, c.system, s.short, s.place`;

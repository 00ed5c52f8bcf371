import type { Membership } from './membership.ts';
import type { Person } from './person.ts';
import type { Cells, Row } from './story.ts';
import { nameOf, Stream } from './stream.ts';

/** The few facts about a young person that an agency sends: what it holds, gaps and all. */
export function personRow(seed: number, person: Person, who: Membership, asOf: number): Row {
  return {
    record: 'person',
    agency: who.agency,
    county: who.county,
    localId: who.localId,
    id: `per${nameOf(seed, 'person row', who.agency, who.localId)}`,
    updated: Math.min(asOf, who.on + 30),
    cells: cells(seed, person, who),
    later: undefined,
  };
}

export function linkageRow(seed: number, who: Membership, asOf: number): Row {
  return {
    record: 'person_linkage',
    agency: who.agency,
    county: who.county,
    localId: who.localId,
    id: `lnk${nameOf(seed, 'linkage row', who.agency, who.localId)}`,
    updated: Math.min(asOf, who.on + 1),
    cells: {},
    later: undefined,
  };
}

function cells(seed: number, person: Person, who: Membership): Cells {
  const stream = new Stream(seed, 'demographics', who.localId);
  const { born, sex, zip } = who.observation;
  // Schools never send these answers, and elsewhere most young people were not asked.
  const asked = who.list !== 'education' && stream.perMille(who.list === 'community' ? 700 : 320);
  const answered = asked && stream.perMille(850);
  const missing =
    who.list === 'education' ? '' : asked ? 'declined' : stream.perMille(700) ? 'not_asked' : 'unknown';
  return {
    birth_year: born.slice(0, 4),
    birth_month: String(Number(born.slice(5, 7))),
    sex,
    race_ethnicity: stream.perMille(70)
      ? ''
      : stream.perMille(90)
        ? (person.race.split(';')[0] ?? '')
        : person.race,
    sexual_orientation: answered ? person.orientation : missing,
    gender_identity: answered ? person.genderIdentity : missing,
    language: stream.perMille(80) ? 'und' : person.language,
    residence_zip3: zip.slice(0, 3),
    residence_county: who.county,
  };
}

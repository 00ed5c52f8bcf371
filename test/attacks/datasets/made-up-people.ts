/** Young people of whom everything is known, in the columns of the facts; all made up. Two draws of one population are alike and share nobody. */
import { seededStream } from '../../../src/datasets/synthetic/seeded-stream.ts';

export interface MadeUpPerson {
  readonly county: string;
  readonly status: string;
  readonly age_band: string;
  readonly sex: string;
  readonly race_ethnicity: string;
  readonly newness: string;
  readonly care_timing: string;
  readonly systems: readonly string[];
  readonly agree: boolean;
}

export const MEMBERS = {
  county: ['06001', '06003', '06005', '06007', '06009', '06011', '06013', '06015'],
  status: ['confirmed', 'suspected'],
  age_band: ['P15_17', 'P12_14', 'P18_20', 'P00_11'],
  sex: ['female', 'male', 'unknown'],
  race_ethnicity: ['HISP', 'BLACK', 'WHITE', 'two_or_more', 'ASIAN', 'AIAN'],
  newness: ['new', 'existing'],
  care_timing: ['during_care', 'never_in_care', 'before_care', 'while_absent'],
  system: ['child_welfare', 'probation', 'law_enforcement'],
} as const;

/** What is known of somebody goes together a little; the status is by chance alone. */
export function madeUpPeople(seed: string, size: number): MadeUpPerson[] {
  const draw = seededStream(seed);
  const pick = (of: readonly string[], skew: number): string =>
    of[Math.floor(draw() ** skew * of.length)] ?? '';
  return Array.from({ length: size }, () => {
    const county = pick(MEMBERS.county, 2.6);
    const far = MEMBERS.county.indexOf(county as '06001');
    return {
      county,
      age_band: pick(MEMBERS.age_band, 1.8),
      sex: pick(MEMBERS.sex, 2.4),
      race_ethnicity: pick(MEMBERS.race_ethnicity, 1.2 + far / 5),
      status: draw() < 0.42 ? 'confirmed' : 'suspected',
      newness: pick(MEMBERS.newness, 1.4),
      care_timing: pick(MEMBERS.care_timing, 1.6),
      systems: ((heard) => (heard.length > 0 ? heard : [MEMBERS.system[0]]))(
        MEMBERS.system.filter((_, at) => draw() < 0.6 / (at + 1)),
      ),
      agree: draw() < 0.8,
    };
  });
}

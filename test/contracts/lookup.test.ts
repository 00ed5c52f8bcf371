import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadContracts } from '../../src/contracts/contracts.ts';
import {
  betrayedTopic,
  codesAsOf,
  heldAs,
  limitAsOf,
  listNamed,
  mappingAsOf,
  needAncestors,
  recordNamed,
  requiredParties,
  termAsOf,
} from '../../src/contracts/lookup.ts';

const contracts = loadContracts();
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('codes as of a day', () => {
  test('are those, and only those, whose time it is', () => {
    const lists = fc.constantFrom(...contracts.codeLists.values());
    fc.assert(
      fc.property(lists, day, (list, on) => {
        const inForce = codesAsOf(list, on);
        for (const code of list.codes) {
          const now = code.validFrom <= on && (code.validTo ?? '9999-12-31') >= on;
          expect(inForce.has(code.code)).toBe(now);
        }
      }),
    );
  });

  test('a repealed section ends and is still known', () => {
    const sections = listNamed(contracts, 'ca_charge_codes');
    expect(codesAsOf(sections, '2022-12-31').has('PC 653.22')).toBe(true);
    expect(codesAsOf(sections, '2023-01-01').has('PC 653.22')).toBe(false);
  });
});

describe("an agency's codes", () => {
  const fields = [...contracts.mappings.values()].flatMap((mapping) =>
    mapping.fields.flatMap((entry) =>
      entry.fields.map((path) => ({ agency: mapping.agency, path, list: entry.list })),
    ),
  );

  test('become shared codes that are in force, whatever the day', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), day, ({ agency, path, list }, on) => {
        const [record = '', name = ''] = path.split('.');
        const mapped = mappingAsOf(contracts, agency, { record, name, codes: list }, on);
        const shared = codesAsOf(listNamed(contracts, list), on);
        for (const to of mapped.values()) expect(shared.has(to)).toBe(true);
      }),
    );
  });

  test('a number of the older mock-up counts until it ends, and is unmapped afterwards', () => {
    const field = { record: 'cw_csec_history', name: 'csec_type', codes: 'cws_cms_csec_type' };
    expect(mappingAsOf(contracts, 'CW-1', field, '2021-12-31').get('6750')).toBe('6867');
    expect(mappingAsOf(contracts, 'CW-1', field, '2022-01-01').has('6750')).toBe(false);
  });

  test('for a field of every record serve every record', () => {
    for (const record of ['cw_absence', 'screening']) {
      const field = { record, name: 'county_fips', codes: 'ca_counties' };
      expect(mappingAsOf(contracts, 'CW-1', field, '2026-01-01').get('1068')).toBe('06001');
    }
  });

  test('an agency without a mapping sends shared codes', () => {
    const field = { record: 'cw_csec_history', name: 'csec_type', codes: 'cws_cms_csec_type' };
    const mapped = mappingAsOf(contracts, 'CW-99', field, '2026-01-01');
    expect([...mapped]).toEqual([...mapped.keys()].map((code) => [code, code]));
    expect(mapped.size).toBe(5);
  });

  test('shared codes pass only where the mapping lets them', () => {
    const field = { record: 'cw_csec_history', name: 'csec_type', codes: 'cws_cms_csec_type' };
    expect(mappingAsOf(contracts, 'CW-3', field, '2026-01-01').has('6867')).toBe(false);
    expect(mappingAsOf(contracts, 'CW-3', field, '2026-01-01').get('R')).toBe('6867');
  });
});

describe('a term as of a day', () => {
  test('has exactly one shared version on every day since its first', () => {
    fc.assert(
      fc.property(fc.constantFrom(...contracts.terms.values()), day, (term, on) => {
        fc.pre(on >= (term.versions[0]?.effectiveFrom ?? ''));
        const inForce = term.versions.filter(
          (version) => version.effectiveFrom <= on && on <= (version.effectiveTo ?? '9999-12-31'),
        );
        expect(inForce).toEqual([termAsOf(contracts, term.name, { on })]);
      }),
    );
  });

  test('changes with the law', () => {
    expect(termAsOf(contracts, 'dual_status', { on: '2017-11-30' }).version).toBe(1);
    expect(termAsOf(contracts, 'dual_status', { on: '2017-12-01' }).version).toBe(2);
  });

  test("is the county's own where its protocol says so, from that day on", () => {
    const often = (county: string, on: string): number | undefined => {
      const { rule } = termAsOf(contracts, 'chronically_absent_from_placement', { on, county });
      return rule?.kind === 'rows' ? rule.atLeast : undefined;
    };
    expect(often('06085', '2026-01-01')).toBe(2);
    expect(often('06085', '2025-12-31')).toBe(3);
    expect(often('06037', '2026-01-01')).toBe(3);
  });

  test('before its first day is refused', () => {
    expect(() => termAsOf(contracts, 'in_scope', { on: '2010-01-01' })).toThrow(
      expect.objectContaining({ code: 'TERM_NOT_IN_FORCE' }),
    );
  });
});

describe('clocks and parties as of a day', () => {
  test('a county may set a recommendation otherwise', () => {
    const clock = contracts.clocks.get('engage_immediate');
    if (clock === undefined) throw new Error('no such clock');
    expect(limitAsOf(clock, { on: '2026-06-01', county: '06037' })?.hours).toBe(2);
    expect(limitAsOf(clock, { on: '2026-06-01', county: '06049' })?.hours).toBe(6);
    expect(limitAsOf(clock, { on: '2025-06-01', county: '06049' })?.hours).toBe(2);
    expect(limitAsOf(clock, { on: '2010-01-01' })).toBeUndefined();
  });

  test('no county sets a statute otherwise', () => {
    const bent = [...contracts.clocks.values()].filter(
      (clock) => clock.authority.kind === 'statute' && clock.counties.length > 0,
    );
    expect(bent).toEqual([]);
  });

  test('five parties make a protocol until 2017, and seven from 2018', () => {
    expect(requiredParties(contracts, 'protocol', '2017-12-31')).toHaveLength(5);
    expect(requiredParties(contracts, 'protocol', '2018-01-01')).toHaveLength(7);
    expect(requiredParties(contracts, 'mdt', '2026-01-01')).toContain('PA.SUD');
    expect(requiredParties(contracts, 'mdt', '2026-01-01')).not.toContain('PA.JC');
  });
});

describe('what is never held', () => {
  test('a need that is rolled up ends at an ancestor that may be held', () => {
    const marked = [...contracts.needs.nodes.values()].filter((need) => need.never !== undefined);
    expect(marked.length).toBeGreaterThan(15);
    for (const need of marked) {
      const held = heldAs(contracts, 'holistic_needs', need.code);
      if (held.as !== 'rolled up') continue;
      expect(needAncestors(contracts, need.code).map((above) => above.code)).toContain(held.to);
      expect(heldAs(contracts, 'holistic_needs', held.to)).toEqual({ as: 'it is' });
    }
  });

  test.each([
    ['HN.SUD.TRT', { as: 'refused', topic: 'substance_use' }],
    ['HN.ICR.HLT.SUD', { as: 'rolled up', to: 'HN.ICR.HLT', topic: 'substance_use' }],
    ['HN.SRH.ABO', { as: 'rolled up', to: 'HN.SRH', topic: 'abortion' }],
    ['HN.PHY.TRA', { as: 'rolled up', to: 'HN.PHY', topic: 'gender_affirming_care' }],
    ['HN.LEG.IMM.VAW', { as: 'rolled up', to: 'HN.LEG', topic: 'immigration' }],
    ['HN.SUP.RAC', { as: 'rolled up', to: 'HN.SUP', topic: 'tribal_affiliation' }],
    ['HN.SRH.PRE', { as: 'rolled up', to: 'HN.SRH', topic: undefined }],
    ['HN.MEN.INT', { as: 'it is' }],
  ])('%s', (code, held) => {
    expect(heldAs(contracts, 'holistic_needs', code)).toEqual(held);
  });

  test('a diagnosis of no list is refused by its pattern', () => {
    expect(heldAs(contracts, 'icd10cm', 'F11.20')).toEqual({ as: 'refused', topic: 'substance_use' });
    expect(heldAs(contracts, 'icd10cm', 'O04.5')).toEqual({ as: 'refused', topic: 'abortion' });
    expect(heldAs(contracts, 'icd10cm', 'F64.0')).toEqual({ as: 'refused', topic: 'gender_affirming_care' });
    expect(heldAs(contracts, 'icd10cm', 'T74.52XA')).toEqual({ as: 'it is' });
  });

  test.each([
    ['First Name', 'identifiers'],
    ['client_name', 'identifiers'],
    ['DOB', 'identifiers'],
    ['SSN', 'identifiers'],
    ['home_phone', 'identifiers'],
    ['email', 'identifiers'],
    ['case_notes', 'narratives'],
    ['other_specify', 'narratives'],
    ['street_address_1', 'exact_addresses'],
    ['zip', 'exact_addresses'],
    ['latitude', 'exact_addresses'],
    ['reporter_id', 'reporters'],
    ['trafficker', 'exploiters'],
    ['sud_program', 'substance_use'],
    ['visa_type', 'immigration'],
    ['tribal_affiliation', 'tribal_affiliation'],
    ['total_score', 'composite_scores'],
  ])('the column %s betrays %s', (column, topic) => {
    expect(betrayedTopic(contracts, column, 'child_welfare')).toBe(topic);
  });

  test('orientation is refused from schools alone', () => {
    expect(betrayedTopic(contracts, 'sexual_orientation', 'education')).toBe('sogi_from_education');
    expect(betrayedTopic(contracts, 'sexual_orientation', 'child_welfare')).toBeUndefined();
  });

  test('no column that these contracts ask for betrays anything', () => {
    const asked = [...contracts.records.values()].flatMap((record) =>
      record.fields
        .filter((field) => field.leaves)
        .map((field) => betrayedTopic(contracts, field.name, record.system)),
    );
    expect(asked.filter((topic) => topic !== undefined)).toEqual([]);
  });
});

test('a record that is not there is refused with what is near', () => {
  expect(() => recordNamed(contracts, 'referral')).toThrow(
    expect.objectContaining({ code: 'CONTRACT_UNKNOWN', remedy: expect.stringContaining('cw_referral') }),
  );
});

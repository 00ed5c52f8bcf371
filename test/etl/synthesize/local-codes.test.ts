import { describe, expect, it } from 'vitest';
import { speaker } from '../../../etl/synthesize/local-codes.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { mappingAsOf } from '../../../src/contracts/lookup.ts';

const contracts = loadContracts();
const day = '2026-06-30';

describe('local codes', () => {
  it('mean again, through the mapping, what they were said for', () => {
    let said = 0;
    for (const mapping of contracts.mappings.values())
      for (const path of mapping.fields.flatMap(({ fields }) => fields)) {
        const [name = '', column = ''] = path.split('.');
        const record = contracts.records.get(name);
        const field = record?.fields.find((candidate) => candidate.name === column);
        if (field?.codes === undefined) continue;
        const back = mappingAsOf(
          contracts,
          mapping.agency,
          { record: name, name: column, codes: field.codes },
          day,
        );
        const say = speaker(contracts, day, mapping.agency, name, field);
        for (const shared of contracts.codeLists.get(field.codes)?.codes ?? [])
          for (const variety of [0, 1, 2]) {
            const local = say(shared.code, variety);
            if (local === undefined) continue;
            said++;
            expect(back.get(local)).toBe(shared.code);
          }
      }
    expect(said).toBeGreaterThan(500);
  });

  it('prefer the words of the agency, and vary between those that mean the same', () => {
    const field = contracts.records.get('ed_program')?.fields.find(({ name }) => name === 'dwelling');
    if (field === undefined) throw new Error('the contract has changed');
    const say = speaker(contracts, day, 'ED-2', 'ed_program', field);
    expect(new Set([0, 1, 2, 3].map((n) => say('130', n)))).toEqual(new Set(['CAR', 'STREET']));
  });
});

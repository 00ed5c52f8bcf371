import { describe, expect, it } from 'vitest';
import { namedPolicy } from '../../src/disclosure/policy.ts';
import { protect } from '../../src/disclosure/protect/protect.ts';
import { erasedGroups, suppressionBy } from '../../src/disclosure/statistics.ts';
import { readTable } from '../../src/disclosure/table.ts';

describe('what protection hides, by group', () => {
  it('is counted, and a group that is blanked altogether is named', async () => {
    const table = readTable({
      cells: [
        { id: 'north small', v: 3, groups: { county: 'north', race: 'x' } },
        { id: 'north large', v: 40, groups: { county: 'north', race: 'y' } },
        { id: 'south small', v: 5, groups: { county: 'south', race: 'x' } },
        { id: 'south large', v: 90, groups: { county: 'south', race: 'y' } },
        { id: 'south larger', v: 95, groups: { county: 'south', race: 'z' } },
        { id: 'all', v: 233 },
      ],
      eqs: [['all', ['north small', 'north large', 'south small', 'south large', 'south larger']]],
    });
    const result = await protect(table, { policy: namedPolicy('calhhs-ddg-2'), cost: 'values' });
    if (result.refused) throw new Error(result.reason);
    const byRace = suppressionBy('race', table, result);
    expect(byRace).toEqual([
      { group: 'x', cells: 2, hidden: 2, steward: { primary: 2, complementary: 0 } },
      { group: 'y', cells: 2, hidden: 1, steward: { primary: 0, complementary: 1 } },
      { group: 'z', cells: 1, hidden: 0, steward: { primary: 0, complementary: 0 } },
    ]);
    expect(erasedGroups(byRace)).toEqual(['x']);
    expect(suppressionBy('county', table, result).map(({ hidden }) => hidden)).toEqual([2, 1]);
  });
});

import { describe, expect, it } from 'vitest';
import { linkedTables } from '../../../src/disclosure/catalogue/linked-tables.ts';
import { contracted } from '../../../src/disclosure/contract.ts';
import { readTable } from '../../../src/disclosure/table.ts';
import { fips, madeUpState } from '../../support/made-up-candidate.ts';

const state = madeUpState({ seed: 7, counties: 6, largest: 80, years: [2023, 2024] });
const catalogue = {
  metrics: state.metrics,
  hierarchies: [],
  threshold: 11,
  leftOut: new Set<string>(),
};
const { table, placed } = linkedTables(state.candidate.figures, catalogue);
const values = new Map(table.cells.map(({ id, v }) => [id, v]));

describe('the linked tables of a catalogue', () => {
  it('hold together: every sum adds up, every part is at most its whole', () => {
    expect(() => readTable(table)).not.toThrow();
    expect(table.eqs.length).toBeGreaterThan(100);
    expect(table.atMost.length).toBeGreaterThan(10);
  });

  it('make one cell of a number that stands in several tables', () => {
    const operands = placed
      .filter(({ figure }) => figure.metric === 'identified' && figure.period === '2024')
      .filter(({ figure }) => Object.values(figure.dims).every((member) => member === 'all'))
      .map((one) => one.operands);
    expect(operands.length).toBeGreaterThan(3);
    expect(new Set(operands.flat())).toEqual(new Set(['identified 2024 all']));
  });

  it('know a rate’s count and a share’s denominator for the count that they are', () => {
    const { standsFor } = contracted(table);
    const at = `2024 county=${fips(0)}`;
    expect(standsFor(`identified_rate ${at}`)).toBe(standsFor(`identified ${at}`));
    expect(standsFor(`missing_share/of ${at}`)).toBe(standsFor(`identified ${at}`));
    expect(standsFor(`missing_share ${at}`)).not.toBe(standsFor(`identified ${at}`));
  });

  it('add quarters up to years and years to pooled years', () => {
    const total = (id: string) => table.eqs.filter(([of]) => of === id).map(([, parts]) => parts);
    const quarters = [1, 2, 3, 4].map((quarter) => `identified 2024-Q${quarter} all`);
    expect(total('identified 2024 all')).toContainEqual(quarters);
    expect(total('identified 2023/2024 all')).toContainEqual(['identified 2023 all', 'identified 2024 all']);
  });

  it('take few who are in a whole and not in its part for a count to protect', () => {
    const rests = table.cells.filter(({ id, v }) => id.includes(' − ') && v > 0 && v < 11);
    expect(rests.length).toBeGreaterThan(0);
    expect(rests.every(({ withheld }) => withheld)).toBe(true);
  });

  it('never add up services, of which one young person may have several', () => {
    const total = 'served 2024 all';
    expect(
      table.eqs.some(([of, parts]) => of === total && parts.includes('served 2024 service=mentor')),
    ).toBe(false);
    expect(table.atMost).toContainEqual([['served 2024 service=mentor'], [total]]);
  });

  it('give every county its own cells to know, secure ones included, and hold no table under minor consent', () => {
    const own = table.insiders.find(({ name }) => name === `county ${fips(2)}`)?.knows ?? [];
    expect(own.some((id) => id.includes('race_ethnicity='))).toBe(true);
    expect(own.every((id) => id.includes(fips(2)))).toBe(true);
    expect([...values.keys()].some((id) => id.startsWith('clinic_visits') && id.includes('county'))).toBe(
      false,
    );
  });

  describe('with an estimate of those whom nobody saw', () => {
    const estimated = (lower: number) => {
      const metrics = new Map([
        ...state.metrics,
        [
          'prevalence',
          {
            id: 'prevalence',
            statistic: 'estimate',
            additive: false,
            minorConsent: false,
            denominatorOf: { metric: 'identified', protected: true },
            tables: [{ by: [], publish: 'public' as const }],
          },
        ],
      ]);
      const place = { metric: 'prevalence', version: 1, tbl: 'all', period: '2024', cell: 'all', dims: {} };
      const figure = {
        ...place,
        numerator: null,
        denominator: null,
        value: lower * 2,
        lower,
        upper: lower * 3,
        status: 'counted' as const,
        reason: null,
      };
      return linkedTables([...state.candidate.figures, figure], { ...catalogue, metrics });
    };
    const seen = values.get('identified 2024 all') ?? 0;
    const rounded = Math.floor(seen / 10) * 10;

    it('the published limit bounds the count of those seen, for every reader', () => {
      const { table: linked, placed: all } = estimated(rounded);
      const bound = linked.cells.find(({ id }) => id === 'prevalence 2024 all at least');
      expect(bound).toMatchObject({ v: rounded + 9, fixed: true, withheld: false });
      expect(linked.atMost).toContainEqual([['identified 2024 all'], ['prevalence 2024 all at least']]);
      expect(all.find(({ figure }) => figure.metric === 'prevalence')?.operands).toEqual([]);
      expect(() => readTable(linked)).not.toThrow();
    });

    it('a limit below the count bounds nothing', () => {
      const { table: linked } = estimated(rounded - 10);
      expect(linked.cells.some(({ id }) => id.endsWith('at least'))).toBe(false);
    });
  });

  describe('of a share that ended in time', () => {
    const followed = (county: string, ended: number, all: number, value: number) => {
      const place = {
        metric: 'returned',
        version: 1,
        period: '2024',
        lower: null,
        upper: null,
        reason: null,
      };
      const tbl = county === 'all' ? 'all' : 'county';
      const [cell, dims] = county === 'all' ? ['all', {}] : [`county=${county}`, { county }];
      const counts = { numerator: ended, denominator: all, value, status: 'counted' as const };
      return { ...place, ...counts, tbl, cell, dims };
    };
    const returned = {
      id: 'returned',
      statistic: 'survival',
      additive: true,
      minorConsent: false,
      tables: [
        { by: [], publish: 'public' as const },
        { by: ['county'], publish: 'public' as const },
      ],
    };
    const [a, b] = [fips(0), fips(1)];
    const figures = [
      followed('all', 83, 90, 75 / 90),
      followed(a, 45, 50, 41 / 50),
      followed(b, 38, 40, 34 / 40),
    ];
    const { table: linked, placed: all } = linkedTables(figures, {
      ...catalogue,
      metrics: new Map([['returned', returned]]),
      sensitive: new Set(['returned']),
    });
    const value = new Map(linked.cells.map(({ id, v }) => [id, v]));

    it('who had ended in time, who had not, and who ended later are counts to protect', () => {
      expect(value.get('returned/within 2024 all')).toBe(75);
      expect(linked.eqs).toContainEqual([
        'returned/within 2024 all',
        [`returned/within 2024 county=${a}`, `returned/within 2024 county=${b}`],
      ]);
      const rests = linked.cells.filter(({ id }) => id.includes(' − ')).map(({ v }) => v);
      // Not back at all, back later than that, and not back in time.
      expect(rests.toSorted((x, y) => x - y)).toEqual([2, 4, 4, 5, 6, 7, 8, 9]);
      expect(() => readTable(linked)).not.toThrow();
    });

    it('it is hidden with the least of them', () => {
      expect(all.find(({ figure }) => figure.tbl === 'all')?.operands).toEqual([
        'returned 2024 all',
        'returned/of 2024 all',
        'returned/within 2024 all',
      ]);
      expect(linked.sensitive).toContainEqual(['returned/of 2024 all', 'returned/within 2024 all']);
    });
  });

  it('refuse a candidate whose tables disagree, naming the number', () => {
    const wrong = state.candidate.figures.map((figure) =>
      figure.metric === 'identified' && figure.tbl === 'all' ? { ...figure, numerator: 1 } : figure,
    );
    expect(() => linkedTables(wrong, catalogue)).toThrow(/identified 2023 all/);
  });
});

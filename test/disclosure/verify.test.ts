import { describe, expect, it } from 'vitest';
import type { Certificate } from '../../src/disclosure/certificate.ts';
import { namedPolicy } from '../../src/disclosure/policy.ts';
import { protect } from '../../src/disclosure/protect/protect.ts';
import { verifyCertificate } from '../../src/disclosure/verify.ts';
import { twoWay } from './tables.ts';

const ddg = namedPolicy('calhhs-ddg-2');
const table = twoWay([
  [20, 3, 15],
  [30, 40, 50],
  [12, 0, 14],
]);

async function certificate(): Promise<Certificate> {
  const result = await protect(table, { policy: ddg, cost: 'values' });
  if (result.refused) throw new Error(result.reason);
  return result.certificate;
}

function codes(changed: Certificate): string[] {
  return verifyCertificate(table, ddg, changed).map(({ code }) => code);
}

describe('a certificate', { timeout: 30_000 }, () => {
  it('that was made for these facts holds', async () => {
    expect(codes(await certificate())).toEqual([]);
  });

  it('fails when a small count is no longer hidden', async () => {
    const given = await certificate();
    const shown = { ...given, hidden: given.hidden.map((id) => (id === 'a2' ? 'aT' : id)) };
    expect(codes(shown)).toContain('SMALL_CELL_SHOWN');
  });

  it('fails when a table in it does not add up', async () => {
    const given = await certificate();
    const [first = [], ...others] = given.tables;
    const bent = {
      ...given,
      tables: [first.map(([at, by], k) => [at, k === 0 ? by + 1 : by] as const), ...others],
    };
    expect(codes(bent)).toContain('TABLE_IMPOSSIBLE');
  });

  it('fails when any one of its tables is taken away', async () => {
    const given = await certificate();
    for (const [gone] of given.tables.entries()) {
      const fewer = { ...given, tables: given.tables.filter((_, at) => at !== gone) };
      const still = codes(fewer);
      // A spare table may go; what may not happen is that one goes missing unnoticed while none is left.
      expect([[], ['NOT_PROTECTED']]).toContainEqual(still);
    }
    expect(codes({ ...given, tables: [] })).toEqual(['NOT_PROTECTED']);
  });

  it('fails when it hides a zero that the reader is told is shown', async () => {
    const given = await certificate();
    expect(codes({ ...given, hidden: [...given.hidden, 'c2'] })).toContain('ZERO_HIDDEN');
  });

  it('fails under another policy', async () => {
    const given = await certificate();
    expect(codes({ ...given, threshold: 5 })).toContain('POLICY_DIFFERS');
    expect(codes({ ...given, bar: 'exact' })).toContain('POLICY_DIFFERS');
  });

  it('fails for other facts', async () => {
    const given = await certificate();
    const other = twoWay([
      [20, 3, 15],
      [30, 40, 50],
      [12, 2, 14],
    ]);
    expect(verifyCertificate(other, ddg, given).map(({ code }) => code)).toContain('SMALL_CELL_SHOWN');
  });

  it('fails when it names a cell that does not exist', async () => {
    const given = await certificate();
    expect(codes({ ...given, hidden: [...given.hidden, 'nowhere'] })).toEqual(['UNKNOWN_CELL']);
  });
});

/** The released side of the console, over a real release. */
import { beforeAll, expect, test } from 'vitest';
import { releasedPorts } from '../../../src/app/server/released/current-figures.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { transaction } from '../../../src/db/transaction.ts';
import { storedFigures } from '../../../src/disclosure/release/stored-releases.ts';
import { sayIn } from '../../../web/messages/messages.ts';
import type { Ports } from '../../../web/ports.ts';
import { testDatabase } from '../../support/database.ts';
import { fips, madeUpState } from '../../support/made-up-candidate.ts';
import { release, storeCandidate } from '../../support/released.ts';

const database = testDatabase();
const only = ['identified', 'missing_share'];
const night = madeUpState({ seed: 11, counties: 5, largest: 90, years: [2024], only });
let ports: Pick<Ports, 'catalogue' | 'table' | 'pictures'>;

beforeAll(async () => {
  ports = releasedPorts(await database.as('api'), loadContracts());
  expect(await ports.catalogue()).toBeUndefined();
  await storeCandidate(await database.as('measurer'), night.candidate);
  await release(await database.as('publisher'), night, '2024');
}, 180_000);

test('a view has the figures of the release, and no number in a hidden cell', async () => {
  const question = { metric: 'identified', place: 'each', period: '2024', by: undefined, release: undefined };
  const view = await ports.table(question, undefined);
  const stored = await transaction(await database.as('api'), ({ client }) => storedFigures(client, 1));
  const counties = stored.filter(({ metric, tbl }) => metric === 'identified' && tbl === 'county');
  expect(view?.cells.map(({ value }) => value)).toEqual(counties.map(({ value }) => value));
  for (const { status, value, numerator } of view?.cells ?? [])
    if (status === 'hidden') expect([value, numerator]).toEqual([null, null]);
});

test('the twin of a county is read for that county alone', async () => {
  const ask = (place: string, twin?: string) =>
    ports.table(
      { metric: 'missing_share', place, period: '2024', by: 'race_ethnicity', release: undefined },
      twin,
    );
  expect(await ask(fips(1))).toBeUndefined();
  expect((await ask(fips(1), fips(1)))?.secure).toBe(true);
  expect(await ask(fips(2), fips(1))).toBeUndefined();
});

test('headlines are of the release, and what it does not hold is named', async () => {
  const pictures = await ports.pictures(sayIn('es'));
  expect(pictures?.headlines.length).toBeGreaterThan(0);
  expect(pictures?.prevalence).toHaveProperty('refused');
  expect(pictures?.crossover.absent.length).toBeGreaterThan(0);
  expect(pictures?.changed).toEqual(['Es la primera publicación.']);
});

import { expect, inject, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { registerTestAgency } from '../support/delivery.ts';
import { holdings, killAndResume } from '../support/killed-intake.ts';
import { scratchFolder } from '../support/tessera.ts';

const disturbed = testDatabase();
const undisturbed = testDatabase();

test('a load that is killed twenty times and resumed neither loses nor doubles a row', {
  timeout: 240_000,
}, async () => {
  const surrogateKey = 'a surrogate key for tests, 32 or more';
  await registerTestAgency(await disturbed.as('loader'));
  await registerTestAgency(await undisturbed.as('loader'));
  const outcome = await killAndResume(
    {
      environment: {
        DATABASE_URL: disturbed.target.urlFor('owner'),
        TESSERA_ROLE_SECRET: inject('roleSecret'),
        TESSERA_SURROGATE_KEY: surrogateKey,
        TESSERA_DATA_DIR: scratchFolder(),
      },
      disturbed: await disturbed.as('loader'),
      undisturbed: await undisturbed.as('loader'),
      folder: scratchFolder(),
      surrogateKey: Buffer.from(surrogateKey),
    },
    { kills: 20, rows: 4000, seed: 1 },
  );
  expect(await holdings(await disturbed.as('loader'))).toEqual(
    await holdings(await undisturbed.as('loader')),
  );
  expect(outcome.killed).toBe(20);
});

import { expect, inject, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { registerTestAgency } from '../support/delivery.ts';
import { holdings, killAndResume } from '../support/killed-intake.ts';
import { scratchFolder } from '../support/tessera.ts';
import { times as kills, seed } from './extent.ts';

const disturbed = testDatabase();
const undisturbed = testDatabase();

test(`a load that is killed ${kills} times and resumed neither loses nor doubles a row (seed ${seed})`, async () => {
  const surrogateKey = 'a surrogate key for tests, 32 or more';
  await registerTestAgency(await disturbed.as('loader'));
  await registerTestAgency(await undisturbed.as('loader'));
  const setting = {
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
  };
  const outcome = await killAndResume(setting, { kills, rows: 4000, seed }, (line) => console.log(line));
  const [were, are] = [await holdings(setting.undisturbed), await holdings(setting.disturbed)];
  console.log(
    `seed ${seed}: killed ${outcome.killed} of ${outcome.tried} loads of 4000 rows, ${outcome.done} of them after they had become current`,
  );
  for (const [phase, times] of [...outcome.phases].toSorted(([a], [b]) => a.localeCompare(b, 'en')))
    console.log(`  ${phase}: ${times}`);
  console.log(`  ${are.length} rows, rejects and counts compared with ${were.length} of undisturbed loads`);
  expect(are).toEqual(were);
  expect(outcome.killed).toBe(kills);
});

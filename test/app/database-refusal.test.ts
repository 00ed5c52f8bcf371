import { expect, test } from 'vitest';
import { refusalOf } from '../../src/app/database-refusal.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
const SECRET = 'a value of a row';

test.each([
  ['a value that has another type', 'SELECT $1::text::date', [SECRET], /22007/],
  [
    'a key that is there already',
    'INSERT INTO public.made_up (id) SELECT $1::text FROM generate_series(1, 2)',
    [SECRET],
    /23505 \(public\.made_up, made_up_pkey\)/,
  ],
])('%s is told by code and names, without the value', async (_, statement, values, said) => {
  const owner = await database.as('owner');
  await owner.query('CREATE TABLE IF NOT EXISTS public.made_up (id text PRIMARY KEY)');
  const error = await owner.query(statement, values).catch((refused: unknown) => refused);
  const told = refusalOf(error);
  expect(told).toMatch(said);
  expect(told).toContain('\n    at ');
  expect(told).not.toContain(SECRET);
});

test('an error of another kind is none of the database’s', () => {
  expect(refusalOf(new Error('12345'))).toBeUndefined();
  expect(refusalOf(Object.assign(new Error('no file'), { code: 'ENOENT' }))).toBeUndefined();
  expect(refusalOf(undefined)).toBeUndefined();
});

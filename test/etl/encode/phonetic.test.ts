import { expect, test } from 'vitest';
import { soundex } from '../../../etl/encode/phonetic.ts';

// The examples of the National Archives' page on the Soundex indexing system.
test.each([
  ['washington', 'W252'],
  ['lee', 'L000'],
  ['gutierrez', 'G362'],
  ['pfister', 'P236'],
  ['jackson', 'J250'],
  ['tymczak', 'T522'],
  ['ashcraft', 'A261'],
  ['vandeusen', 'V532'],
])('%s', (name, code) => {
  expect(soundex(name)).toBe(code);
});

test('a name without Latin letters has no code', () => {
  expect(soundex('李')).toBe('');
});

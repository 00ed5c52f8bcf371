import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Atom, atomsOf } from '../../../../etl/validate/field/pattern.ts';
import { loadContracts } from '../../../../src/contracts/contracts.ts';

/** As the field does it: each atom takes what it can. */
function takesWhole(atoms: readonly Atom[], text: string): boolean {
  const bytes = Buffer.from(text);
  let from = 0;
  for (const { has, least, most } of atoms) {
    let taken = 0;
    while (from < bytes.length && taken < most && has[bytes[from] as number] === 1) {
      from++;
      taken++;
    }
    if (taken < least) return false;
  }
  return from === bytes.length;
}

const patterns = [
  ...new Set(
    [...loadContracts().records.values()].flatMap((record) =>
      record.fields.flatMap((field) => field.constraints.pattern ?? []),
    ),
  ),
];

test.each(patterns)('%s matches alike as bytes and as an expression', (pattern) => {
  const atoms = atomsOf(pattern);
  if (atoms === undefined) {
    expect(pattern).toMatch(/[()|]/);
    return;
  }
  const whole = new RegExp(`^(?:${pattern})$`);
  const near = fc
    .stringMatching(whole)
    .chain((text) =>
      fc.constantFrom(text, `${text}x`, text.slice(1), `${text}-`, text.replace(/./, 'é'), `${text}\n`),
    );
  fc.assert(
    fc.property(fc.oneof(near, fc.string({ unit: 'grapheme' })), (text) => {
      expect(takesWhole(atoms, text)).toBe(whole.test(text));
    }),
  );
});

test.each([String.raw`\w+`, '(a|b)', 'a.b', '^a$', '[^a]+', '[a-z]+[a-c]', String.raw`\S`])(
  '%s is left to the expression',
  (pattern) => {
    expect(atomsOf(pattern)).toBeUndefined();
  },
);

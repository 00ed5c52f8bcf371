import { expect, test } from 'vitest';
import type { Field } from '../../../etl/encode/layout.ts';
import { byCommonness, classesFor, follows } from '../../../etl/link/pair-classes.ts';

const field = (kind: Field['kind'], name: string = kind): Field => ({ name, kind });
const names = [field('given'), field('surname')];

test('classes that the fields cannot tell apart are not looked for', () => {
  expect(classesFor([...names])).toEqual(['same', 'unrelated']);
  expect(classesFor([...names, field('date')])).toEqual(['same', 'namesakes', 'unrelated']);
  expect(classesFor([...names, field('date'), field('sex')])).toContain('given_alike');
  expect(classesFor([...names, field('date'), field('postcode')])).toContain('twins');
});

test('without a birth date or a number nobody is taken to have moved', () => {
  const places = [field('postcode'), field('text', 'suburb')];
  expect(classesFor([...names, ...places])).not.toContain('moved');
  expect(classesFor([...names, ...places, field('date')])).toContain('moved');
});

test('a text belongs to a home when its name says so, and to the person otherwise', () => {
  for (const name of ['street', 'home_address', 'city', 'address_line_1', 'suburb', 'address2'])
    expect(follows('household', field('text', name))).toBe('household');
  for (const name of ['occupation', 'e_mail', 'birth_city', 'col7', 'middle'])
    expect(follows('household', field('text', name))).toBe('random');
});

test('a rare name makes namesakes less likely, and says nothing of a household', () => {
  expect(byCommonness('namesakes', field('surname'))).toBe(true);
  expect(byCommonness('household', field('surname'))).toBe(false);
  expect(byCommonness('unrelated', field('postcode'))).toBe(true);
  expect(byCommonness('same', field('given'))).toBe(false);
});

test('a whole name is a person’s own, and in a household agrees in part', () => {
  const fields = [field('name'), field('date'), field('text', 'home_address')];
  expect(classesFor(fields)).toEqual(['same', 'household', 'twins', 'namesakes', 'unrelated']);
  expect(follows('household', field('name'))).toBe('household');
  expect(follows('household', field('date'))).toBe('random');
});

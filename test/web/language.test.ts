import { describe, expect, test } from 'vitest';
import { chooseLanguage } from '../../web/language.ts';
import { en } from '../../web/messages/en.ts';
import { es } from '../../web/messages/es.ts';
import { sayIn } from '../../web/messages/messages.ts';

describe('the language of a page', () => {
  test.each([
    ['the address comes first', 'es', 'en', 'en', 'es'],
    ['then the choice made before', null, 'es', 'en', 'es'],
    ['then what the browser asks for', null, undefined, 'fr-FR, es-MX;q=0.8, en;q=0.7', 'es'],
    ['by its weights, not its order', null, undefined, 'es;q=0.2, en-US;q=0.9', 'en'],
    ['and never what it excludes', null, undefined, 'es;q=0', 'en'],
    ['an unknown one counts as not said', 'de', 'de', 'es', 'es'],
    ['English otherwise', null, undefined, undefined, 'en'],
  ] as const)('%s', (_, inAddress, inCookie, accepted, expected) => {
    expect(chooseLanguage({ inAddress, inCookie, accepted })).toBe(expected);
  });
});

describe('the catalogues', () => {
  test('have the same keys, in the same order', () => {
    expect(Object.keys(es)).toEqual(Object.keys(en));
  });

  test('take the same values in every message', () => {
    const values = (message: string): string[] => (message.match(/\{\w+\}/g) ?? []).toSorted();
    for (const [key, message] of Object.entries(en))
      expect([key, values(es[key as keyof typeof es])]).toEqual([key, values(message)]);
  });

  test('say something of their own in every message', () => {
    const alike = Object.entries(en).filter(([key, message]) => es[key as keyof typeof es] === message);
    // Marks and units that are written alike in both languages.
    expect(alike.map(([key]) => key).toSorted()).toEqual([
      'linkage.bits',
      'linkage.weight',
      'says.shown',
      'state.provisional',
    ]);
  });

  test('put values where they belong, and leave a missing one to be seen', () => {
    expect(sayIn('en')('version.of', { version: 2 })).toBe('Version 2');
    expect(sayIn('es')('version.of')).toBe('Versión {version}');
  });
});

import { describe, expect, test } from 'vitest';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { fieldTexts, type Texts, textsOf } from '../../src/providers/as-texts.ts';
import { checkedProgram, directoryFields } from '../../src/providers/checked-program.ts';
import { severalOf } from '../../src/providers/directory.ts';
import { hidden, row } from './rows.ts';

const contracts = loadContracts();
const several = severalOf(contracts);
const complaintsOf = (changes: Texts): string[] =>
  (checkedProgram(contracts, fieldTexts(row(changes), several)).complaints ?? []).map(
    ({ field, words }) => `${field} ${words}`,
  );

describe('a row of the asset map', () => {
  test('is a program, and the program says the row again', () => {
    for (const texts of [row(), row(hidden)]) {
      const { said } = checkedProgram(contracts, fieldTexts(texts, several));
      expect(said === undefined ? undefined : textsOf(said)).toEqual(texts);
    }
  });

  test('of a confidential place has nowhere to say where it is', () => {
    const { said } = checkedProgram(contracts, fieldTexts(row(hidden), several));
    expect(said?.place).toEqual({ kind: 'confidential', region: ['06037', '06059', '06111'] });
    // A mistake here is one of the compiler's: the type has no such key.
    // @ts-expect-error a confidential place has no address
    expect(said?.place.kind === 'confidential' ? said.place.address : undefined).toBeUndefined();
  });

  test.each<[string, Texts, string]>([
    [
      'an address on a confidential place',
      { ...hidden, street: '100 Dorvale Street' },
      'street is of a confidential place, and never held',
    ],
    [
      'a point on a confidential place',
      { ...hidden, latitude: '34.1' },
      'latitude is of a confidential place, and never held',
    ],
    [
      'a keeping county of a confidential place',
      { ...hidden, kept_by: '06037' },
      'kept_by is of a confidential place: the counties of its region keep it',
    ],
    [
      'one county as a region',
      { ...hidden, counties: '06037' },
      'counties is one county; a confidential place has a region of two or more',
    ],
    [
      'an address in a name',
      { ...hidden, program: 'House at 100 Dorvale Street' },
      'program has an address in it, and the place is confidential',
    ],
    ['more taken than there are', { occupied: '21' }, 'occupied is more than capacity'],
    ['ages reversed', { min_age: '17', max_age: '12' }, 'max_age is below min_age'],
    ['an unknown need', { needs: 'HN.NOTHING' }, 'needs is no code of the list holistic_needs'],
    [
      'nobody to call',
      { phone: '', email: '' },
      'phone is missing: somebody must be there to call or to write to',
    ],
    ['half a point', { longitude: '' }, 'longitude is missing: a point has both'],
    ['a point elsewhere', { latitude: '48.9' }, 'latitude lies outside California'],
    ['a formula', { program: '=1+1' }, 'program begins as a formula of a spreadsheet does'],
    ['places of no month', { capacity_month: '' }, 'capacity_month is missing beside capacity'],
    ['a placement of no kind', { kind: 'placement' }, 'placement_type is missing of a placement'],
  ])('is refused for %s', (_, changes, complaint) => {
    expect(complaintsOf(changes).map((words) => words.slice(0, complaint.length))).toEqual([complaint]);
  });

  test('names every mistake at once', () => {
    const complaints = complaintsOf({ needs: 'HN.NOTHING', max_age: '11', phone: 'none', email: '' });
    expect(complaints.map((words) => words.split(' ')[0])).toEqual(['needs', 'phone', 'max_age']);
  });

  test('has the twelve data points of the guide, in fields of their own', () => {
    const names = new Set(directoryFields(contracts).map(({ name }) => name));
    const points = [
      'provider',
      'phone',
      'street',
      'counties',
      'kind',
      'program',
      'systems',
      'security',
      'training',
    ];
    for (const name of [...points, 'funding_limits', 'strengths', 'barriers']) expect(names).toContain(name);
  });
});

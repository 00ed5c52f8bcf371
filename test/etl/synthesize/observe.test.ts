import { describe, expect, it } from 'vitest';
import { lists } from '../../../etl/synthesize/agencies.ts';
import { dayOf, dayText } from '../../../etl/synthesize/day.ts';
import { household } from '../../../etl/synthesize/household.ts';
import { type Observation, observe } from '../../../etl/synthesize/observe.ts';
import type { Person } from '../../../etl/synthesize/person.ts';
import { placesOf } from '../../../etl/synthesize/places.ts';
import { Stream } from '../../../etl/synthesize/stream.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';

const places = placesOf(loadContracts());
const world = {
  seed: 5,
  asOf: dayOf(2026, 6, 30),
  from: dayOf(2023, 7, 1),
  places,
  requiredInTeams: () => [],
};
const people = Array.from({ length: 1500 }, (_, i) => household(world, places[18] as never, i)).flat();

function seen(list: (typeof lists)[number], exploited: boolean): [Person, Observation][] {
  return people.map((person) => [
    person,
    observe(person, list, world.asOf, exploited, new Stream(9, list, person.id, String(exploited))),
  ]);
}

describe('an observation', () => {
  it('says of every difference which mistake made it', () => {
    for (const list of lists)
      for (const [person, { given, surname, born, ssn, errors }] of seen(list, true)) {
        const text = errors.join(' ');
        if (given !== person.given) expect(text).toMatch(/nickname|given|alias|names_swapped/);
        if (surname !== person.surname) expect(text).toMatch(/surname|alias|names_swapped/);
        if (born !== dayText(person.born)) expect(text).toMatch(/birth_date|day_month|false_age/);
        if (ssn !== (person.ssn ?? '')) expect(text).toMatch(/ssn/);
      }
  });

  it('keeps every date of birth a date, whatever went wrong', () => {
    for (const list of lists)
      for (const [, { born }] of seen(list, true))
        expect(new Date(`${born}T00:00:00Z`).toISOString().slice(0, 10)).toBe(born);
  });

  it('has more false ages on the street than in schools, and more of those who are exploited', () => {
    const rate = (list: (typeof lists)[number], exploited: boolean): number =>
      seen(list, exploited).filter(([, { errors }]) => errors.includes('false_age')).length;
    expect(rate('education', false)).toBe(0);
    expect(rate('probation', false)).toBeGreaterThan(0);
    expect(rate('probation', true)).toBeGreaterThan(2 * rate('probation', false));
  });

  it('uses only numbers that are never given out', () => {
    for (const [person, { ssn, phone }] of seen('health', false)) {
      expect(ssn).toMatch(/^(9\d\d-\d\d-\d{4})?$/);
      expect(person.phone ?? '000-555-').toMatch(/^\d{3}-555-/);
      expect(phone === '' || phone === person.phone).toBe(true);
    }
  });
});

describe('a household', () => {
  it('depends on nothing but the seed and its number', () => {
    const alone = household(world, places[18] as never, 700);
    expect(people.filter(({ household: id }) => id === alone[0]?.household)).toEqual(alone);
  });

  it('has twins of one birthday, and brothers and sisters of one surname', () => {
    const twins = people.filter(({ twin }) => twin);
    expect(twins.length).toBeGreaterThan(10);
    for (const twin of twins)
      expect(
        people.some(
          (other) => other !== twin && other.household === twin.household && other.born === twin.born,
        ),
      ).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { Agencies, type List } from '../../../etl/synthesize/agencies.ts';
import { dayOf } from '../../../etl/synthesize/day.ts';
import { type Hidden, hiddenTruth } from '../../../etl/synthesize/hidden.ts';
import { household } from '../../../etl/synthesize/household.ts';
import type { Person } from '../../../etl/synthesize/person.ts';
import { type Place, placesOf } from '../../../etl/synthesize/places.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';

const contracts = loadContracts();
const places = placesOf(contracts);
const alameda = places[0] as Place;
const world = {
  seed: 11,
  asOf: dayOf(2026, 6, 30),
  from: dayOf(2023, 7, 1),
  places,
  requiredInTeams: () => [],
};
const agencies = new Agencies(contracts, places);
const truths = Array.from({ length: 9000 }, (_, i) => household(world, alameda, i))
  .flat()
  .flatMap((person): [Person, Hidden][] => {
    const hidden = hiddenTruth(world, person, agencies, 1500);
    return hidden === undefined ? [] : [[person, hidden]];
  });
const noticedBy = (hidden: Hidden, list: List): boolean =>
  hidden.notices.some((notice) => notice.list === list);

describe('the hidden population', () => {
  it('has a true size that no list holds', () => {
    expect(truths.length).toBeGreaterThan(800);
    const identified = truths.filter(([, { notices }]) => notices.length > 0).length;
    expect(identified).toBeLessThan(truths.length * 0.6);
    expect(identified).toBeGreaterThan(truths.length * 0.15);
  });

  it('begins before 18 and is told in order, with returns apart from each other', () => {
    for (const [person, { spells }] of truths) {
      expect(spells[0]?.from).toBeLessThan(person.born + 18.1 * 365.25);
      spells.forEach((spell, i) => {
        expect(spell.from).toBeLessThanOrEqual(spell.to);
        if (i > 0) expect(spell.from).toBeGreaterThan(spells[i - 1]?.to ?? 0);
      });
    }
    expect(truths.some(([, { spells }]) => spells.length > 3)).toBe(true);
  });

  it('is noticed only while it lasts, and by no list twice', () => {
    for (const [, { spells, notices }] of truths) {
      expect(new Set(notices.map(({ list }) => list)).size).toBe(notices.length);
      for (const { on } of notices)
        expect(spells.some(({ from, to }) => from <= on && on <= to + 30)).toBe(true);
    }
  });

  it('makes lists depend on each other, so that two lists taken as independent fall short of the truth', () => {
    const one = truths.filter(([, hidden]) => noticedBy(hidden, 'child_welfare')).length;
    const two = truths.filter(([, hidden]) => noticedBy(hidden, 'health')).length;
    const both = truths.filter(
      ([, hidden]) => noticedBy(hidden, 'child_welfare') && noticedBy(hidden, 'health'),
    ).length;
    expect((one * two) / both).toBeLessThan(truths.length * 0.75);
  });

  it('is noticed less in boys, and more the more intense it is', () => {
    const share = (test: (of: [Person, Hidden]) => boolean): number => {
      const chosen = truths.filter(test);
      return chosen.filter(([, { notices }]) => notices.length > 0).length / chosen.length;
    };
    expect(share(([person]) => person.sex === 'male')).toBeLessThan(
      share(([person]) => person.sex === 'female'),
    );
    expect(share(([, { intensity }]) => intensity === 1)).toBeLessThan(
      share(([, { intensity }]) => intensity > 3),
    );
    expect(share(([, { visibility }]) => visibility < 50)).toBeLessThan(
      share(([, { visibility }]) => visibility > 150),
    );
  });
});

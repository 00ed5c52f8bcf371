/** The way of a request, taken with every order of acts and people, beside a second reading of what happened. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Actor, type RequestState, type Step, stateOn } from '../../src/datasets/request.ts';
import { type Act, approvalsOf, plan } from '../../src/datasets/review-workflow.ts';
import { Refused } from '../../src/errors.ts';

const AUTHOR = 'ana';
const people: readonly Actor[] = [
  { person: AUTHOR, name: 'Ana', role: 'researcher' },
  // Whoever asked may well be a steward otherwise.
  { person: AUTHOR, name: 'Ana', role: 'steward' },
  { person: 'ben', name: 'Ben', role: 'steward' },
  { person: 'ben', name: 'Ben', role: 'county-counsel' },
  { person: 'cai', name: 'Cai', role: 'county-counsel' },
  { person: 'dee', name: 'Dee', role: 'survivor-advisor' },
  { person: 'eva', name: 'Eva', role: 'steward' },
];
const acts = fc.record({
  act: fc.constantFrom<Act>(
    { act: 'submit' },
    { act: 'withdraw' },
    { act: 'begin' },
    { act: 'approve' },
    { act: 'return', words: 'Not yet.' },
    { act: 'reject', words: 'No.' },
    { act: 'comment', words: 'Good.' },
    { act: 'release', words: '1' },
    { act: 'link' },
    { act: 'revoke' },
    { act: 'destroy', words: 'Wiped.' },
  ),
  by: fc.constantFrom(...people),
});

/** Whatever is refused leaves everything as it was. */
function live(asked: readonly { act: Act; by: Actor }[]): { state: RequestState; steps: Step[] } {
  let state: RequestState = 'draft';
  const steps: Step[] = [];
  for (const { act, by } of asked) {
    try {
      const planned = plan({ state, author: AUTHOR }, steps, act, by);
      state = planned.state;
      for (const { step, words } of planned.steps) steps.push({ step, words, ...by, at: new Date(0) });
    } catch (error) {
      expect(error).toBeInstanceOf(Refused);
    }
  }
  return { state, steps };
}

describe('a request', () => {
  test('is released only after a steward and a counsel, two people who did not ask, approved the same version', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 40 }), (asked) => {
        const { steps } = live(asked);
        const names = steps.map(({ step }) => step);
        const first = names.indexOf('released');
        if (first === -1) return;
        const round = steps.slice(0, first).slice(names.slice(0, first).lastIndexOf('submitted'));
        const yes = round.filter(({ step }) => step === 'approved');
        expect(yes.some(({ role }) => role === 'steward')).toBe(true);
        expect(yes.some(({ role }) => role === 'county-counsel')).toBe(true);
        expect(new Set(yes.map(({ person }) => person)).size).toBe(yes.length);
        expect(yes.map(({ person }) => person)).not.toContain(AUTHOR);
        expect(round.map(({ step }) => step)).not.toContain('returned');
      }),
      { numRuns: 400 },
    );
  });

  test('goes no further once it was rejected, withdrawn or destroyed', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 40 }), (asked) => {
        const names = live(asked).steps.map(({ step }) => step);
        const end = names.findIndex(
          (step) => step === 'rejected' || step === 'withdrawn' || step === 'destroyed',
        );
        if (end !== -1) expect(names.slice(end + 1)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ['who asked, as a steward', 'OWN_REQUEST', { act: 'approve' } as const, people[1]],
    ['an advisor who would reject alone', 'NOT_YOURS', { act: 'reject', words: 'No.' } as const, people[5]],
    ['somebody else who would take it back', 'NOT_YOURS', { act: 'withdraw' } as const, people[2]],
    ['a release before it is approved', 'OUT_OF_TURN', { act: 'release', words: '1' } as const, people[2]],
  ])('refuses %s', (_, code, act, by) => {
    const { state, steps } = live([{ act: { act: 'submit' }, by: people[0] as Actor }]);
    expect(() => plan({ state, author: AUTHOR }, steps, act, by as Actor)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test('is not approved by what was approved before it came back', () => {
    const [ana, , ben, , cai] = people as readonly [Actor, Actor, Actor, Actor, Actor];
    const { state, steps } = live([
      { act: { act: 'submit' }, by: ana },
      { act: { act: 'approve' }, by: ben },
      { act: { act: 'return', words: 'Not yet.' }, by: cai },
      { act: { act: 'submit' }, by: ana },
      { act: { act: 'approve' }, by: cai },
    ]);
    expect([state, approvalsOf(steps).map(({ person }) => person)]).toEqual(['in_review', ['cai']]);
  });
});

test('what was released is over after its last day, and not on it', () => {
  const request = { state: 'released', content: { until: '2026-06-30' } } as const;
  expect([stateOn(request, '2026-06-30'), stateOn(request, '2026-07-01')]).toEqual(['released', 'expired']);
});

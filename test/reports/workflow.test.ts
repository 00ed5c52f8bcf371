/** The way of an edition, asked with every order of acts and people, beside a second reading of what happened. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '../../src/errors.ts';
import type { EditionState, Step } from '../../src/reports/edition.ts';
import { type Newest, planDraft } from '../../src/reports/open-draft.ts';
import { type Act, plan } from '../../src/reports/workflow.ts';

const people = ['ana', 'ben', 'cai'] as const;
const acts = fc.record({
  act: fc.constantFrom<Act>(
    { act: 'submit' },
    { act: 'make' },
    { act: 'approve' },
    { act: 'return', words: 'Not yet.' },
    { act: 'comment', words: 'Good.' },
  ),
  by: fc.constantFrom(...people),
});

/** Whatever is refused leaves everything as it was. */
function live(asked: readonly { act: Act; by: string }[]): { state: EditionState; steps: Step[] } {
  let state: EditionState = 'draft';
  const steps: Step[] = [];
  for (const { act, by } of asked) {
    try {
      const planned = plan(state, steps, act, by);
      state = planned.state;
      for (const { step, words } of planned.steps)
        steps.push({ step, words, person: act.act === 'make' ? null : by, name: by, at: new Date(0) });
    } catch (error) {
      expect(error).toBeInstanceOf(Refused);
    }
  }
  return { state, steps };
}

describe('an edition', () => {
  test('is published by exactly two people who approved the files of the same round, and never changes after', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 40 }), (asked) => {
        const { state, steps } = live(asked);
        const names = steps.map(({ step }) => step);
        expect(names.includes('published')).toBe(state === 'published');
        if (state !== 'published') return;
        expect(names.at(-1)).toBe('published');
        const round = steps.slice(names.lastIndexOf('submitted'));
        const approvals = round.filter(({ step }) => step === 'approved');
        expect(new Set(approvals.map(({ person }) => person)).size).toBe(2);
        expect(approvals).toHaveLength(2);
        const said = round.map(({ step }) => step);
        expect(said.indexOf('made')).toBeGreaterThan(0);
        expect(said.indexOf('made')).toBeLessThan(said.indexOf('approved'));
      }),
    );
  });

  test('is in review exactly from when it is submitted until it is returned', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 40 }), (asked) => {
        const { state, steps } = live(asked);
        const turns: Partial<Record<Step['step'], EditionState>> = {
          submitted: 'review',
          published: 'published',
          returned: 'draft',
        };
        const last = steps.flatMap(({ step }) => turns[step] ?? []).at(-1);
        expect(state).toBe(last ?? 'draft');
      }),
    );
  });

  test('cannot be approved before its files are there, nor by what was approved in an earlier round', () => {
    const asked = (...acts: string[]) =>
      live(
        acts.map((one) => ({
          act: { act: one.split(' ')[0], words: 'w' } as Act,
          by: one.split(' ')[1] ?? '',
        })),
      );
    expect(asked('submit', 'approve ana', 'approve ben').steps).toHaveLength(1);
    const earlier = ['submit', 'make', 'approve ana', 'return', 'submit', 'make', 'approve ben'];
    expect(asked(...earlier).state).toBe('review');
    expect(asked(...earlier, 'approve ben').state).toBe('review');
    expect(asked(...earlier, 'approve ana').state).toBe('published');
  });
});

test.each<[string, Newest | undefined, ReturnType<typeof planDraft>['do']]>([
  ['a year without a report gets its first draft', undefined, 'open'],
  ['a draft moves on to the newer release', newest('draft', 4), 'move'],
  ['one in review is left to those who read it', newest('review', 4), 'nothing'],
  ['a published one is corrected by the next', newest('published', 4), 'open'],
  ['nothing is drafted twice from one release', newest('published', 5), 'nothing'],
  ['a draft of a newer release stays', newest('draft', 6), 'nothing'],
])('%s', (_, found, wanted) => {
  const planned = planDraft(found, 5);
  expect(planned.do).toBe(wanted);
  if (planned.do === 'open') expect(planned.number).toBe((found?.number ?? 0) + 1);
});

function newest(state: EditionState, release: number): Newest {
  return { id: 'e', number: 3, release, state };
}

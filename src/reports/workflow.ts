/**
 * Which step may follow which: draft → review → published, and back from review to draft. Pure: it plans, and stores
 * nothing. Two different people approve the very files that are then published.
 */
import { Refused } from '../errors.ts';
import type { EditionState, Step } from './edition.ts';

export type Act =
  | { readonly act: 'submit' }
  | { readonly act: 'comment' | 'return'; readonly words: string }
  | { readonly act: 'approve' }
  /** The hub's own: the files of the edition under review are there. */
  | { readonly act: 'make' };

export interface Planned {
  readonly steps: readonly { readonly step: Step['step']; readonly words: string | null }[];
  readonly state: EditionState;
}

const APPROVALS = 2;
const longestWords = 4000;

export function plan(state: EditionState, steps: readonly Step[], act: Act, person: string | null): Planned {
  switch (act.act) {
    case 'comment':
      if (state === 'published') throw published();
      return { state, steps: [{ step: 'commented', words: said(act.words) }] };
    case 'submit':
      if (state === 'published') throw published();
      if (state === 'review') throw new Refused('IN_REVIEW', 'The edition is in review already.');
      return { state: 'review', steps: [only('submitted')] };
    case 'return':
      inReview(state);
      return { state: 'draft', steps: [{ step: 'returned', words: said(act.words) }] };
    case 'make':
      inReview(state);
      return { state, steps: [only('made')] };
    case 'approve':
      return approve(state, sinceSubmitted(steps), person);
  }
}

/** What happened since it was last put to review: approvals of an earlier round are of other files. */
function sinceSubmitted(steps: readonly Step[]): readonly Step[] {
  return steps.slice(steps.findLastIndex(({ step }) => step === 'submitted') + 1);
}

export function roundOf(steps: readonly Step[]): number {
  return steps.filter(({ step }) => step === 'submitted').length;
}

function approve(state: EditionState, round: readonly Step[], person: string | null): Planned {
  inReview(state);
  if (!round.some(({ step }) => step === 'made'))
    throw new Refused('FILES_NOT_MADE', 'The files of this edition are not made yet.', {
      remedy: 'Read them once they are there, and approve then.',
    });
  const before = new Set(round.filter(({ step }) => step === 'approved').map((one) => one.person));
  // Said twice it counts once.
  if (before.has(person)) return { state, steps: [] };
  if (before.size + 1 < APPROVALS) return { state, steps: [only('approved')] };
  return { state: 'published', steps: [only('approved'), only('published')] };
}

function inReview(state: EditionState): void {
  if (state === 'published') throw published();
  if (state === 'draft')
    throw new Refused('NOT_IN_REVIEW', 'The edition is a draft; it is not in review.', {
      remedy: 'Put it to review first.',
    });
}

function only(step: Step['step']): Planned['steps'][number] {
  return { step, words: null };
}

function said(words: string): string {
  const told = words.trim();
  if (told === '' || told.length > longestWords)
    throw new Refused('WORDS', `What is said has 1 to ${longestWords} characters.`);
  return told;
}

function published(): Refused {
  return new Refused('PUBLISHED', 'This edition is published and stays as it is.', {
    remedy: 'Open a new edition that corrects it; it carries the list of what changed.',
  });
}

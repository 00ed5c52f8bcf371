/**
 * Which step of a request may follow which, and who takes it. Pure: it plans, and stores nothing.
 *
 * draft → submitted → in review → approved → released → expired → destroyed, and out of it: returned, rejected, withdrawn.
 * A steward and a counsel, two people of whom neither asked, approve the same version.
 */
import { Refused } from '../errors.ts';
import type { Actor, RequestState, Step } from './request.ts';

export type Act =
  | { readonly act: 'submit' | 'withdraw' | 'begin' | 'approve' | 'revoke' | 'link' }
  | { readonly act: 'comment' | 'return' | 'reject' | 'destroy'; readonly words: string }
  /** By the hub, for the steward who asked: a bundle of a release is there. */
  | { readonly act: 'release'; readonly words: string };

export interface Standing {
  readonly state: RequestState;
  readonly author: string;
}

export interface Planned {
  readonly steps: readonly { readonly step: Step['step']; readonly words: string | null }[];
  readonly state: RequestState;
}

/** Whose yes is needed; who else looks at a request is heard, and decides nothing alone. */
const NEEDED = ['steward', 'county-counsel'] as const;
const LONGEST_WORDS = 4000;

const FROM: Readonly<Record<Act['act'], readonly RequestState[]>> = {
  submit: ['draft', 'returned'],
  withdraw: ['draft', 'submitted', 'in_review', 'returned', 'approved'],
  begin: ['submitted'],
  comment: ['draft', 'submitted', 'in_review', 'returned', 'approved', 'released', 'expired'],
  approve: ['submitted', 'in_review'],
  return: ['submitted', 'in_review'],
  reject: ['submitted', 'in_review'],
  release: ['approved', 'released'],
  link: ['released'],
  revoke: ['released', 'expired'],
  destroy: ['released', 'expired'],
};

export function plan({ state, author }: Standing, steps: readonly Step[], act: Act, by: Actor): Planned {
  const own = by.person === author;
  if (['begin', 'approve', 'return', 'reject', 'release'].includes(act.act) && own)
    throw new Refused('OWN_REQUEST', 'Whoever asks for a dataset does not review it.', {
      remedy: 'Another steward or counsel decides.',
    });
  if (['submit', 'withdraw'].includes(act.act) && !own)
    throw new Refused(
      'NOT_YOURS',
      'Only who asked for a dataset puts the request to review or takes it back.',
    );
  if (act.act === 'reject' && !NEEDED.some((role) => role === by.role))
    throw new Refused(
      'NOT_YOURS',
      'A request is rejected by a steward or a counsel; who advises returns it.',
    );
  if (!FROM[act.act].includes(state)) throw outOfTurn(state);
  switch (act.act) {
    case 'submit':
      return { state: 'submitted', steps: [only('submitted')] };
    case 'withdraw':
      return { state: 'withdrawn', steps: [only('withdrawn')] };
    case 'begin':
      return { state: 'in_review', steps: [only('begun')] };
    case 'comment':
      return { state, steps: [{ step: 'commented', words: said(act.words) }] };
    case 'approve':
      return approve(state, steps, by);
    case 'return':
      return { state: 'returned', steps: [...begun(state), { step: 'returned', words: said(act.words) }] };
    case 'reject':
      return { state: 'rejected', steps: [...begun(state), { step: 'rejected', words: said(act.words) }] };
    case 'release':
      return { state: 'released', steps: [{ step: 'released', words: act.words }] };
    case 'link':
      return { state, steps: [only('linked')] };
    case 'revoke':
      return { state, steps: [only('revoked')] };
    case 'destroy':
      return { state: 'destroyed', steps: [{ step: 'destroyed', words: said(act.words) }] };
  }
}

function approve(state: RequestState, steps: readonly Step[], by: Actor): Planned {
  const approvals = approvalsOf(steps);
  // Said twice it counts once, in whatever role.
  if (approvals.some(({ person }) => person === by.person)) return { state, steps: [] };
  const roles = new Set([...approvals.map(({ role }) => role), by.role]);
  return {
    state: NEEDED.every((role) => roles.has(role)) ? 'approved' : 'in_review',
    steps: [...begun(state), only('approved')],
  };
}

/** Since it was last put to review: an approval of an earlier version is of other words. */
export function approvalsOf(steps: readonly Step[]): readonly Step[] {
  return steps
    .slice(steps.findLastIndex(({ step }) => step === 'submitted') + 1)
    .filter(({ step }) => step === 'approved');
}

/** The roles whose approval is still waited for. */
export function waitedFor(steps: readonly Step[]): readonly string[] {
  const roles = new Set(approvalsOf(steps).map(({ role }) => role));
  return NEEDED.filter((role) => !roles.has(role));
}

function begun(state: RequestState): Planned['steps'] {
  return state === 'submitted' ? [only('begun')] : [];
}

function only(step: Step['step']): Planned['steps'][number] {
  return { step, words: null };
}

function said(words: string): string {
  const told = words.trim();
  if (told === '' || told.length > LONGEST_WORDS)
    throw new Refused('WORDS', `What is said has 1 to ${LONGEST_WORDS} characters.`);
  return told;
}

function outOfTurn(state: RequestState): Refused {
  return new Refused(
    'OUT_OF_TURN',
    `The request is ${state.replace('_', ' ')}: that cannot be done with it now.`,
    {
      remedy: 'Its page says what comes next.',
    },
  );
}

import type { Membership } from '../membership.ts';
import { tellCare } from './care.ts';
import {
  birthday,
  cell,
  type Day,
  dayText,
  lastDay,
  momentText,
  type Story,
  type Stream,
  weighted,
  yesNo,
} from './parts.ts';
import type { Scope } from './scope.ts';

const ALLEGATION = weighted([
  ['GENERAL_NEGLECT', 480],
  ['PHYSICAL_ABUSE', 150],
  ['SEXUAL_ABUSE', 120],
  ['EMOTIONAL_ABUSE', 90],
  ['CARETAKER_ABSENCE', 80],
  ['SEVERE_NEGLECT', 30],
  ['AT_RISK_SIBLING', 50],
]);
const DISPOSITION = weighted([
  ['SUBSTANTIATED', 220],
  ['INCONCLUSIVE', 220],
  ['UNFOUNDED', 420],
  ['EVALUATED_OUT', 140],
]);
const REPORTER = weighted([
  ['1', 120],
  ['2', 130],
  ['3', 60],
  ['4', 260],
  ['5', 230],
  ['8', 60],
  ['12', 40],
  ['99', 100],
]);
const DECISION = weighted([
  ['evaluated_out', 340],
  ['10_day', 480],
  ['immediate', 160],
  ['n5', 20],
]);
/** Referrals, allegations, the case in its components, placements and absences. */
export function tellChildWelfare(story: Story, who: Membership, scope: Scope): void {
  const stream = story.stream('child welfare');
  const start = Math.max(who.on, story.world.from - 700);
  const until = lastDay(story, 18);
  const referrals = stream.between(1, 3 + story.person.hardship * 2);
  let day = start;
  for (let i = 0; i < referrals && day < until; i++) {
    tellReferral(story, who, day, false, stream);
    day += stream.waiting(260);
  }
  const noticed = story.hidden?.notices.find(({ list }) => list === 'child_welfare')?.on;
  if (noticed !== undefined && noticed < until) {
    tellReferral(story, who, noticed, true, stream);
    tellReport(story, who, noticed, stream);
  }
  if (!stream.perMille(noticed === undefined ? 300 : 640))
    return tellCsecHistory(story, who, undefined, scope);
  const opened = Math.min(noticed ?? until, start + stream.between(5, 400));
  tellCase(story, who, opened, until, stream);
  const removed = stream.perMille(noticed === undefined ? 450 : 700)
    ? opened + stream.between(0, 90)
    : undefined;
  if (removed !== undefined) tellCare(story, who, removed, until, stream);
  tellCsecHistory(story, who, removed, scope);
}

function tellReferral(story: Story, who: Membership, day: Day, exploitation: boolean, stream: Stream): void {
  const decision =
    exploitation && stream.perMille(850) ? stream.pick(['immediate', '10_day']) : stream.weighted(DECISION);
  const contact = decision === 'immediate' ? stream.between(30, 1500) : stream.between(1440, 14000);
  const at = stream.between(420, 1320);
  const closed = day + stream.between(4, 42);
  const referral = story.span('cw_referral', who, day, closed, (end) => ({
    referral_received_at: momentText(day, at),
    reporter_type: stream.weighted(REPORTER),
    screening_decision: decision,
    csec_flag: exploitation ? (stream.perMille(700) ? 'alleged' : 'suspected') : 'none',
    csec_special_project_code: exploitation && stream.perMille(930) ? 'S-CSEC' : '',
    jurisdiction: exploitation ? stream.pick(['child_welfare', 'child_welfare', 'dual', 'unknown']) : '',
    response_tier: exploitation ? (decision === 'immediate' ? 'MT.IC' : 'MT.IN') : '',
    contact_made_at:
      end === undefined || decision === 'evaluated_out'
        ? ''
        : momentText(day, at + Math.min(contact, (end - day) * 1440)),
    closed_date: cell(end),
  }));
  if (referral === undefined) return;
  const types = exploitation
    ? ['SEXUAL_ABUSE', stream.pick(['CARETAKER_ABSENCE', 'GENERAL_NEGLECT'])]
    : [stream.weighted(ALLEGATION)];
  if (types[0] === 'AT_RISK_SIBLING') types.push('GENERAL_NEGLECT');
  for (const type of types) {
    const found = decision === 'evaluated_out' ? 'EVALUATED_OUT' : stream.weighted(DISPOSITION);
    story.span('cw_allegation', who, day, closed, (end) => ({
      referral_id: referral,
      allegation_type: type,
      disposition: end === undefined ? 'PENDING' : found,
      disposition_date: cell(end),
      perpetrator_relation: exploitation
        ? stream.pick(['third_party', 'parent_or_guardian', 'unknown'])
        : 'parent_or_guardian',
      ncands_maltreatment: exploitation && type === 'SEXUAL_ABUSE' ? nationalType(end) : '',
      cross_reported_le: yesNo(
        type !== 'GENERAL_NEGLECT' &&
          type !== 'CARETAKER_ABSENCE' &&
          type !== 'AT_RISK_SIBLING' &&
          stream.perMille(960),
      ),
      cross_reported_at: '',
    }));
  }
}

/** Law enforcement is told of an identified young person: mostly within the day, sometimes late, sometimes never. */
function tellReport(story: Story, who: Membership, day: Day, stream: Stream): void {
  const hours = stream.weighted(
    weighted([
      [1, 180],
      [3, 220],
      [9, 200],
      [20, 180],
      [31, 90],
      [70, 80],
      [-1, 50],
    ]),
  );
  const at = stream.between(480, 1200);
  story.event(
    'cw_le_report',
    who,
    day,
    {
      identified_at: momentText(day, at),
      reported_at: hours < 0 ? '' : momentText(day, at + hours * 60 - stream.below(50)),
      agency_type: hours < 0 ? '' : stream.pick(['police', 'police', 'sheriff', 'task_force']),
    },
    4,
  );
}

function tellCase(story: Story, who: Membership, opened: Day, until: Day, stream: Stream): void {
  const components = stream.pick([
    ['ER'],
    ['ER', 'FM'],
    ['ER', 'FR'],
    ['ER', 'FR', 'PP'],
    ['FM'],
    ['ER', 'FM', 'FR', 'PP'],
  ] as const);
  const caseId = `case-${who.localId}`;
  const status = stream.weighted(
    weighted([
      ['300', 650],
      ['voluntary', 180],
      ['241_1', 80],
      ['none', 90],
    ]),
  );
  let from = opened;
  for (const [i, component] of components.entries()) {
    if (from >= until) return;
    const days = component === 'ER' ? stream.between(10, 30) : stream.between(120, 500);
    const to = Math.min(from + days, until);
    const last = i === components.length - 1;
    story.span('cw_case', who, from, to, (end) => ({
      case_id: caseId,
      component,
      start_date: cell(from),
      end_date: cell(end),
      end_reason:
        end === undefined
          ? ''
          : last
            ? stream.pick(['services_completed', 'reunified', 'guardianship', 'other'])
            : 'next_component',
      supervising_agency: stream.perMille(930) ? 'child_welfare' : 'probation',
      court_status: status,
    }));
    from = to + 1;
  }
}

/** The exploitation record of the case system: before care, in care, in an open case, or a concern. */
function tellCsecHistory(story: Story, who: Membership, removed: Day | undefined, scope: Scope): void {
  const noticed = story.hidden?.notices.find(({ list }) => list === 'child_welfare');
  const first = story.hidden?.spells[0];
  if (noticed === undefined || first === undefined || noticed.on < birthday(story.person.born, 10)) return;
  const sure = noticed.status === 'confirmed' || scope.confirmed !== undefined;
  const type = !sure ? '6867' : removed === undefined ? '6870' : removed > noticed.on ? '6868' : '6869';
  const from = Math.min(first.from, noticed.on);
  story.span(
    'cw_csec_history',
    who,
    noticed.on,
    sure ? noticed.on : undefined,
    () => ({
      csec_type: type,
      start_date: cell(from),
      end_date: '',
      entered_at: momentText(noticed.on, 700),
    }),
    4,
  );
}

/** The national file has a type of its own for trafficking since the federal year 2019, and had sexual abuse before. */
function nationalType(decided: Day | undefined): string {
  return decided !== undefined && dayText(decided) < '2018-10-01' ? '4' : '7';
}

import type { Membership } from '../membership.ts';
import {
  birthday,
  cell,
  type Day,
  exploitedBetween,
  isExploitedOn,
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
/** The type of facility with the kind of place that it is. */
const FACILITY = weighted([
  [['RESOURCE_FAMILY', 'PL.FH'], 340],
  [['RELATIVE_NREFM', 'PL.REL'], 260],
  [['STRTP', 'PL.GH'], 220],
  [['COUNTY_SHELTER', 'PL.SH.CHI'], 60],
  [['GROUP_HOME', 'PL.GH'], 80],
  [['THP', 'PL.TH'], 40],
] as const);
const FACTOR = weighted([
  ['exploiter', 220],
  ['friends_or_partner', 260],
  ['family', 160],
  ['placement_conflict', 160],
  ['placement_unsafe', 60],
  ['unknown', 140],
]);
const MOVE = weighted([
  ['planned_move', 420],
  ['caregiver_request', 280],
  ['youth_request', 150],
  ['safety', 150],
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
      ncands_maltreatment: exploitation && type === 'SEXUAL_ABUSE' ? '7' : '',
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

function tellCare(story: Story, who: Membership, removed: Day, until: Day, stream: Stream): void {
  const leaving = Math.min(until, removed + stream.between(90, 900));
  const custodyEnd = removed + 2;
  story.event(
    'cw_protective_custody',
    who,
    removed,
    {
      taken_at: momentText(removed, stream.between(480, 1380)),
      ended_at: momentText(custodyEnd, 600),
      legal_basis: stream.pick(['WIC_306', 'WIC_305', 'WIC_309', 'WIC_340']),
      taken_by: stream.pick(['PA.CW', 'PA.LE', 'PA.SHF']),
      outcome: 'placed',
    },
    3,
  );
  let from = removed;
  for (let i = 0; i < 12 && from < leaving; i++) {
    const [facility, kind] = stream.weighted(FACILITY);
    const restless =
      isExploitedOn(story.hidden, from) || exploitedBetween(story.hidden, from, from + 60) !== undefined;
    const to = Math.min(leaving, from + stream.between(20, restless ? 140 : 420));
    const absence = stream.perMille(restless ? 550 : 70);
    const reason =
      to === leaving
        ? stream.pick(['reunified', 'adopted_or_guardianship', 'other'])
        : absence
          ? 'absence'
          : stream.weighted(MOVE);
    const far = stream.perMille(180);
    const placement = story.span('cw_placement', who, from, to, (end) => ({
      removal_episode_id: `ep-${who.localId}`,
      facility_type: facility,
      placement_type: kind,
      start_date: cell(from),
      end_date: cell(end),
      end_reason: end === undefined ? '' : reason,
      out_of_county: yesNo(far),
      out_of_state: 'false',
      csec_specific: yesNo(restless && stream.perMille(230)),
      no_eject_return: end !== undefined && reason === 'absence' ? yesNo(stream.perMille(450)) : '',
    }));
    from = to;
    if (placement !== undefined && reason === 'absence')
      from = tellAbsence(story, who, placement, to, stream);
  }
}

/** Answers with the day of the return. */
function tellAbsence(story: Story, who: Membership, placement: string, left: Day, stream: Stream): Day {
  const back = left + 1 + stream.waiting(9);
  const evening = stream.between(900, 1380);
  const discovered = evening + stream.between(30, 700);
  const told =
    discovered +
    stream.weighted(
      weighted([
        [30, 400],
        [200, 300],
        [900, 180],
        [2400, 70],
        [-1, 50],
      ]),
    );
  const exploited = exploitedBetween(story.hidden, left, back) !== undefined;
  story.span(
    'cw_absence',
    who,
    left,
    back,
    (end) => ({
      placement_id: placement,
      absent_from: momentText(left, evening),
      discovered_at: momentText(left, discovered),
      le_report_at: told < discovered ? '' : momentText(left, told),
      ncmec_report_at: told < discovered ? '' : momentText(left, told + 45),
      returned_at: end === undefined ? '' : momentText(Math.max(end, left + 2), 600),
      return_interview_at:
        end === undefined || stream.perMille(250) ? '' : momentText(Math.max(end, left + 2), 900),
      primary_factor: end === undefined ? '' : stream.weighted(FACTOR),
      exploited_during:
        end === undefined
          ? 'unknown'
          : exploited && stream.perMille(600)
            ? 'yes'
            : stream.pick(['no', 'no', 'unknown']),
    }),
    5,
  );
  return back;
}

/** The exploitation record of the case system: before care, in care, in an open case, while absent, or a concern. */
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

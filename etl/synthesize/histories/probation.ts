import type { Membership } from '../membership.ts';
import {
  birthday,
  cell,
  type Day,
  dayText,
  isExploitedOn,
  lastDay,
  momentText,
  type Story,
  type Stream,
  weighted,
  yesNo,
} from './parts.ts';

const CHARGE = weighted([
  [['OTHER', 'misdemeanor'], 560],
  [['OTHER', 'felony'], 240],
  [['WIC 601', 'status'], 90],
  [['WIC 602', 'misdemeanor'], 110],
] as const);
const ACTION = weighted([
  ['closed', 330],
  ['informal', 170],
  ['diversion', 180],
  ['petition', 320],
]);
const HALL = weighted([
  ['hall', 820],
  ['camp', 110],
  ['ranch', 50],
  ['syth', 20],
]);

/** Referrals, charges, detention, courts, diversion and supervision. */
export function tellProbation(story: Story, who: Membership): void {
  const stream = story.stream('probation');
  const noticed = story.hidden?.notices.find(({ list }) => list === 'probation');
  const start = Math.max(birthday(story.person.born, 12), story.world.from);
  const until = lastDay(story, 18);
  const days = new Set<Day>(noticed === undefined ? [] : [noticed.on]);
  let day = Math.max(start, who.on);
  const arrests = stream.weighted(
    weighted([
      [1, 560],
      [2, 220],
      [3, 110],
      [5, 70],
      [7, 40],
    ]),
  );
  while (days.size < arrests && day < until) {
    days.add(day);
    day += 20 + stream.waiting(180);
  }
  let supervised = start - 1;
  for (const on of [...days].sort((a, b) => a - b)) {
    if (on >= until) break;
    supervised = tellArrest(story, who, on, noticed?.on, supervised, stream);
  }
}

/** One referral with all that follows; answers with the last day of supervision so far. */
function tellArrest(
  story: Story,
  who: Membership,
  on: Day,
  noticed: Day | undefined,
  busy: Day,
  stream: Stream,
): Day {
  const exploited = isExploitedOn(story.hidden, on);
  const action = stream.weighted(ACTION);
  const referral = story.event('pr_referral', who, on, {
    referred_at: cell(on),
    source: stream.weighted(
      weighted([
        ['law_enforcement', 800],
        ['school', 90],
        ['parent', 40],
        ['other', 70],
      ]),
    ),
    arrest_date: cell(on - stream.below(3)),
    action,
    csec_screened: yesNo(stream.perMille(720)),
    exploited_circumstance:
      on === noticed
        ? 'yes'
        : exploited && stream.perMille(80)
          ? 'yes'
          : stream.pick(['no', 'no', 'no', 'unknown']),
  });
  if (referral === undefined) return busy;
  for (let i = stream.below(2); i >= 0; i--) {
    const [statute, level] = indicative(on, exploited, stream) ?? stream.weighted(CHARGE);
    story.event('pr_charge', who, on, {
      referral_id: referral,
      statute,
      level,
      offense_date: cell(on - stream.below(4)),
      disposition:
        action === 'petition'
          ? stream.pick(['sustained', 'dismissed', 'reduced', 'pending'])
          : stream.pick(['not_filed', 'diverted', 'dismissed']),
      disposition_date: '',
    });
  }
  if (stream.perMille(260)) {
    const out = on + stream.between(1, action === 'petition' ? 60 : 4);
    const facility = action === 'petition' ? stream.weighted(HALL) : 'hall';
    story.span(
      'pr_detention',
      who,
      on,
      out,
      (end) => ({
        facility_type: facility,
        booked_at: momentText(on, stream.between(60, 1400)),
        released_at: end === undefined ? '' : momentText(end + 1, 600),
        release_reason:
          end === undefined ? '' : stream.pick(['home', 'home', 'placement', 'child_welfare', 'shelter']),
        status: facility === 'hall' ? 'pre_disposition' : 'post_disposition',
      }),
      3,
    );
  }
  if (action === 'diversion') {
    const to = on + stream.between(60, 200);
    story.span('pr_diversion', who, on + 5, to, (end) => ({
      referral_id: referral,
      stage: 'pre_adjudication',
      offered_at: cell(on + 5),
      ended_at: cell(end),
      outcome:
        end === undefined ? 'ongoing' : stream.pick(['completed', 'completed', 'not_completed', 'declined']),
      record_created: yesNo(stream.perMille(300)),
    }));
  }
  if (action !== 'petition') return busy;
  return tellCourt(
    story,
    who,
    on + stream.between(2, 15),
    noticed !== undefined && noticed <= on,
    busy,
    stream,
  );
}

/**
 * Until 2016 minors were charged with this section. The one on loitering, repealed in 2023, is left out: a delivery
 * of today has no code for it any more.
 */
function indicative(on: Day, exploited: boolean, stream: Stream): readonly [string, string] | undefined {
  if (!exploited || !stream.perMille(dayText(on) < '2017-01-01' ? 450 : 14)) return undefined;
  // From 2017 on only a few stations went on writing the section down; the hub must see it and say so.
  return ['PC 647(b)', 'misdemeanor'];
}

function tellCourt(
  story: Story,
  who: Membership,
  filed: Day,
  identified: boolean,
  busy: Day,
  stream: Stream,
): Day {
  const both = story.at('child_welfare') !== undefined && stream.perMille(350);
  const decided = filed + stream.between(15, 70);
  const outcome = both
    ? stream.pick(['dependency', 'dual_status', 'wardship'])
    : identified && stream.perMille(250)
      ? 'dismissed_csec'
      : stream.pick(['sustained', 'wardship', 'dismissed', 'deferred']);
  story.span('pr_court', who, filed, decided, (end) => ({
    petition_type: both ? '241_1' : '602',
    filed_at: cell(filed),
    outcome: end === undefined ? 'pending' : outcome,
    outcome_date: cell(end),
    lead_agency: both ? stream.pick(['child_welfare', 'probation']) : 'probation',
    specialty_court:
      identified && stream.perMille(350) ? stream.pick(['STAR', 'girls_court', 'other']) : 'none',
    conflicting_orders: yesNo(both && stream.perMille(120)),
  }));
  if (!['sustained', 'wardship', 'dual_status', 'deferred'].includes(outcome) || decided <= busy) return busy;
  const to = decided + stream.between(120, 500);
  story.span('pr_supervision', who, decided + 1, to, (end) => ({
    supervision:
      outcome === 'deferred' ? 'deferred_790' : stream.pick(['ward', 'ward', 'nonward_725', 'placement']),
    start_date: cell(decided + 1),
    end_date: cell(end),
    end_reason:
      end === undefined ? '' : stream.pick(['completed', 'completed', 'new_petition', 'record_sealed']),
  }));
  return to;
}

import { dayOf } from '../day.ts';
import type { Membership } from '../membership.ts';
import {
  cell,
  type Day,
  exploitedBetween,
  isExploitedOn,
  momentText,
  type Story,
  type Stream,
  weighted,
  yesNo,
} from './parts.ts';

/** The type of facility with the kind of place that it is. */
const FACILITY = weighted([
  [['RESOURCE_FAMILY', 'PL.FH'], 340],
  [['RELATIVE_NREFM', 'PL.REL'], 260],
  [['STRTP', 'PL.GH'], 220],
  [['COUNTY_SHELTER', 'PL.SH.CHI'], 60],
  [['GROUP_HOME', 'PL.GH'], 80],
  [['THP', 'PL.TH'], 40],
] as const);
/** Before the reform of 2017 the same place was a group home. */
const STRTP_BEGAN = dayOf(2017, 1, 1);
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

/** Placements from the removal on, with the absences between them. */
export function tellCare(story: Story, who: Membership, removed: Day, until: Day, stream: Stream): void {
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
      facility_type: facility === 'STRTP' && from < STRTP_BEGAN ? 'GROUP_HOME' : facility,
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
  const found = exploited && stream.perMille(600);
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
      exploited_during: end === undefined ? 'unknown' : found ? 'yes' : stream.pick(['no', 'no', 'unknown']),
    }),
    5,
  );
  if (found && back <= story.world.asOf)
    story.event(
      'cw_csec_history',
      who,
      back,
      {
        csec_type: '6871',
        start_date: cell(left),
        end_date: cell(back),
        entered_at: momentText(back + 2, 700),
      },
      5,
    );
  return back;
}

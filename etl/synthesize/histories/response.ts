import type { Membership } from '../membership.ts';
import { cell, type Day, isExploitedOn, type Story, type Stream, weighted, yesNo } from './parts.ts';
import type { Scope } from './scope.ts';
import { tellFirstMeeting, tellOngoingMeeting } from './team-meetings.ts';

const NEEDS = weighted([
  ['HN.ICR.BAS.HOU', 70],
  ['HN.ICR.ADV', 120],
  ['HN.CM.COR', 110],
  ['HN.PHY.EVA', 100],
  ['HN.MEN.INT.ASM', 110],
  ['HN.MEN.LTC', 100],
  ['HN.SUP.SUR', 90],
  ['HN.EDU.ENR', 90],
  ['HN.HOU.PLC', 80],
  ['HN.VOC.PRO', 50],
  ['HN.SUP.PAR', 40],
  ['HN.LEG.CVA', 40],
]);
const REASON = weighted([
  ['no_provider', 250],
  ['waitlist', 300],
  ['missing_from_care', 180],
  ['placement_move', 120],
  ['transport', 80],
  ['unknown', 70],
]);
const STAGES = ['SC.PRE', 'SC.CON', 'SC.PRP', 'SC.ACT', 'SC.MNT', 'SC.RET'] as const;

/** Meetings against their clocks, needs and services, assessments and the stages that clinicians observe. */
export function tellResponse(story: Story, who: Membership, scope: Scope): void {
  const stream = story.stream('response');
  if (stream.perMille(70)) return;
  const start = scope.first;
  const immediate = stream.perMille(280);
  tellFirstMeeting(story, who, start, immediate, stream);
  const months = Math.min(stream.between(3, 20), Math.floor((story.until - start) / 30));
  for (let i = 1; i <= months; i++) {
    if (stream.perMille(180)) continue;
    tellOngoingMeeting(story, who, start + i * 30 + stream.between(-4, 6), stream);
  }
  tellNeeds(story, who, start, stream);
  tellAssessments(story, who, start, months, stream);
  tellStages(story, who, start, months, stream);
  tellContext(story, who, start, stream);
  tellWitness(story, who, start, stream);
}

/** Needs that were met, met late, are waiting, or were never met. */
function tellNeeds(story: Story, who: Membership, start: Day, stream: Stream): void {
  const seen = new Set<string>();
  for (let i = stream.between(4, 11); i > 0; i--) {
    const need = stream.weighted(NEEDS);
    if (seen.has(need)) continue;
    seen.add(need);
    const found = start + stream.between(0, 60);
    const offered = found + stream.between(0, 20);
    const accepted = stream.weighted(
      weighted([
        ['accepted', 770],
        ['pending', 140],
        ['declined', 90],
      ]),
    );
    const met = accepted === 'accepted' && stream.perMille(760);
    const began = offered + (stream.perMille(780) ? stream.between(0, 25) : stream.between(31, 120));
    const begins = met && began < story.until - 1 ? began : undefined;
    const ends = began + stream.between(20, 300);
    story.span(
      'service_event',
      who,
      begins ?? offered,
      begins === undefined ? undefined : ends,
      (end) => ({
        need_code: need,
        need_identified_at: cell(found),
        offered_at: cell(offered),
        accepted,
        start_date: cell(begins),
        end_date: cell(end),
        provider_id: begins === undefined ? '' : `prov-${who.county}-${stream.below(6)}`,
        clinician_token: '',
        phase: stream.pick(['CP.1', 'CP.2', 'CP.3']),
        unmet_reason:
          accepted === 'declined' ? 'declined' : begins === undefined ? stream.weighted(REASON) : '',
        funding: stream.pick(['csec_program', 'medi_cal', 'mhsa', 'county']),
        cost: begins === undefined || stream.perMille(600) ? '' : String(stream.between(80, 6000)),
        cost_basis: '',
      }),
      3,
    );
  }
}

function tellAssessments(story: Story, who: Membership, start: Day, months: number, stream: Stream): void {
  let day = start + stream.between(1, 30);
  for (let i = 0; i <= Math.floor(months / 6); i++) {
    if (day >= story.until) return;
    story.event(
      'assessment',
      who,
      day,
      {
        tool: stream.weighted(
          weighted([
            ['CANS_CSE', 400],
            ['IP_CANS', 300],
            ['CANS', 250],
            ['LOCAL', 50],
          ]),
        ),
        tool_version: '1.0',
        assessed_at: cell(day),
        reason: i === 0 ? 'initial' : '6_month',
        ratings: '',
      },
      3,
    );
    day += stream.perMille(750) ? stream.between(150, 183) : stream.between(190, 280);
  }
}

/** A return to an earlier stage is expected and is told like any other. */
function tellStages(story: Story, who: Membership, start: Day, months: number, stream: Stream): void {
  let at = 0;
  for (let i = 0; i < Math.min(8, months); i++) {
    const day = start + 20 + i * 45;
    if (day >= story.until) return;
    story.event(
      'stage_observation',
      who,
      day,
      { stage: STAGES[at] ?? 'SC.PRE', observed_at: cell(day), observer_role: 'clinician' },
      2,
    );
    at = stream.perMille(300) ? Math.max(0, at - 1) : Math.min(5, at + stream.below(2));
  }
}

const CONTEXT = [
  'prior_abuse',
  'mode',
  'attachments',
  'family',
  'learning',
  'housing',
  'parenting',
  'addiction',
] as const;
/** Factors about which nothing is found in writing: only that they were thought of. */
const WITHOUT_FINDING = new Set(['parenting', 'addiction']);

/** What the team considered around the young person, and where exploitation itself stood. */
function tellContext(story: Story, who: Membership, start: Day, stream: Stream): void {
  const day = start + stream.between(12, 40);
  for (const factor of CONTEXT) {
    if (!stream.perMille(450)) continue;
    const considered = stream.perMille(850);
    const finding = considered && !WITHOUT_FINDING.has(factor);
    story.event('context_review', who, day, {
      reviewed_at: cell(day),
      factor,
      considered: yesNo(considered),
      finding: finding ? stream.pick(['strength', 'no_need', 'need', 'need', 'unknown']) : '',
    });
  }
  story.event('exploitation_stage_observation', who, day, {
    stage: isExploitedOn(story.hidden, day)
      ? stream.pick(['SX.EXP', 'SX.REC', 'SX.CUS'])
      : stream.pick(['SX.INT', 'SX.RET', 'SX.UNK']),
    observed_at: cell(day),
    observer_role: 'clinician',
  });
}

/** A few young people are asked to testify, and the team meets because of it. */
function tellWitness(story: Story, who: Membership, start: Day, stream: Stream): void {
  if (!stream.perMille(110)) return;
  const day = start + stream.between(60, 300);
  for (const [i, event] of (['preparing', 'testimony'] as const).entries()) {
    const on = day + i * 45;
    const met = yesNo(stream.perMille(700));
    story.span('witness_event', who, on, on + 2, (end) => ({
      event,
      occurred_on: cell(on),
      ended_on: cell(end),
      mdt_reconvened: met,
    }));
  }
}

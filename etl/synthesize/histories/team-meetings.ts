import type { Membership } from '../membership.ts';
import { type Day, isExploitedOn, momentText, type Story, type Stream, weighted, yesNo } from './parts.ts';

/** The first meeting: within two hours and three days of support when it is urgent, within ten days when it is not. */
export function tellFirstMeeting(
  story: Story,
  who: Membership,
  day: Day,
  immediate: boolean,
  stream: Stream,
): void {
  const at = stream.between(480, 1200);
  const engaged = immediate
    ? stream.weighted(
        weighted([
          [40, 380],
          [95, 320],
          [170, 180],
          [600, 120],
        ]),
      ) + stream.below(20)
    : stream.weighted(
        weighted([
          [1440, 250],
          [4000, 300],
          [10000, 250],
          [17000, 200],
        ]),
      ) + stream.below(600);
  const held = engaged + stream.between(0, immediate ? 300 : 1400);
  const heldDay = day + Math.floor((at + held) / 1440);
  const phone = stream.perMille(90);
  const meeting = story.event(
    'mdt_meeting',
    who,
    heldDay,
    {
      tier: immediate ? 'MT.IC' : 'MT.IN',
      trigger: immediate
        ? stream.pick(['hotline_report', 'law_enforcement_contact_immediate', 'emergency_department'])
        : stream.pick(['new_identification', 'disclosure_no_immediate_risk']),
      identified_at: momentText(day, at),
      first_engaged_at: momentText(day, at + engaged),
      support_until:
        immediate && stream.perMille(850) ? momentText(day, at + stream.between(3000, 4600)) : '',
      held_at: momentText(day, at + held),
      mode: phone ? 'phone' : 'in_person',
      adult_with_youth: phone ? yesNo(stream.perMille(900)) : '',
      youth_invited: yesNo(stream.perMille(940)),
      youth_attended: yesNo(stream.perMille(720)),
      confidentiality_script_read: yesNo(stream.perMille(880)),
      safety_plan: stream.perMille(880) ? 'created' : 'none',
      parties: parties(story.world.requiredInTeams(heldDay), stream),
    },
    4,
  );
  if (meeting === undefined) return;
  for (const action of [
    'transport',
    'placement_decision',
    'evaluation_scheduled',
    'advocate_meeting',
  ] as const) {
    if (!stream.perMille(550)) continue;
    story.event(
      'mdt_action',
      who,
      heldDay,
      {
        meeting_id: meeting,
        party: stream.pick(['PA.CW', 'PA.CBO', 'PA.MH', 'PA.PH']),
        action,
        agreed_at: momentText(day, at + held),
        done_at: stream.perMille(850) ? momentText(day, at + held + stream.between(60, 4000)) : '',
      },
      5,
    );
  }
}

export function tellOngoingMeeting(story: Story, who: Membership, day: Day, stream: Stream): void {
  const disturbed = isExploitedOn(story.hidden, day) && stream.perMille(350);
  story.event(
    'mdt_meeting',
    who,
    day,
    {
      tier: 'MT.ON',
      trigger: disturbed
        ? stream.pick(['missing_from_placement', 'placement_change', 'law_enforcement_contact', 'new_arrest'])
        : 'scheduled_monthly',
      identified_at: '',
      first_engaged_at: '',
      support_until: '',
      held_at: momentText(day, stream.between(540, 960)),
      mode: stream.weighted(
        weighted([
          ['in_person', 700],
          ['video', 200],
          ['phone', 100],
        ]),
      ),
      adult_with_youth: yesNo(stream.perMille(930)),
      youth_invited: yesNo(stream.perMille(900)),
      youth_attended: yesNo(stream.perMille(600)),
      confidentiality_script_read: yesNo(stream.perMille(500)),
      safety_plan: stream.pick(['revised', 'unchanged', 'unchanged']),
      parties: parties(story.world.requiredInTeams(day), stream),
    },
    4,
  );
}

function parties(required: readonly string[], stream: Stream): string {
  const there = required.filter((party) => stream.perMille(party === 'PA.SUD' ? 640 : 900));
  if (stream.perMille(700)) there.push('PA.YTH');
  if (stream.perMille(500)) there.push('PA.CBO');
  if (stream.perMille(350)) there.push('PA.EDU');
  return there.length === 0 ? 'PA.CW' : there.join(';');
}

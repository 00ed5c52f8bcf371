import type { Membership } from '../membership.ts';
import { birthday, cell, type Day, isExploitedOn, momentText, type Story, weighted, yesNo } from './parts.ts';

/** Why content about a young person is sent: some agency has identified them or screened them with concern. */
export interface Scope {
  readonly first: Day;
  /** The first day on which somebody called exploitation confirmed. */
  readonly confirmed: Day | undefined;
}

const TOOL = weighted([
  ['ST01', 600],
  ['ST02', 120],
  ['ST06', 100],
  ['ST09', 80],
  ['ST11', 60],
  ['ST14', 40],
]);
const SYSTEM: Readonly<Record<string, string>> = {
  child_welfare: 'child_welfare',
  probation: 'probation',
  health: 'health',
  mental_health: 'mental_health',
  education: 'education',
  community: 'community',
};
const METHOD: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  child_welfare: [
    ['investigation', 500],
    ['disclosure', 200],
    ['screening', 200],
    ['law_enforcement', 100],
  ],
  probation: [
    ['law_enforcement', 450],
    ['screening', 350],
    ['disclosure', 150],
    ['court', 50],
  ],
  health: [
    ['clinical', 600],
    ['disclosure', 250],
    ['screening', 150],
  ],
  mental_health: [
    ['clinical', 550],
    ['disclosure', 350],
    ['screening', 100],
  ],
  education: [
    ['disclosure', 500],
    ['other', 300],
    ['screening', 200],
  ],
  community: [
    ['disclosure', 650],
    ['screening', 350],
  ],
};
const ROLE: Readonly<Record<string, string>> = {
  child_welfare: 'social_worker',
  probation: 'probation_officer',
  health: 'physician',
  mental_health: 'clinician',
  education: 'school_counselor',
  community: 'advocate',
};
const SETTING: Readonly<Record<string, string>> = {
  child_welfare: 'hotline',
  probation: 'intake',
  health: 'emergency_department',
  mental_health: 'clinic',
  education: 'school',
  community: 'shelter',
};

/** Identifications and screenings: what travels for the whole caseload. Answers with the scope, if there is one. */
export function tellScope(story: Story): Scope | undefined {
  let first: Day | undefined;
  let confirmed: Day | undefined;
  const seen = (day: Day): void => {
    if (first === undefined || day < first) first = day;
  };
  for (const notice of story.hidden?.notices ?? []) {
    const who = story.at(notice.list);
    if (who === undefined) continue;
    tellIdentification(story, who, notice.on, notice.status);
    seen(notice.on);
    if (notice.status === 'confirmed') confirmed = Math.min(confirmed ?? notice.on, notice.on);
    const stream = story.stream(`confirming ${notice.list}`);
    if (notice.status === 'suspected' && stream.perMille(300)) {
      const later = notice.on + stream.between(10, 150);
      if (later < story.world.asOf) {
        tellIdentification(story, who, later, 'confirmed');
        confirmed = Math.min(confirmed ?? later, later);
      }
    }
  }
  for (const who of story.memberships) {
    const concern = tellScreenings(story, who);
    if (concern !== undefined) seen(concern);
  }
  return first === undefined ? undefined : { first, confirmed };
}

function tellIdentification(story: Story, who: Membership, on: Day, status: string): void {
  const { hidden, person } = story;
  const stream = story.stream(`identification ${who.list} ${on}`);
  const elsewhere = stream.perMille(220) ? stream.pick(story.world.places).fips : who.county;
  const minor = on < birthday(person.born, 18);
  story.event('identification', who, on, {
    status,
    decided_at: momentText(on, stream.between(480, 1260)),
    method: stream.weighted(weighted(METHOD[who.list] ?? [['other', 1]])),
    form: hidden?.form ?? '',
    decided_by_system: SYSTEM[who.list] ?? 'community',
    decided_by_role: ROLE[who.list] ?? 'other',
    exploitation_kind: status === 'ruled_out' ? 'unknown' : stream.weighted(KIND),
    exploiter_relation: stream.perMille(700) ? (hidden?.exploiter ?? '') : '',
    residence_county: who.county,
    exploitation_county: elsewhere,
    exploited_out_of_state: yesNo(stream.perMille(40)),
    responsible_county: who.county,
    foreign_born_pathway: yesNo(stream.perMille(25)),
    outside_protocol: minor ? (stream.perMille(60) ? 'homeless' : '') : 'transition_age',
  });
}

const KIND = weighted([
  ['sex', 900],
  ['both', 60],
  ['unknown', 40],
]);

/** Everybody of ten and over whom child welfare or probation meets is screened, more or less; others on a sign. */
function tellScreenings(story: Story, who: Membership): Day | undefined {
  const universal = who.list === 'child_welfare' || who.list === 'probation';
  const stream = story.stream(`screening ${who.localId}`);
  if (!universal && !(story.hidden !== undefined && stream.perMille(150))) return undefined;
  const { person, world } = story;
  const start = Math.max(who.on, birthday(person.born, 10), world.from);
  let first: Day | undefined;
  let day = start + stream.below(120);
  const times =
    universal && stream.perMille(650)
      ? stream.between(1, story.hidden === undefined ? 1 : 3)
      : universal
        ? 0
        : 1;
  for (let i = 0; i < times && day < Math.min(story.until, birthday(person.born, 21)); i++) {
    const exploited =
      isExploitedOn(story.hidden, day) ||
      (story.hidden !== undefined && (story.hidden.spells[0]?.from ?? day) < day);
    const outcome = exploited
      ? stream.weighted(FINDS)
      : stream.weighted(story.hidden === undefined && universal ? FALSE_ALARMS : FINDS_NOTHING);
    const concern = outcome === 'possible' || outcome === 'clear';
    const follow = concern && stream.perMille(780) ? day + stream.below(9) : undefined;
    const tool = who.list === 'community' ? stream.pick(['ST01', 'ST06']) : stream.weighted(TOOL);
    story.event(
      'screening',
      who,
      day,
      {
        tool,
        tool_version: tool === 'ST01' ? '2.0' : '1.0',
        screened_at: cell(day),
        setting: SETTING[who.list] ?? 'community',
        trigger: who.list === 'probation' ? 'arrest_or_intake' : i > 0 ? 'rescreen' : 'universal',
        information_source: stream.pick(['youth', 'youth;records', 'records;observation', 'youth;caregiver']),
        screener_role: ROLE[who.list] ?? 'other',
        band: tool === 'ST01' ? (BAND[outcome] ?? '') : '',
        outcome,
        disclosure_script_read: yesNo(stream.perMille(870)),
        follow_up_opened_at:
          follow === undefined || follow >= story.world.asOf
            ? ''
            : momentText(follow, stream.between(540, 1000)),
      },
      10,
    );
    if (concern && (first === undefined || day < first)) first = day;
    day += stream.between(90, 260);
  }
  if (first !== undefined && story.hidden === undefined && stream.perMille(500)) {
    const ruled = first + stream.between(3, 40);
    if (ruled < world.asOf) tellIdentification(story, who, ruled, 'ruled_out');
  }
  return first;
}

const BAND: Readonly<Record<string, string>> = {
  no_concern: 'NO_CONCERN',
  possible: 'POSSIBLE_CONCERN',
  clear: 'CLEAR_CONCERN',
};
const FINDS = weighted([
  ['no_concern', 330],
  ['possible', 330],
  ['clear', 300],
  ['incomplete', 40],
]);
const FINDS_NOTHING = weighted([
  ['no_concern', 950],
  ['possible', 20],
  ['incomplete', 30],
]);
const FALSE_ALARMS = weighted([
  ['no_concern', 935],
  ['possible', 32],
  ['clear', 3],
  ['incomplete', 30],
]);

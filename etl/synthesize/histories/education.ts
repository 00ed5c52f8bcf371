import type { Membership } from '../membership.ts';
import {
  ageAt,
  birthday,
  cell,
  type Day,
  dayText,
  isExploitedOn,
  lastDay,
  type Story,
  type Stream,
  weighted,
  yearOf,
  yesNo,
} from './parts.ts';

const TYPE = weighted([
  ['comprehensive', 800],
  ['charter', 90],
  ['continuation', 50],
  ['community_day', 20],
  ['county_community', 40],
]);

/** Enrollments by school year with their moves, attendance, discipline, programs and supports. */
export function tellEducation(story: Story, who: Membership): void {
  const stream = story.stream('education');
  const { person } = story;
  const school = (): string =>
    `${who.county.slice(3)}${String(10000 + stream.below(400))}${String(100000 + stream.below(900))}`
      .slice(0, 14)
      .padEnd(14, '0');
  const until = Math.min(lastDay(story, 19), story.until);
  let at = school();
  for (let year = yearOf(story.world.from) - 1; year <= yearOf(until); year++) {
    const opens = Date.UTC(year, 7, 14) / 86_400_000;
    const closes = Date.UTC(year + 1, 5, 10) / 86_400_000;
    const grade = ageAt(person.born, opens) - 5;
    if (grade < 0 || grade > 12 || opens >= until) continue;
    const troubled = isExploitedOn(story.hidden, opens + 90) || isExploitedOn(story.hidden, opens + 200);
    const moves = stream.perMille(troubled ? 420 : 60) ? 1 : 0;
    let from = opens;
    for (let i = 0; i <= moves; i++) {
      const last = i === moves;
      const to = last ? closes : opens + stream.between(40, 240);
      tellYear(
        story,
        who,
        at,
        Math.max(0, grade - (troubled && stream.perMille(250) ? 1 : 0)),
        from,
        to,
        last,
        troubled,
        stream,
      );
      from = to + stream.between(2, troubled ? 30 : 6);
      if (!last) at = school();
      if (from >= closes) break;
    }
  }
  tellSupports(story, who, until, stream);
}

function tellYear(
  story: Story,
  who: Membership,
  school: string,
  grade: number,
  from: Day,
  to: Day,
  last: boolean,
  troubled: boolean,
  stream: Stream,
): void {
  const exit = last
    ? grade === 12
      ? 'E230'
      : 'E155'
    : stream.perMille(troubled ? 140 : 20)
      ? 'E140'
      : stream.pick(['T160', 'T160', 'T165', 'T200']);
  const enrollment = story.span(
    'ed_enrollment',
    who,
    from,
    to,
    (end) => ({
      cds_school: school,
      school_type: stream.weighted(TYPE),
      enrollment_status: '10',
      grade: grade === 0 ? 'KN' : String(grade).padStart(2, '0'),
      start_date: cell(from),
      exit_date: cell(end),
      exit_reason:
        end === undefined ? '' : exit === 'E230' && troubled && stream.perMille(300) ? 'E300' : exit,
      completion: end !== undefined && exit === 'E230' ? 'diploma' : '',
    }),
    2,
  );
  if (enrollment === undefined || to + 15 > story.until) return;
  const expected = Math.max(1, Math.floor(((to - from) * 180) / 300));
  const missed = Math.floor((expected * stream.between(troubled ? 60 : 5, troubled ? 480 : 110)) / 1000);
  const suspended = Math.min(missed, troubled && stream.perMille(220) ? stream.between(1, 5) : 0);
  const excused = Math.floor(((missed - suspended) * stream.between(100, 600)) / 1000);
  story.event(
    'ed_attendance',
    who,
    to,
    {
      enrollment_id: enrollment,
      period_start: cell(from),
      period_end: cell(to),
      expected_days: String(expected),
      attended_days: String(expected - missed),
      absent_excused: String(excused),
      absent_unexcused: String(missed - suspended - excused),
      absent_oss: String(suspended),
      iss_days: '0',
      incomplete_is_days: '0',
    },
    14,
  );
  if (suspended === 0) return;
  story.event('ed_discipline', who, from + stream.between(5, Math.max(6, to - from - 1)), {
    incident_date: cell(from + stream.between(1, 5)),
    offense_group: stream.pick(['attendance', 'defiance', 'fight', 'harassment']),
    result: 'oss',
    days: String(suspended),
    swd: yesNo(stream.perMille(220)),
  });
}

function tellSupports(story: Story, who: Membership, until: Day, stream: Stream): void {
  const from = Math.max(story.world.from, birthday(story.person.born, 6)) + stream.below(200);
  if (from + 5 >= until) return;
  if (stream.perMille(260)) {
    story.event('ed_support', who, from, {
      support: stream.pick(['IEP', 'IEP', '504', 'tutoring', 'school_mh', 'ELL']),
      start_date: cell(from),
      end_date: '',
      adhered: stream.pick(['yes', 'yes', 'no', 'unknown']),
    });
  }
  const program =
    story.person.hardship === 2 && stream.perMille(260)
      ? '191'
      : story.at('child_welfare') !== undefined && stream.perMille(350)
        ? '190'
        : undefined;
  if (program === undefined) return;
  const minor = dayText(from) < dayText(birthday(story.person.born, 18));
  story.event('ed_program', who, from, {
    program,
    dwelling: program === '191' ? stream.pick(['100', '110', '120', '120']) : '',
    unaccompanied: program === '191' ? yesNo(stream.perMille(200)) : '',
    runaway: program === '191' ? yesNo(minor && isExploitedOn(story.hidden, from)) : '',
    start_date: cell(from),
    end_date: '',
  });
}

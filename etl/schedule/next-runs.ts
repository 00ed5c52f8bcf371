/** What happens when, on one page: the night, releases, and what each source is expected to send. Pure. */
import { type Blackout, blackoutAt, type Calendar, latestOf, nextOf } from './calendar.ts';
import { isDue, nextBegin } from './due.ts';
import { feedsOf, type Schedule } from './schedule-file.ts';

export interface NextRun {
  readonly what: string;
  /** When it last began, or came. */
  readonly last: Date | null;
  readonly next: Date | null;
  readonly state: 'waits' | 'due' | 'late' | 'held' | 'blackout';
  readonly because: string | null;
}

export interface Asked {
  readonly now: Date;
  readonly night: Calendar;
  readonly nights: readonly Date[];
  readonly newest: readonly {
    readonly agency: string;
    readonly extract: 'delta' | 'full';
    readonly loadedAt: Date;
  }[];
  readonly releases: readonly { readonly cadence: string; readonly period: string; readonly dueOn: string }[];
  readonly held: (what: string) => { readonly because: string; readonly until: Date | null } | undefined;
}

export function nextRuns(asked: Asked, schedule: Schedule): readonly NextRun[] {
  const { now, night, nights, held } = asked;
  const [last = null] = nights.toSorted((a, b) => b.getTime() - a.getTime());
  const { blackouts } = schedule;
  const rows: NextRun[] = [
    standing(
      'night',
      { last, next: nextBegin(night, nights, now, blackouts), due: isDue(night, nights, now) },
      asked,
      blackouts,
    ),
  ];
  for (const { cadence, period, dueOn } of asked.releases) {
    const next = new Date(`${dueOn}T00:00:00Z`);
    const because = held('releases')?.because ?? null;
    rows.push({
      what: `${cadence} release of ${period}`,
      last: null,
      next,
      state: because !== null ? 'held' : next <= now ? 'due' : 'waits',
      because,
    });
  }
  for (const { agency, extract, loadedAt } of asked.newest) {
    const feed = feedsOf(schedule, agency).find((one) => one.extract === extract);
    if (feed === undefined) continue;
    const because = held(`source ${agency}`)?.because ?? null;
    const late =
      loadedAt < latestOf(feed.calendar, new Date(now.getTime() - feed.lateAfterHours * 3_600_000));
    rows.push({
      what: `${extract} of ${agency}`,
      last: loadedAt,
      next: nextOf(feed.calendar, loadedAt),
      state: because !== null ? 'held' : late ? 'late' : 'waits',
      because,
    });
  }
  return rows;
}

function standing(
  what: string,
  { last, next, due }: { readonly last: Date | null; readonly next: Date; readonly due: boolean },
  { now, held }: Asked,
  blackouts: readonly Blackout[],
): NextRun {
  const hold = held(what);
  if (hold !== undefined) {
    const { because, until } = hold;
    return { what, last, next: until === null ? null : next > until ? next : until, state: 'held', because };
  }
  const blackout = blackoutAt(blackouts, now);
  if (blackout !== undefined) return { what, last, next, state: 'blackout', because: blackout.because };
  return { what, last, next, state: due ? 'due' : 'waits', because: null };
}

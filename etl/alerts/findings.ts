/**
 * What is worth telling somebody, by the rules of the schedule. Pure. Words name a source, a stage or a limit; how many rows
 * there were is for their submitter and the steward, who see it elsewhere.
 */
import { latestOf } from '../schedule/calendar.ts';
import { type AlertRule, feedsOf, KNOWN_ALERTS, type Schedule } from '../schedule/schedule-file.ts';

export interface Finding {
  readonly alert: string;
  /** Together with the alert, what it is that goes on being wrong. */
  readonly about: string;
  readonly level: AlertRule['level'];
  readonly words: string;
}

export interface Observed {
  readonly now: Date;
  /** Agencies that sent something before, each with its newest delivery of a kind. */
  readonly newest: readonly {
    readonly agency: string;
    readonly extract: 'delta' | 'full';
    readonly loadedAt: Date;
    readonly asOf: Date;
  }[];
  /** The newest delivery of each feed against what is usual there. */
  readonly feeds: readonly {
    readonly agency: string;
    readonly record: string;
    readonly rows: number;
    readonly rejected: number;
    /** Null where too few came before. */
    readonly usualRows: number | null;
  }[];
  readonly held: ReadonlySet<string>;
  /** When the newest one began, and where one ended early, if the last that ended did. */
  readonly lastNight: {
    readonly startedAt: Date;
    readonly failed: {
      readonly startedAt: Date;
      readonly stage: string;
      readonly code: string | null;
    } | null;
  } | null;
  readonly freeGib: number | null;
  /** When the certificate that people see runs out; null where there is none. */
  readonly certificateUntil: Date | null;
  /** Null where nobody looked. */
  readonly auditGaps: boolean | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Judge = (
  seen: Observed,
  rule: AlertRule,
  schedule: Schedule,
) => readonly Omit<Finding, 'alert' | 'level'>[];

const JUDGES: Readonly<Record<(typeof KNOWN_ALERTS)[number], Judge>> = {
  late_source: ({ newest, now, held }, _rule, schedule) =>
    newest.flatMap(({ agency, extract, loadedAt }) => {
      const feed = feedsOf(schedule, agency).find((one) => one.extract === extract);
      if (feed === undefined || held.has(agency)) return [];
      const expected = latestOf(feed.calendar, new Date(now.getTime() - feed.lateAfterHours * HOUR_MS));
      return loadedAt >= expected
        ? []
        : [
            {
              about: `${agency} ${extract}`,
              words: `${agency} has not sent its ${extract} extract that was expected on ${day(expected)}.`,
            },
          ];
    }),
  rejects: ({ feeds }, { numbers }) =>
    feeds.flatMap(({ agency, record, rows, rejected }) => {
      const most = numbers['above_share'] ?? 1;
      return rows === 0 || rejected / rows <= most
        ? []
        : [
            {
              about: `${agency} ${record}`,
              words: `More than ${percent(most)} of the rows of ${record} from ${agency} were rejected.`,
            },
          ];
    }),
  volume: ({ feeds }, { numbers }) =>
    feeds.flatMap(({ agency, record, rows, usualRows }) => {
      if (usualRows === null || usualRows === 0) return [];
      const share = rows / usualRows;
      const [least, most] = [numbers['below_share'] ?? 0, numbers['above_share'] ?? Number.POSITIVE_INFINITY];
      const odd =
        share < least
          ? `fewer than ${percent(least)}`
          : share > most
            ? `more than ${percent(most)}`
            : undefined;
      return odd === undefined
        ? []
        : [
            {
              about: `${agency} ${record}`,
              words: `${record} from ${agency} came with ${odd} of its usual rows.`,
            },
          ];
    }),
  source_clock: ({ newest }, { numbers }) =>
    newest.flatMap(({ agency, extract, asOf, loadedAt }) => {
      const hours = numbers['above_hours'] ?? 1;
      return asOf.getTime() - loadedAt.getTime() <= hours * HOUR_MS
        ? []
        : [
            {
              about: `${agency} ${extract}`,
              words: `The clock of ${agency} is more than ${hours} h ahead: its delivery describes a moment after it came.`,
            },
          ];
    }),
  failed_stage: ({ lastNight }) => {
    const failed = lastNight?.failed ?? null;
    if (failed === null) return [];
    const code = failed.code === null ? '' : ` (${failed.code})`;
    return [
      {
        about: failed.stage,
        words: `The stage ${failed.stage} of the night of ${day(failed.startedAt)} did not succeed${code}. What was released before stays current.`,
      },
    ];
  },
  missed_night: ({ lastNight, now, held }, { numbers }) => {
    const hours = numbers['above_hours'] ?? 26;
    return lastNight === null ||
      held.has('night') ||
      now.getTime() - lastNight.startedAt.getTime() <= hours * HOUR_MS
      ? []
      : [{ about: 'the night', words: `No night has begun for more than ${hours} h.` }];
  },
  disk: ({ freeGib }, { numbers }) =>
    freeGib === null || freeGib >= (numbers['below_gib'] ?? 2)
      ? []
      : [{ about: 'the data folder', words: `Less than ${numbers['below_gib'] ?? 2} GiB are free.` }],
  certificate: ({ certificateUntil, now }, { numbers }) =>
    certificateUntil === null ||
    certificateUntil.getTime() - now.getTime() >= (numbers['below_days'] ?? 21) * DAY_MS
      ? []
      : [{ about: 'the certificate', words: `The certificate runs out on ${day(certificateUntil)}.` }],
  audit_gap: ({ auditGaps }) =>
    auditGaps === true
      ? [
          {
            about: 'the audit log',
            words: 'The audit log is not as it was written: `npx tessera audit verify`.',
          },
        ]
      : [],
};

export interface Found {
  /** The alerts that were looked for: of the others nothing is known now. */
  readonly lookedFor: readonly string[];
  readonly findings: readonly Finding[];
}

export function findingsOf(seen: Observed, schedule: Schedule): Found {
  const rules = schedule.alerts.filter(({ alert }) => alert !== 'audit_gap' || seen.auditGaps !== null);
  const findings = rules.flatMap((rule) =>
    JUDGES[rule.alert](seen, rule, schedule).map((one) => ({
      ...one,
      alert: rule.alert,
      level: rule.level,
    })),
  );
  // An alert that the schedule no longer names is nobody's any more.
  const dropped = KNOWN_ALERTS.filter((alert) => !schedule.alerts.some((rule) => rule.alert === alert));
  return { lookedFor: [...rules.map(({ alert }) => alert), ...dropped], findings };
}

function day(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

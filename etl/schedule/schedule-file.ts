/** When things happen by themselves: the site's own file over the one that ships. Wrong words are named with their place. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Misuse } from '../../src/errors.ts';
import { packageRoot } from '../../src/package-root.ts';
import { type Blackout, type Calendar, WEEKDAYS } from './calendar.ts';

export interface Feed {
  readonly extract: 'delta' | 'full';
  readonly calendar: Calendar;
  readonly lateAfterHours: number;
}

export interface Remote {
  readonly agency: string;
  readonly from: URL;
  readonly keyFile: string | undefined;
  /** SFTP: the server's key, as `SHA256:…`; nothing is sent to another. */
  readonly hostKey: string | undefined;
  /** S3: where the bucket is served, and its region. */
  readonly endpoint: string | undefined;
  readonly region: string | undefined;
}

export const KNOWN_ALERTS = [
  'late_source',
  'rejects',
  'volume',
  'source_clock',
  'failed_stage',
  'missed_night',
  'disk',
  'certificate',
  'audit_gap',
] as const;

export interface AlertRule {
  readonly alert: (typeof KNOWN_ALERTS)[number];
  readonly level: 'warning' | 'urgent';
  /** Numbers by their names in the file: above_share, below_gib … */
  readonly numbers: Readonly<Record<string, number>>;
}

/** Whatever sends mail for the hub. */
export interface Relay {
  readonly url: URL;
  readonly from: string;
  readonly passwordFile: string | undefined;
}

export type Listener =
  | { readonly kind: 'webhook'; readonly url: URL; readonly secretFile: string | undefined }
  | (Relay & { readonly kind: 'smtp'; readonly to: readonly string[] });

export interface Schedule {
  readonly feeds: readonly Feed[];
  readonly sources: ReadonlyMap<string, readonly Feed[]>;
  readonly blackouts: readonly Blackout[];
  readonly collect: readonly Remote[];
  readonly alerts: readonly AlertRule[];
  readonly tell: readonly Listener[];
  /** By what providers are written to; without it their mail waits for whoever fetches it. */
  readonly mail: Relay | undefined;
  readonly heartbeat: URL | undefined;
  /** Where OpenLineage events go. */
  readonly lineage: URL | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const shippedSchedule: string = join(packageRoot, 'schema/schedule.yaml');

const KEYS = new Set([
  'feeds',
  'sources',
  'blackouts',
  'collect',
  'alerts',
  'tell',
  'mail',
  'heartbeat',
  'lineage',
]);

export function readSchedule(site?: string): Schedule {
  const shipped = fieldsOf(shippedSchedule);
  const own = site === undefined ? {} : fieldsOf(site);
  const said = { ...shipped, ...own };
  const where = site ?? shippedSchedule;
  const strange = Object.keys(said).find((key) => !KEYS.has(key));
  if (strange !== undefined) throw wrong(where, `${strange} is no part of a schedule`);
  const placed = <T>(place: string, read: () => T): T => {
    try {
      return read();
    } catch (error) {
      if (error instanceof Misuse) throw error;
      throw wrong(where, `${place}: ${(error as Error).message}`);
    }
  };
  const list = <T>(key: string, read: (fields: Fields, place: string) => T): readonly T[] => {
    const value = said[key] ?? [];
    if (!Array.isArray(value)) throw wrong(where, `${key} is a list`);
    return value.map((one, at) => placed(`${key} ${at + 1}`, () => read(one as Fields, `${key} ${at + 1}`)));
  };
  return {
    feeds: list('feeds', feed),
    sources: new Map(
      list('sources', (one) => [
        text(one, 'agency'),
        (one['feeds'] as readonly Fields[] | undefined)?.map(feed) ?? [],
      ]),
    ),
    blackouts: list('blackouts', (one) => ({
      from: moment(one, 'from'),
      until: moment(one, 'until'),
      because: text(one, 'because'),
    })),
    collect: list('collect', remote),
    alerts: list('alerts', alertRule),
    tell: list('tell', listener),
    mail: said['mail'] === undefined ? undefined : placed('mail', () => relay(said['mail'] as Fields)),
    heartbeat: said['heartbeat'] === undefined ? undefined : address(said, 'heartbeat'),
    lineage: said['lineage'] === undefined ? undefined : address(said, 'lineage'),
  };
}

export function feedsOf(schedule: Schedule, agency: string): readonly Feed[] {
  return schedule.sources.get(agency) ?? schedule.feeds;
}

function feed(one: Fields): Feed {
  const extract = one['extract'];
  if (extract !== 'delta' && extract !== 'full') throw new Error('extract is delta or full');
  return { extract, calendar: calendar(one), lateAfterHours: number(one, 'late_after_hours') };
}

function calendar(one: Fields): Calendar {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(String(one['at'])) ?? [];
  if (hours === undefined) throw new Error("at is a time (UTC) such as '08:00'");
  const at = Number(hours) * 60 + Number(minutes);
  const onDay = (): number => {
    const day = number(one, 'on_day');
    if (day < 1 || day > 31) throw new Error('on_day is a day of the month');
    return day;
  };
  switch (one['every']) {
    case 'day':
      return { every: 'day', at };
    case 'week': {
      const on = WEEKDAYS.find((day) => day === one['on']);
      if (on === undefined) throw new Error(`on is one of ${WEEKDAYS.join(', ')}`);
      return { every: 'week', on, at };
    }
    case 'month':
      return { every: 'month', onDay: onDay(), at };
    case 'quarter':
      return { every: 'quarter', onDay: onDay(), at };
    case 'year': {
      const inMonth = number(one, 'in_month');
      if (inMonth < 1 || inMonth > 12) throw new Error('in_month is 1 to 12');
      return { every: 'year', inMonth, onDay: onDay(), at };
    }
    default:
      throw new Error('every is day, week, month, quarter or year');
  }
}

function alertRule({ alert, level, ...rest }: Fields): AlertRule {
  const known = KNOWN_ALERTS.find((name) => name === alert);
  if (known === undefined) throw new Error(`alert is one of ${KNOWN_ALERTS.join(', ')}`);
  if (level !== 'warning' && level !== 'urgent') throw new Error('level is warning or urgent');
  const numbers = Object.keys(rest).map((key) => [key, number(rest, key)]);
  return { alert: known, level, numbers: Object.fromEntries(numbers) };
}

function remote(one: Fields): Remote {
  const from = address(one, 'from');
  if (from.protocol !== 'sftp:' && from.protocol !== 's3:')
    throw new Error('from is an sftp:// or s3:// address');
  const found = {
    agency: text(one, 'agency'),
    from,
    keyFile: maybe(one, 'key_file'),
    hostKey: maybe(one, 'host_key'),
    endpoint: maybe(one, 'endpoint'),
    region: maybe(one, 'region'),
  };
  if (from.protocol === 'sftp:' && found.hostKey === undefined)
    throw new Error('host_key is needed, so that nobody else can pass for the server');
  return found;
}

function listener(one: Fields): Listener {
  if (one['webhook'] !== undefined)
    return { kind: 'webhook', url: address(one, 'webhook'), secretFile: maybe(one, 'secret_file') };
  const to = one['to'];
  if (!Array.isArray(to) || to.length === 0) throw new Error('to is a list of addresses');
  return { kind: 'smtp', ...relay(one), to: to.map(String) };
}

function relay(one: Fields): Relay {
  return {
    url: address(one, 'smtp'),
    from: text(one, 'from'),
    passwordFile: maybe(one, 'password_file'),
  };
}

function fieldsOf(file: string): Fields {
  try {
    return (parse(readFileSync(file, 'utf8')) ?? {}) as Fields;
  } catch (cause) {
    throw new Misuse('SCHEDULE', `The schedule ${file} cannot be read.`, {
      remedy: 'docs/operate.md shows one.',
      cause,
    });
  }
}

function text(one: Fields, key: string): string {
  const value = one[key];
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new Error(`${key} is needed`);
}

function maybe(one: Fields, key: string): string | undefined {
  return one[key] === undefined ? undefined : text(one, key);
}

function number(one: Fields, key: string): number {
  const value = one[key];
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw new Error(`${key} is a number`);
}

function moment(one: Fields, key: string): Date {
  const value = one[key];
  const found = value instanceof Date ? value : new Date(String(value));
  if (Number.isNaN(found.getTime())) throw new Error(`${key} is a moment such as 2026-12-24T00:00:00Z`);
  return found;
}

function address(one: Fields, key: string): URL {
  const value = text(one, key);
  if (!URL.canParse(value)) throw new Error(`${key} is an address`);
  return new URL(value);
}

function wrong(file: string, what: string): Misuse {
  return new Misuse('SCHEDULE', `${file}: ${what}.`, { remedy: 'docs/operate.md shows a schedule.' });
}

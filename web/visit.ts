import type { Permission, Target } from '../src/access/permit.ts';
import { type Language, type Say, sayIn } from './messages/messages.ts';
import type { Viewer } from './viewer.ts';

/** What every page says about the hub itself. */
export interface HubFacts {
  readonly version: string;
  /** True of the demo: every page says so. */
  readonly madeUp: boolean;
  readonly release: Release | undefined;
}

export interface Release {
  readonly number: number;
  readonly state: string;
  readonly closedOn: string;
}

export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** One request, as a page needs it. */
export interface Visit {
  readonly viewer: Viewer;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly hub: HubFacts;
  /** To ask what the page's route asks; undefined on everybody's pages. */
  readonly permission: Permission | undefined;
  /** What a form of the page itself sent; empty for everything that is only read. */
  readonly sent: Readonly<Record<string, string>>;
  /** What came with it, where its form takes a file. */
  readonly file?: SentFile | undefined;
  /** Whether the policy lets the viewer ask an operation; for menus and links, and not on record. */
  readonly may: (operation: string) => boolean;
  /** The permission to ask an operation, on record before the page leaves; undefined where the policy has none. */
  readonly permit: (operation: string, target?: Target) => Permission | undefined;
  /** What the page was permitted to ask last was refused, by its code; for the record. */
  readonly refused: (code: string) => void;
  readonly say: Say;
  readonly number: (value: number, digits?: number) => string;
  readonly day: (iso: string) => string;
}

export function visitOf(request: Omit<Visit, 'say' | 'number' | 'day'>): Visit {
  const { language } = request.viewer;
  const locale = localeOf(language);
  return {
    ...request,
    say: sayIn(language),
    number: (value, digits = 1) => numberIn(locale, digits).format(value),
    day: (iso) => dayIn(locale).format(new Date(`${iso.slice(0, 10)}T12:00:00Z`)),
  };
}

function localeOf(language: Language): string {
  return { en: 'en-US', es: 'es-US' }[language];
}

const formats = new Map<string, Intl.NumberFormat>();
const days = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs more than rendering a page, so each is made once. */
function numberIn(locale: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${digits}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
  formats.set(key, format);
  return format;
}

function dayIn(locale: string): Intl.DateTimeFormat {
  const format = days.get(locale) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  days.set(locale, format);
  return format;
}

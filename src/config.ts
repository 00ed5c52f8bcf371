/** The only reader of the environment: one table of settings, read once at start, wrong values named together. */
import { resolve } from 'node:path';
import {
  choice,
  file,
  folder,
  integer,
  type Kind,
  mailAddress,
  postgresUrl,
  secret,
  text,
  webAddress,
  words,
} from './config/kinds.ts';
import { Misuse } from './errors.ts';
import { packageRoot } from './package-root.ts';

interface Setting<T> {
  readonly variable: string;
  readonly kind: Kind<T>;
  readonly fallback: T;
  /** How the documentation words the default, where the value itself says too little. */
  readonly fallbackWords?: string;
  readonly meaning: string;
}

function setting<T>(definition: Setting<T>): Setting<T> {
  return definition;
}

export const settingsTable = {
  dataDir: setting({
    variable: 'TESSERA_DATA_DIR',
    kind: folder,
    fallback: undefined,
    fallbackWords:
      '`.tessera` in the checkout; as root, where the database account cannot reach that, `/var/lib/tessera/…`',
    meaning: 'The data folder: the embedded database, generated secrets and the hub’s lock.',
  }),
  port: setting({
    variable: 'PORT',
    kind: integer(0, 65_535),
    fallback: 4000,
    meaning: 'The port that the hub answers on; 0 takes a free one.',
  }),
  host: setting({
    variable: 'TESSERA_HOST',
    kind: text,
    fallback: '127.0.0.1',
    meaning: 'The address that the hub listens on. Behind a proxy on another machine: `0.0.0.0`.',
  }),
  databaseUrl: setting({
    variable: 'DATABASE_URL',
    kind: postgresUrl,
    fallback: undefined,
    fallbackWords: 'an embedded PostgreSQL 18, started by the hub',
    meaning:
      'The PostgreSQL (15 to 18) that holds the hub, as the account that owns it and may create roles.',
  }),
  roleSecret: setting({
    variable: 'TESSERA_ROLE_SECRET',
    kind: secret,
    fallback: undefined,
    fallbackWords: 'generated once, kept in the data folder',
    meaning: 'The passwords of the hub’s database roles are derived from it. Hubs on one database share it.',
  }),
  surrogateKey: setting({
    variable: 'TESSERA_SURROGATE_KEY',
    kind: secret,
    fallback: undefined,
    fallbackWords: 'generated once, kept in the data folder',
    meaning:
      'Makes the hub’s surrogates of agencies’ pseudonyms. Hubs on one database share it; back it up with the database.',
  }),
  demo: setting({
    variable: 'TESSERA_DEMO',
    kind: choice('on', 'off'),
    fallback: 'on',
    meaning:
      'Whether the first start without `DATABASE_URL` loads a made-up state. A hub with agencies of its own never does.',
  }),
  poolSize: setting({
    variable: 'TESSERA_POOL_SIZE',
    kind: integer(1, 200),
    fallback: 10,
    meaning: 'The most connections that one database role opens.',
  }),
  readerCost: setting({
    variable: 'TESSERA_READER_COST',
    kind: integer(20_000, 1_000_000_000),
    fallback: 2_000_000,
    meaning:
      'What the questions of one person, or of one network without signing in, may cost in a minute. A table of all counties costs about 3,000.',
  }),
  readerTables: setting({
    variable: 'TESSERA_READER_TABLES',
    kind: integer(1, 1_000_000),
    fallback: 5000,
    meaning: 'How many different tables one person, or one network without signing in, may read in an hour.',
  }),
  mode: setting({
    variable: 'TESSERA_MODE',
    kind: choice('open', 'production'),
    fallback: 'open',
    meaning:
      'In `production` the API answers registered documents only and says nothing of its schema; `open` is for trying out.',
  }),
  publicUrl: setting({
    variable: 'TESSERA_PUBLIC_URL',
    kind: webAddress,
    fallback: undefined,
    fallbackWords: 'the address that the hub listens on',
    meaning: 'The address that browsers reach the hub by. With https, cookies are marked Secure.',
  }),
  publisher: setting({
    variable: 'TESSERA_PUBLISHER',
    kind: words,
    fallback: 'The data steward of this hub',
    meaning: 'Who publishes the figures, as the catalogue of open data (`/data.json`) names them.',
  }),
  contact: setting({
    variable: 'TESSERA_CONTACT',
    kind: mailAddress,
    fallback: 'steward@hub.invalid',
    meaning:
      'The mail address for questions about published data, in `/data.json`. Name one that somebody reads.',
  }),
  oidcIssuer: setting({
    variable: 'TESSERA_OIDC_ISSUER',
    kind: webAddress,
    fallback: undefined,
    fallbackWords: 'none: people sign in with the hub itself',
    meaning: 'The identity provider that people sign in with (OpenID Connect).',
  }),
  oidcClientId: setting({
    variable: 'TESSERA_OIDC_CLIENT_ID',
    kind: text,
    fallback: undefined,
    fallbackWords: 'none',
    meaning: 'The hub’s client id at the identity provider.',
  }),
  oidcClientSecret: setting({
    variable: 'TESSERA_OIDC_CLIENT_SECRET',
    kind: text,
    fallback: undefined,
    fallbackWords: 'none: a public client with PKCE',
    meaning: 'The hub’s client secret at the identity provider.',
  }),
  oidcAudience: setting({
    variable: 'TESSERA_OIDC_AUDIENCE',
    kind: text,
    fallback: undefined,
    fallbackWords: 'the hub’s public address',
    meaning: 'The audience that access tokens of the identity provider must name to be for this hub.',
  }),
  inbox: setting({
    variable: 'TESSERA_INBOX',
    kind: folder,
    fallback: undefined,
    fallbackWords: '`inbox` in the data folder',
    meaning:
      'Where the night finds deliveries. The folder is the hub’s: what was loaded or refused is removed from it.',
  }),
  deliveryKeyFile: setting({
    variable: 'TESSERA_DELIVERY_KEY_FILE',
    kind: file,
    fallback: undefined,
    fallbackWords: 'none: encrypted deliveries are refused',
    meaning:
      'A file of age keys that open what agencies encrypt for the hub; `npx tessera seal key` makes one. Files are opened in memory as they are read.',
  }),
  otlpEndpoint: setting({
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    kind: webAddress,
    fallback: undefined,
    fallbackWords: 'none: no traces',
    meaning:
      'Where a collector of OpenTelemetry takes OTLP over HTTP, without `/v1/traces`: each night is sent there as one trace.',
  }),
  otlpHeaders: setting({
    variable: 'OTEL_EXPORTER_OTLP_HEADERS',
    kind: text,
    fallback: undefined,
    fallbackWords: 'none',
    meaning: 'Headers that the collector asks for, as `name=value,name=value`.',
  }),
  nightHour: setting({
    variable: 'TESSERA_NIGHT_HOUR',
    kind: integer(0, 23),
    fallback: 9,
    meaning:
      'The hour (UTC) at which the night begins. A hub that was off then makes up for it when it is on again.',
  }),
  schedule: setting({
    variable: 'TESSERA_SCHEDULE',
    kind: file,
    fallback: undefined,
    fallbackWords: '`schema/schedule.yaml`',
    meaning:
      'The site’s schedule: what sources send when, blackouts, what is fetched, alerts and who is told (docs/operate.md).',
  }),
  work: setting({
    variable: 'TESSERA_WORK',
    kind: choice('here', 'workers'),
    fallback: 'here',
    meaning:
      'Who has the nights and does the jobs that people ask for: the hub itself, or `tessera worker` processes beside it.',
  }),
  metricsToken: setting({
    variable: 'TESSERA_METRICS_TOKEN',
    kind: secret,
    fallback: undefined,
    fallbackWords: 'none: `/metrics` answers whoever reaches it',
    meaning: 'What a request for `/metrics` has to carry as its bearer token.',
  }),
  tokenRetentionDays: setting({
    variable: 'TESSERA_TOKEN_RETENTION_DAYS',
    kind: integer(1, 3650),
    fallback: 90,
    meaning: 'For how many days tokens that match nobody in scope are kept before they are purged.',
  }),
  logLevel: setting({
    variable: 'TESSERA_LOG_LEVEL',
    kind: choice('debug', 'info', 'warn', 'error', 'silent'),
    fallback: 'info',
    meaning: 'How much is logged. No level logs a value from a row.',
  }),
  logFormat: setting({
    variable: 'TESSERA_LOG_FORMAT',
    kind: choice('json', 'text', 'auto'),
    fallback: 'auto',
    meaning: 'Log lines as JSON for programs or as text for people; `auto` writes text to a terminal only.',
  }),
} as const;

type Value<S> = S extends Setting<infer T> ? T : never;
export type Settings = { readonly [K in keyof typeof settingsTable]: Value<(typeof settingsTable)[K]> };

/** Every wrong or unknown setting is named in one error, so that a start is mended in one go. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Settings {
  const complaints: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, definition] of Object.entries<Setting<unknown>>(settingsTable)) {
    const given = environment[definition.variable];
    try {
      values[name] = given === undefined || given === '' ? definition.fallback : definition.kind.parse(given);
    } catch (error) {
      complaints.push(`${definition.variable} ${(error as Error).message}`);
    }
  }
  const known = new Set<string>(Object.values(settingsTable).map((definition) => definition.variable));
  for (const variable of Object.keys(environment)) {
    if (variable.startsWith('TESSERA_') && !known.has(variable))
      complaints.push(`${variable} is not a setting`);
  }
  if (complaints.length > 0) {
    throw new Misuse('SETTINGS_WRONG', `${complaints.join('; ')}.`, {
      remedy: 'Correct the environment; docs/configuration.md lists every setting.',
    });
  }
  return Object.freeze(values) as Settings;
}

/** docs/configuration.md, generated so that no setting can be missing from it. */
export function configurationPage(): string {
  const rows = Object.values<Setting<unknown>>(settingsTable).map((definition) => {
    const fallback = definition.fallbackWords ?? `\`${String(definition.fallback)}\``;
    return `| \`${definition.variable}\` | ${definition.kind.words} | ${fallback} | ${definition.meaning} |`;
  });
  return [
    '# Configuration',
    '',
    'Every setting that the hub reads from its environment. A wrong value, or an unknown name that begins with',
    '`TESSERA_`, stops the start and is named. This page is made by `npm run generate` from `src/config.ts`.',
    '',
    '| variable | type | default | meaning |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** Where data lives when nothing is said: with the checkout, so that two checkouts never share a database. */
export const checkoutDataDir: string = resolve(packageRoot, '.tessera');

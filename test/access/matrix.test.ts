/** Every operation × role × own and other county, asked over HTTP and compared with the policy page as written. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readHistory } from '../../src/audit/history.ts';
import { transaction } from '../../src/db/transaction.ts';
import { packageRoot } from '../../src/package-root.ts';
import { testDatabase } from '../support/database.ts';
import { testServer } from '../support/server.ts';

interface Page {
  readonly roles: readonly { role: string; bound_to: string; purposes: string[] }[];
  readonly operations: readonly {
    operation: string;
    kind: string;
    purposes?: string[];
    channels?: string[];
    agreement?: string;
    reach: Record<string, string>;
  }[];
}

const page = parse(readFileSync(join(packageRoot, 'schema/access-policy.yaml'), 'utf8')) as Page;
const absent = '00000000-0000-8000-8000-000000000000';
const own = { county: '06037', agency: 'CW-1' };
const other = { county: '06001', agency: 'CW-2' };

/** One question for each operation; what it is about is written into those that can be about a place. */
const questions: Readonly<Record<string, (place: typeof own) => string>> = {
  hub: () => '{ hub { version } }',
  terms: () => '{ terms(first: 1) { nodes { name } } }',
  codeLists: () => '{ codeLists(first: 1) { nodes { name } } }',
  needs: () => '{ needs(first: 1) { nodes { code } } }',
  registerKinds: () => '{ registerKinds { name } }',
  me: () => '{ me { role } }',
  offerSecondFactor: () => 'mutation { offerSecondFactor { sealed } }',
  takeSecondFactor: () => 'mutation { takeSecondFactor(sealed: "x", code: "000000") { id } }',
  setPassword: () => 'mutation { setPassword(password: "short") { id } }',
  register: ({ county }) => `{ register(county: "${county}") { nodes { id } } }`,
  publicRegister: ({ county }) => `{ publicRegister(county: "${county}") { nodes { id } } }`,
  registerHistory: () => `{ registerHistory(id: "${absent}") { id } }`,
  recordRegisterEntry: ({ county }) => `mutation { recordRegisterEntry(idempotencyKey: "m", input: {
    kind: PILOT_SCOPE, county: "${county}", effectiveFrom: "2026-01-01", fields: [{name: "scope", values: ["area"]}] }) { id } }`,
  agreements: () => '{ agreements { nodes { id } } }',
  recordAgreementTerms: () =>
    'mutation { recordAgreementTerms(agreement: "none", version: 0, fields: []) { version } }',
  terminateAgreement: () =>
    'mutation { terminateAgreement(agreement: "none", lastDay: "2026-01-01") { id } }',
  agreementReviews: () => '{ agreementReviews { nodes { id } } }',
  askAgreementReview: () =>
    'mutation { askAgreementReview(agreement: "none", reason: "r", idempotencyKey: "m") { id } }',
  decideAgreementReview: () =>
    `mutation { decideAgreementReview(id: "${absent}", decision: APPROVED) { id } }`,
  release: () => '{ release(number: 1) { number } }',
  releases: () => '{ releases(first: 1) { nodes { number } } }',
  metrics: () => '{ metrics(first: 1) { nodes { id } } }',
  metric: () => '{ metric(id: "identified") { id } }',
  table: () => '{ table(metric: "identified") { metric } }',
  compare: () => '{ compare(metric: "identified", periods: ["2023", "2024"]) { difference } }',
  crossover: () => '{ crossover { metric } }',
  cascade: () => '{ cascade { metric } }',
  prevalence: () => '{ prevalence { period } }',
  clocks: () => '{ clocks { metric } }',
  gaps: () => '{ gaps { metric } }',
  programFields: () => '{ programFields { name } }',
  providers: () => '{ providers(first: 1) { nodes { program { name } } } }',
  assetMap: () => '{ assetMap { counties { county } } }',
  resourceGaps: () => '{ resourceGaps { period } }',
  providerWork: ({ county }) => `{ providerWork(county: "${county}") { stale } }`,
  recordProgram: ({ county }) =>
    `mutation { recordProgram(input: {county: "${county}", fields: []}) { id } }`,
  askProvider: () => `mutation { askProvider(program: "${absent}") }`,
  decideWaitingProgram: () => `mutation { decideWaitingProgram(id: "${absent}", decision: DROPPED) }`,
  countyTable: ({ county }) => `{ countyTable(county: "${county}", metric: "identified") { metric } }`,
  runs: () => '{ runs { nodes { id } } }',
  refusedDeliveries: () => '{ refusedDeliveries { nodes { code } } }',
  deliveries: ({ county, agency }) =>
    `{ deliveries(agency: "${agency}", county: "${county}") { nodes { delivery } } }`,
  dataQuality: ({ agency }) => `{ dataQuality(agency: "${agency}") { nodes { record } } }`,
  linkageQuality: () => '{ linkageQuality { linkage } }',
  reviewQueue: () => '{ reviewQueue(first: 1) { nodes { pair } } }',
  decideReviewPair: () => 'mutation { decideReviewPair(pair: "none", same: true) { state } }',
  job: () => `{ job(id: "${absent}") { job } }`,
  // What is asked for is refused before anything is begun.
  startNight: () => 'mutation { startNight(idempotencyKey: "m", from: "no stage") { id } }',
  publishRelease: () => 'mutation { publishRelease(idempotencyKey: "m", period: "no period") { id } }',
  withdrawRelease: () => 'mutation { withdrawRelease(idempotencyKey: "m", number: 1, because: "") { id } }',
  openDelivery: ({ agency }) => `mutation { openDelivery(agency: "${agency}", manifest: "{}") { id } }`,
  runProgress: () => `subscription { runProgress(id: "${absent}") { id } }`,
  audit: () => '{ audit(first: 1) { nodes { number } } }',
  people: () => '{ people(first: 1) { nodes { id } } }',
  addPerson: () => 'mutation { addPerson(input: {name: ""}, idempotencyKey: "m") { id } }',
  endPerson: () => `mutation { endPerson(id: "${absent}") { id } }`,
  giveRole: ({ county }) => `mutation { giveRole(idempotencyKey: "m", input: {
    person: "${absent}", role: COUNTY_ANALYST, county: "${county}" }) { id } }`,
  endRole: () => `mutation { endRole(id: "${absent}") { id } }`,
  tokens: () => '{ tokens(first: 1) { nodes { id } } }',
  createToken: () => 'mutation { createToken(input: {name: "m", days: 1}, idempotencyKey: "m") { id } }',
  reports: () => '{ reports(first: 1) { nodes { id } } }',
  openReport: ({ county }) =>
    `mutation { openReport(input: {report: ANNUAL, county: "${county}", year: "2031"}) { id } }`,
  enterReportText: ({ county }) => `mutation { enterReportText(idempotencyKey: "m", input: {kind: PRACTICE,
    county: "${county}", year: "2031", party: "none", language: "en", words: "w"}) { id } }`,
  signOffReportText: () => `mutation { signOffReportText(id: "${absent}", version: 1) { id } }`,
  submitReport: () => `mutation { submitReport(id: "${absent}") { id } }`,
  commentOnReport: () =>
    `mutation { commentOnReport(id: "${absent}", words: "w", idempotencyKey: "m") { id } }`,
  returnReport: () => `mutation { returnReport(id: "${absent}", words: "w") { id } }`,
  approveReport: () => `mutation { approveReport(id: "${absent}") { id } }`,
  datasets: () => '{ datasets { id } }',
  datasetTables: () => '{ datasetTables { address } }',
  requests: () => '{ requests(first: 1) { nodes { id } } }',
  requestDataset: () =>
    'mutation { requestDataset(idempotencyKey: "m", submit: false, input: {fields: [], tables: ["none"]}) { id } }',
  withdrawRequest: () => `mutation { withdrawRequest(id: "${absent}") { id } }`,
  commentOnRequest: () =>
    `mutation { commentOnRequest(id: "${absent}", words: "w", idempotencyKey: "m") { id } }`,
  decideRequest: () => `mutation { decideRequest(id: "${absent}", decision: APPROVE) { id } }`,
  releaseDataset: () => `mutation { releaseDataset(id: "${absent}", idempotencyKey: "m") { id } }`,
  linkDataset: () => `mutation { linkDataset(id: "${absent}") { address } }`,
  revokeDatasetLinks: () => `mutation { revokeDatasetLinks(id: "${absent}") { id } }`,
  destroyDataset: () => `mutation { destroyDataset(id: "${absent}", words: "w") { id } }`,
  revokeToken: () => `mutation { revokeToken(id: "${absent}") { id } }`,
};

/** What the page says, read a second time in the plainest way. */
function pageAllows(
  role: Page['roles'][number],
  operation: Page['operations'][number],
  place: typeof own,
): boolean {
  const reach = operation.reach[role.role];
  if (reach === undefined) return false;
  // None of the matrix's readers has one; test/api/figures.test.ts has.
  if (operation.agreement !== undefined) return false;
  if (operation.channels !== undefined && !operation.channels.includes('token') && role.role !== 'public')
    return false;
  if (operation.channels !== undefined && role.role === 'public') return false;
  const purposes = operation.purposes ?? role.purposes;
  if (!purposes.some((purpose) => role.purposes.includes(purpose))) return false;
  const text = questions[operation.operation]?.(place) ?? '';
  if (reach === 'own' && text.includes(other.county)) return false;
  if (reach === 'agency' && text.includes(other.agency)) return false;
  return true;
}

const database = testDatabase();
const server = testServer(database);
const tokens = new Map<string, string>();

beforeAll(async () => {
  await transaction(
    await database.as('owner'),
    ({ client }) =>
      client.query(`INSERT INTO governance.agency VALUES ('CW-1', 'Agency CW-1', 'child_welfare', '06037'),
        ('CW-2', 'Agency CW-2', 'child_welfare', '06001')`),
    { county: '*' },
  );
  for (const { role, bound_to: bound } of page.roles) {
    if (role === 'public') continue;
    tokens.set(
      role,
      await server.token({
        role,
        ...(bound === 'county' ? { county: own.county } : {}),
        ...(bound === 'agency' ? { agency: own.agency } : {}),
      }),
    );
  }
});

async function outcomeOf(request: string): Promise<string> {
  const lines = await readHistory(await database.as('api'), { audit: 'all' }, { most: 5 });
  return lines.find((line) => line.request === request)?.outcome ?? 'not on record';
}

test('the page names every root field and no other', async () => {
  const named = page.operations.filter(({ kind }) => kind !== 'route').map(({ operation }) => operation);
  const { data } = await server.ask(
    '{ __schema { queryType { fields { name } } mutationType { fields { name } } subscriptionType { fields { name } } } }',
  );
  const schema = (data as unknown as { __schema: Record<string, { fields: { name: string }[] }> }).__schema;
  const fields = Object.values(schema).flatMap((type) => type.fields.map((field) => field.name));
  expect(fields.toSorted()).toEqual(named.toSorted());
  expect(Object.keys(questions).toSorted()).toEqual(named.toSorted());
});

describe.each(page.roles)('$role', (role) => {
  test('is answered what the page allows, and everything else as if it were not there', async () => {
    const wrong: string[] = [];
    for (const operation of page.operations.filter(({ kind }) => kind !== 'route')) {
      for (const place of [own, other]) {
        const question = questions[operation.operation]?.(place) ?? '';
        const token = tokens.get(role.role);
        const response = await fetch(`${server.url}/graphql`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(operation.kind === 'subscription' ? { accept: 'text/event-stream' } : {}),
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify({ query: question }),
        });
        const answer = (await response.json()) as {
          errors?: { message: string; extensions: { code: string } }[];
        };
        const outcome = await outcomeOf(response.headers.get('x-request-id') ?? '');
        const allowed = pageAllows(role, operation, place);
        const refused = outcome.startsWith('refused');
        if (outcome === 'not on record' || refused === allowed)
          wrong.push(`${operation.operation} for ${place.county}: ${outcome}, page says ${allowed}`);
        if (
          refused &&
          (answer.errors?.[0]?.extensions.code !== 'NOT_FOUND' ||
            answer.errors[0].message !== 'There is nothing here, or not for you.')
        )
          wrong.push(`${operation.operation}: refused in other words than what is absent`);
        if (answer.errors?.some((error) => error.extensions.code === 'INTERNAL_SERVER_ERROR'))
          wrong.push(`${operation.operation}: a defect`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** What the forms of the reports do. Each sends its reader back to the page, with the reason where it was refused. */
import type { Permission } from '../../../src/access/permit.ts';
import { Refused } from '../../../src/errors.ts';
import { REPORT_KINDS, TEXT_KINDS } from '../../../src/reports/edition.ts';
import type { Actor } from '../../../src/reports/edition-steps.ts';
import type { Act } from '../../../src/reports/workflow.ts';
import { type Answer, seeOther } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { notFoundPage } from '../not-found.tsx';
import { editionNamed } from './edition-named.ts';

export async function openEdition(visit: Visit, ports: Ports): Promise<Answer> {
  const { report: asked, county = '', year = '', release = '', because = '' } = visit.sent;
  const report = REPORT_KINDS.find((one) => one === asked);
  const by = actor(visit);
  if (report === undefined || by === undefined || !/^(\d{5}|state)$/.test(county)) return notFoundPage(visit);
  return orSayWhy('/reports', async () => {
    if (!/^\d{0,9}$/.test(release.trim())) throw new Refused('NO_RELEASE', 'A release has a number.');
    const number = release.trim() === '' ? undefined : Number(release);
    const wanted = { report, county, year, release: number, because };
    return `/reports/${await ports.reports.open(permissionOf(visit), wanted, by)}`;
  });
}

export async function enterTextOfEdition(visit: Visit, ports: Ports): Promise<Answer> {
  const { kind: asked, party = '', language, title, words = '', key = '', id, version } = visit.sent;
  const kind = TEXT_KINDS.find((one) => one === asked);
  const page = await pageOf(visit, ports);
  if (page === undefined || kind === undefined || key === '') return notFoundPage(visit);
  const { permission, edition, by, address } = page;
  return orSayWhy(address, async () => {
    const text = { kind, county: edition.county, year: edition.year, party, title, words };
    const earlier = id === undefined ? {} : { id, version: Number(version) };
    await ports.reports.enter(
      permission,
      {
        ...text,
        ...earlier,
        language: language === 'es' ? 'es' : 'en',
        withdrawn: visit.sent['withdrawn'] === 'yes',
      },
      { person: by.person, key },
    );
    return `${address}#texts`;
  });
}

export async function signOffTextOfEdition(visit: Visit, ports: Ports): Promise<Answer> {
  const { id = '', version = '' } = visit.sent;
  const page = await pageOf(visit, ports);
  if (page === undefined || !isId(id) || !/^\d{1,6}$/.test(version)) return notFoundPage(visit);
  const { permission, by, address } = page;
  return orSayWhy(address, async () => {
    await ports.reports.signOff(permission, { id, version: Number(version) }, by.person);
    return `${address}#texts`;
  });
}

export function submitEdition(visit: Visit, ports: Ports): Promise<Answer> {
  return take(visit, ports, { act: 'submit' });
}

export function approveEdition(visit: Visit, ports: Ports): Promise<Answer> {
  return take(visit, ports, { act: 'approve' });
}

export function returnEdition(visit: Visit, ports: Ports): Promise<Answer> {
  return take(visit, ports, { act: 'return', words: visit.sent['words'] ?? '' });
}

export function commentOnEdition(visit: Visit, ports: Ports): Promise<Answer> {
  return take(visit, ports, { act: 'comment', words: visit.sent['words'] ?? '' }, visit.sent['key']);
}

async function take(visit: Visit, ports: Ports, act: Act, key?: string): Promise<Answer> {
  const page = await pageOf(visit, ports);
  if (page === undefined) return notFoundPage(visit);
  const { permission, edition, by, address } = page;
  return orSayWhy(address, async () => {
    const asked = { edition: edition.id, act, by };
    await ports.reports.take(permission, key === undefined ? asked : { ...asked, key });
    return address;
  });
}

async function pageOf(visit: Visit, ports: Ports) {
  const by = actor(visit);
  const found = await editionNamed(visit, ports);
  if (by === undefined || found === undefined) return undefined;
  const { edition } = found;
  return {
    permission: permissionOf(visit) satisfies Permission,
    edition,
    by,
    address: `/reports/${edition.id}`,
  };
}

function actor({ viewer: { person, name } }: Visit): Actor | undefined {
  return person === undefined ? undefined : { person, name: name ?? null };
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

async function orSayWhy(address: string, work: () => Promise<string>): Promise<Answer> {
  try {
    return seeOther(await work());
  } catch (error) {
    if (error instanceof Refused) return seeOther(`${address}?refused=${error.code}`);
    throw error;
  }
}

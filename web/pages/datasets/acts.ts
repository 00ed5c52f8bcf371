/** What the forms on the page of a request do; whatever is refused is said on the page again, and is on record. */
import type { Actor } from '../../../src/datasets/request.ts';
import type { Act } from '../../../src/datasets/review-workflow.ts';
import { Refused } from '../../../src/errors.ts';
import { type Answer, seeOther } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { attempted } from '../../layout/form-notice.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { notFoundPage } from '../not-found.tsx';
import { actorOf, isId } from './actor.ts';
import type { Done } from './done.ts';
import { requestPage } from './request.tsx';

export function withdrawRequest(visit: Visit, ports: Ports): Promise<Answer> {
  return take(visit, ports, { act: 'withdraw' });
}

export function commentOnRequest(visit: Visit, ports: Ports): Promise<Answer> {
  return take(visit, ports, { act: 'comment', words: visit.sent['words'] ?? '' }, visit.sent['key']);
}

export function decideRequest(visit: Visit, ports: Ports): Promise<Answer> {
  const { decision, words = '' } = visit.sent;
  if (decision === 'begin' || decision === 'approve') return take(visit, ports, { act: decision });
  if (decision === 'return' || decision === 'reject') return take(visit, ports, { act: decision, words });
  return Promise.resolve(notFoundPage(visit));
}

export function revokeLinks(visit: Visit, ports: Ports): Promise<Answer> {
  return take(visit, ports, { act: 'revoke' });
}

export function destroyDataset(visit: Visit, ports: Ports): Promise<Answer> {
  return take(visit, ports, { act: 'destroy', words: visit.sent['words'] ?? '' });
}

export async function releaseDataset(visit: Visit, ports: Ports): Promise<Answer> {
  const { release = '', key = '' } = visit.sent;
  return attempt(visit, ports, async (request, { person }) => {
    if (!/^\d{0,9}$/.test(release.trim())) throw new Refused('NO_RELEASE', 'A release has a number.');
    const number = release.trim() === '' ? undefined : Number(release);
    await ports.datasets.release(permissionOf(visit), { request, release: number, by: person, key });
  });
}

/** The link is shown on the page that answers, and nowhere again. */
export async function linkDataset(visit: Visit, ports: Ports): Promise<Answer> {
  let link: Done['link'];
  const answer = await attempt(visit, ports, async (request, by) => {
    link = await ports.datasets.link(permissionOf(visit), { request, by });
  });
  return link === undefined ? answer : shown(visit, ports, { link });
}

async function take(visit: Visit, ports: Ports, act: Act, key?: string): Promise<Answer> {
  return attempt(visit, ports, async (request, by) => {
    const asked = { request, act, by };
    await ports.datasets.take(permissionOf(visit), key === undefined ? asked : { ...asked, key });
  });
}

async function attempt(
  visit: Visit,
  ports: Ports,
  work: (request: string, by: Actor) => Promise<void>,
): Promise<Answer> {
  const { id = '' } = visit.params;
  const by = actorOf(visit);
  if (by === undefined || !isId(id)) return notFoundPage(visit);
  const refused = await attempted(() => work(id, by));
  if (refused === undefined) return seeOther(`/requests/${id}`);
  visit.refused(refused.code);
  return shown(visit, ports, { refused });
}

async function shown(visit: Visit, ports: Ports, done: Done): Promise<Answer> {
  const permission = visit.permit('requests');
  return permission === undefined ? notFoundPage(visit) : requestPage({ ...visit, permission }, ports, done);
}

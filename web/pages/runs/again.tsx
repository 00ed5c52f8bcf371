import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import type { AskedJob } from '../../../src/runs/asked-jobs.ts';
import { type Answer, seeOther } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { notFoundPage } from '../not-found.tsx';

interface AgainProps {
  readonly visit: Visit;
  readonly asked: AskedJob | undefined;
}

/** For those who may have the night's work done: the form, and how what they asked for stands. */
export function Again({ visit, asked }: AgainProps): VNode | null {
  const { say } = visit;
  if (!visit.may('startNight')) return null;
  return (
    <form class="entry" method="post" action="/runs">
      {asked !== undefined && <p role="status">{standingOf(visit, asked)}</p>}
      <p>{say('runs.again.more')}</p>
      <input type="hidden" name="key" value={randomUUID()} />
      <button type="submit">{say('runs.again')}</button>
    </form>
  );
}

function standingOf({ say }: Visit, { begunAt, outcome, code }: AskedJob): string {
  if (outcome !== null)
    return say('runs.again.ended', { outcome: code === null ? outcome : `${outcome} (${code})` });
  return say(begunAt === null ? 'runs.again.asked' : 'runs.again.begun');
}

/** The job that the address names, if its reader asked for one. */
export async function againOf(visit: Visit, ports: Ports): Promise<AskedJob | undefined> {
  const id = visit.query.get('asked') ?? '';
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) || !visit.may('job')) return undefined;
  const permission = visit.permit('job');
  return permission && ports.job(permission, id);
}

export async function askForNight(visit: Visit, ports: Ports): Promise<Answer> {
  const { key = '' } = visit.sent;
  const { person } = visit.viewer;
  if (person === undefined || key === '' || key.length > 200) return notFoundPage(visit);
  const { id } = await ports.askForNight(permissionOf(visit), { person, key });
  return seeOther(`/runs?asked=${id}`);
}

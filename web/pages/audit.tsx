import { type Answer, html } from '../answer.ts';
import { permissionOf } from '../layout/count-text.ts';
import { DataTable } from '../layout/data-table.tsx';
import { renderPage } from '../layout/page.tsx';
import type { Ports } from '../ports.ts';
import { ROLES } from '../viewer.ts';
import type { Visit } from '../visit.ts';

/** Who asked for what and how it ended: the reader's own history, or everybody's. */
export async function auditPage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say } = visit;
  const permission = permissionOf(visit);
  const everybody = permission.claims.audit === 'all';
  const asked = visit.query.get('before') ?? '';
  const lines = await ports.history(permission, /^\d{1,15}$/.test(asked) ? Number(asked) : undefined);
  const last = lines.at(-1);
  return html(
    renderPage({
      visit,
      title: say('nav.audit'),
      children: (
        <>
          <h1>{say('nav.audit')}</h1>
          <p class="lead">{say('audit.lead')}</p>
          {lines.length === 0 ? (
            <p>{say('audit.none')}</p>
          ) : (
            <DataTable
              caption={say(everybody ? 'audit.all' : 'audit.own')}
              columns={[
                { head: say('audit.number') },
                { head: say('audit.at') },
                { head: say('people.role') },
                { head: say('audit.purpose') },
                { head: say('audit.channel') },
                { head: say('audit.operations') },
                { head: say('audit.outcome') },
              ]}
              rows={lines.map((line) => [
                line.number,
                `${line.at.slice(0, 10)} ${line.at.slice(11, 16)} UTC`,
                roleText(visit, line.role),
                line.purpose?.replaceAll('_', ' ') ?? '–',
                line.channel,
                line.operations.join(', '),
                line.outcome,
              ])}
            />
          )}
          {last !== undefined && last.number > 1 && (
            <p>
              <a href={`/audit?before=${last.number}`}>{say('audit.earlier')}</a>
            </p>
          )}
        </>
      ),
    }),
  );
}

function roleText({ say }: Visit, name: string): string {
  const role = ROLES.find((one) => one === name);
  return role === undefined ? name : say(`role.${role}`);
}

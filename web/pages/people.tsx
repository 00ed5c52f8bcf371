import type { VNode } from 'preact';
import type { RoleHeld } from '../../src/access/people.ts';
import { type Answer, html } from '../answer.ts';
import { permissionOf } from '../layout/count-text.ts';
import { DataTable } from '../layout/data-table.tsx';
import { renderPage } from '../layout/page.tsx';
import type { Ports } from '../ports.ts';
import { ROLES } from '../viewer.ts';
import type { Visit } from '../visit.ts';

/** Tokens of the reader's own, or everybody's; and for those who look after access, who may come in. */
export async function peoplePage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say } = visit;
  const everybody = permissionOf(visit).operation.reach.get(visit.viewer.role) === 'all';
  const seesPeople = visit.may('people') && visit.permit('people') !== undefined;
  const people = seesPeople ? await ports.people() : [];
  const own = visit.viewer.person;
  const tokens = everybody || own !== undefined ? await ports.tokens(everybody ? undefined : own) : [];
  return html(
    renderPage({
      visit,
      title: say('nav.people'),
      children: (
        <>
          <h1>{say('nav.people')}</h1>
          <p class="lead">{say('people.lead')}</p>
          {seesPeople && (
            <DataTable
              caption={say('people.who')}
              columns={[
                { head: say('people.name') },
                { head: say('people.email') },
                { head: say('people.roles') },
                { head: say('people.since') },
                { head: say('people.ended') },
              ]}
              rows={people.map((person) => [
                person.name,
                person.email ?? '–',
                <Roles visit={visit} roles={person.roles} />,
                visit.day(person.addedAt.toISOString()),
                person.endedAt === null ? '–' : visit.day(person.endedAt.toISOString()),
              ])}
            />
          )}
          {tokens.length === 0 ? (
            <p>{say('people.no_tokens')}</p>
          ) : (
            <DataTable
              caption={say(everybody ? 'people.tokens' : 'people.own_tokens')}
              columns={[
                { head: say('people.token') },
                { head: say('people.role') },
                { head: say('people.scopes') },
                { head: say('people.expires') },
                { head: say('people.used') },
                { head: say('people.revoked') },
              ]}
              rows={tokens.map((token) => [
                `${token.name} …${token.ending}`,
                roleText(visit, token.role, token.county ?? token.agency),
                token.scopes.join(', '),
                visit.day(token.expiresAt.toISOString()),
                token.lastUsedOn === null ? '–' : visit.day(token.lastUsedOn),
                token.revokedAt === null ? '–' : visit.day(token.revokedAt.toISOString()),
              ])}
            />
          )}
          <p>{say('people.how')}</p>
        </>
      ),
    }),
  );
}

function Roles({ visit, roles }: { readonly visit: Visit; readonly roles: readonly RoleHeld[] }): VNode {
  return (
    <>
      {roles
        .map(({ role, county, agency, endedAt }) => {
          const text = roleText(visit, role, county ?? agency);
          return endedAt === null ? text : `${text} (${visit.say('people.ended')})`;
        })
        .join('; ') || '–'}
    </>
  );
}

function roleText({ say }: Visit, name: string, of: string | null): string {
  const role = ROLES.find((one) => one === name);
  return `${role === undefined ? name : say(`role.${role}`)}${of === null ? '' : ` ${of}`}`;
}

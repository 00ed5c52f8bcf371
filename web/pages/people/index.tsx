import type { VNode } from 'preact';
import type { Person, RoleHeld } from '../../../src/access/people.ts';
import type { Permission } from '../../../src/access/permit.ts';
import { type Answer, html } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import { ROLES } from '../../viewer.ts';
import type { Visit } from '../../visit.ts';
import { EndButton, PersonForm, RoleForm, type Sent, TokenForm } from './forms.tsx';

/** Tokens of the reader's own, or everybody's; and for those who look after access, who may come in. */
export async function peoplePage(visit: Visit, ports: Ports, sent?: Sent): Promise<Answer> {
  const { say } = visit;
  const seesPeople = visit.may('people') && visit.permit('people') !== undefined;
  const people = seesPeople ? await ports.access.people() : [];
  const whose = tokensOfWhom(visit, permissionOf(visit));
  const tokens = whose === null ? [] : await ports.access.tokens(whose);
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
                { head: say('people.access') },
              ]}
              rows={people.map((person) => [
                person.name,
                person.email ?? '–',
                <Roles visit={visit} person={person} roles={person.roles} />,
                visit.day(person.addedAt.toISOString()),
                person.endedAt === null ? (
                  visit.may('endPerson') ? (
                    <EndButton
                      action={`/people/${person.id}/end`}
                      words={say('people.end')}
                      of={person.name}
                    />
                  ) : (
                    '–'
                  )
                ) : (
                  visit.day(person.endedAt.toISOString())
                ),
              ])}
            />
          )}
          {visit.may('addPerson') && <PersonForm visit={visit} sent={sent} />}
          {visit.may('giveRole') && <RoleForm visit={visit} ports={ports} people={people} sent={sent} />}
          <h2 id="tokens">{say(whose === undefined ? 'people.tokens' : 'people.own_tokens')}</h2>
          {tokens.length === 0 ? (
            <p>{say('people.no_tokens')}</p>
          ) : (
            <DataTable
              caption={say(whose === undefined ? 'people.tokens' : 'people.own_tokens')}
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
                token.revokedAt === null ? (
                  visit.may('revokeToken') ? (
                    <EndButton
                      action={`/people/tokens/${token.id}/revoke`}
                      words={say('people.token.revoke')}
                      of={token.name}
                    />
                  ) : (
                    '–'
                  )
                ) : (
                  visit.day(token.revokedAt.toISOString())
                ),
              ])}
            />
          )}
          {visit.may('createToken') && visit.viewer.held !== undefined && (
            <TokenForm visit={visit} sent={sent} />
          )}
        </>
      ),
    }),
  );
}

/** Everybody's for whoever looks after them, one's own for everybody else; null for whoever has no name here. */
export function tokensOfWhom({ viewer }: Visit, { operation }: Permission): string | undefined | null {
  return operation.reach.get(viewer.role) === 'all' ? undefined : (viewer.person ?? null);
}

interface RolesProps {
  readonly visit: Visit;
  readonly person: Person;
  readonly roles: readonly RoleHeld[];
}

function Roles({ visit, person, roles }: RolesProps): VNode {
  const { say } = visit;
  if (roles.length === 0) return <>–</>;
  return (
    <ul>
      {roles.map(({ id, role, county, agency, endedAt }) => {
        const text = roleText(visit, role, county ?? agency);
        return (
          <li key={id}>
            {endedAt === null ? text : `${text} (${say('people.ended')})`}
            {endedAt === null && visit.may('endRole') && (
              <EndButton
                action={`/people/roles/${id}/end`}
                words={say('people.end_role')}
                of={`${person.name}, ${text}`}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function roleText({ say }: Visit, name: string, of: string | null): string {
  const role = ROLES.find((one) => one === name);
  return `${role === undefined ? name : say(`role.${role}`)}${of === null ? '' : ` ${of}`}`;
}

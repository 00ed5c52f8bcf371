/** What the forms about people and tokens do: each ends at the page that they stand on, with what was wrong or without. */
import { Refused } from '../../../src/errors.ts';
import { isDay } from '../../../src/register/content.ts';
import type { By } from '../../access-port.ts';
import { type Answer, html, seeOther } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { attempted } from '../../layout/form-notice.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { notFoundPage } from '../not-found.tsx';
import type { Sent } from './forms.tsx';
import { peoplePage, tokensOfWhom } from './index.tsx';

export async function letIn(visit: Visit, ports: Ports): Promise<Answer> {
  const by = byOf(visit);
  if (by === undefined) return notFoundPage(visit);
  const { name = '', email = '' } = visit.sent;
  const refused = await attempted(() => ports.access.addPerson({ name: name.slice(0, 200), email }, by));
  return back(visit, ports, refused && { form: 'person', refused });
}

export async function giveRoleTo(visit: Visit, ports: Ports): Promise<Answer> {
  const by = byOf(visit);
  const { person = '', role = '' } = visit.sent;
  if (by === undefined || !isId(person)) return notFoundPage(visit);
  const given = (name: string): string | null => visit.sent[name]?.trim() || null;
  const wanted = {
    person,
    role,
    county: given('county'),
    agency: given('agency'),
    agreement: given('agreement'),
    effectiveTo: given('until'),
  };
  const refused = await attempted(async () => {
    if (wanted.effectiveTo !== null && !isDay(wanted.effectiveTo))
      throw new Refused('DATE', 'The last day is a day, such as 2026-12-31.');
    await ports.access.giveRole(wanted, by);
  });
  return back(visit, ports, refused && { form: 'role', refused });
}

export async function endAccess(visit: Visit, ports: Ports): Promise<Answer> {
  const { id = '' } = visit.params;
  return isId(id) && (await ports.access.endPerson(id)) ? seeOther('/people') : notFoundPage(visit);
}

export async function endHeldRole(visit: Visit, ports: Ports): Promise<Answer> {
  const { id = '' } = visit.params;
  return isId(id) && (await ports.access.endRole(id)) ? seeOther('/people') : notFoundPage(visit);
}

export async function revoke(visit: Visit, ports: Ports): Promise<Answer> {
  const { id = '' } = visit.params;
  const person = tokensOfWhom(visit, permissionOf(visit));
  return isId(id) && person !== null && (await ports.access.revokeToken(id, person))
    ? seeOther('/people#tokens')
    : notFoundPage(visit);
}

/** The one page that shows a token; the address that is left behind does not. */
export async function makeToken(visit: Visit, ports: Ports): Promise<Answer> {
  const { say, viewer } = visit;
  const by = byOf(visit);
  if (by === undefined || viewer.held === undefined) return notFoundPage(visit);
  const { name = '', days = '' } = visit.sent;
  const { id: held, factors } = viewer.held;
  let text: string | null = null;
  const refused = await attempted(async () => {
    if (name.trim() === '' || name.length > 100) throw new Refused('NAME', 'A token has a name.');
    text = await ports.access.makeToken({ held, factors, name: name.trim(), days: Number(days) }, by);
  });
  if (refused !== undefined) return back(visit, ports, { form: 'token', refused });
  return html(
    renderPage({
      visit,
      title: say('people.token.made'),
      children: (
        <>
          <h1>{say('people.token.made')}</h1>
          {text === null ? (
            <p class="notice">{say('people.token.shown')}</p>
          ) : (
            <>
              <pre tabIndex={0} aria-label={say('people.token')}>
                <code class="long">{text}</code>
              </pre>
              <p>{say('people.token.keep')}</p>
            </>
          )}
          <p>
            <a href="/people">{say('nav.people')}</a>
          </p>
        </>
      ),
    }),
  );
}

function byOf({ viewer, sent }: Visit): By | undefined {
  const { key = '' } = sent;
  return viewer.person === undefined || key === '' || key.length > 200
    ? undefined
    : { person: viewer.person, key };
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

async function back(visit: Visit, ports: Ports, sent: Sent | undefined): Promise<Answer> {
  if (sent === undefined) return seeOther('/people');
  const permission = visit.permit('tokens');
  return permission === undefined ? notFoundPage(visit) : peoplePage({ ...visit, permission }, ports, sent);
}

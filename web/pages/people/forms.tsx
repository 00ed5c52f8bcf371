import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import type { Person } from '../../../src/access/people.ts';
import { listNamed } from '../../../src/contracts/lookup.ts';
import type { Refused } from '../../../src/errors.ts';
import { FormNotice } from '../../layout/form-notice.tsx';
import type { Ports } from '../../ports.ts';
import { ROLES } from '../../viewer.ts';
import type { Visit } from '../../visit.ts';

/** What a form of this page sent that was refused. */
export interface Sent {
  readonly form: 'person' | 'role' | 'token';
  readonly refused: Refused;
}

interface FormProps {
  readonly visit: Visit;
  readonly sent: Sent | undefined;
}

function Key({ visit }: { readonly visit: Visit }): VNode {
  return <input type="hidden" name="key" value={visit.sent['key'] ?? randomUUID()} />;
}

function refusedBy({ sent }: FormProps, form: Sent['form']): Refused | undefined {
  return sent?.form === form ? sent.refused : undefined;
}

export function TokenForm(props: FormProps): VNode {
  const { visit } = props;
  const { say, sent } = visit;
  const refused = refusedBy(props, 'token');
  return (
    <details open={refused !== undefined}>
      <summary>{say('people.token.make')}</summary>
      <form class="entry" method="post" action="/people/tokens">
        <FormNotice visit={visit} refused={refused} />
        <Key visit={visit} />
        <div>
          <label for="token-name">{say('people.token.name')}</label>
          <input
            id="token-name"
            name="name"
            type="text"
            required
            maxLength={100}
            value={sent['name'] ?? ''}
          />
        </div>
        <div>
          <label for="days">{say('people.token.days')}</label>
          <input
            id="days"
            name="days"
            type="number"
            required
            min={1}
            max={366}
            value={sent['days'] ?? '90'}
          />
        </div>
        <button type="submit">{say('people.token.make')}</button>
      </form>
    </details>
  );
}

export function PersonForm(props: FormProps): VNode {
  const { visit } = props;
  const { say, sent } = visit;
  const refused = refusedBy(props, 'person');
  return (
    <details open={refused !== undefined}>
      <summary>{say('people.add')}</summary>
      <form class="entry" method="post" action="/people">
        <FormNotice visit={visit} refused={refused} />
        <Key visit={visit} />
        <p>{say('people.add.more')}</p>
        <div>
          <label for="person-name">{say('people.name')}</label>
          <input
            id="person-name"
            name="name"
            type="text"
            required
            maxLength={200}
            value={sent['name'] ?? ''}
          />
        </div>
        <div>
          <label for="email">{say('people.email')}</label>
          <input id="email" name="email" type="email" required maxLength={320} value={sent['email'] ?? ''} />
        </div>
        <button type="submit">{say('people.add')}</button>
      </form>
    </details>
  );
}

interface RoleProps extends FormProps {
  readonly ports: Ports;
  readonly people: readonly Person[];
}

export function RoleForm(props: RoleProps): VNode {
  const { visit, ports, people } = props;
  const { say, sent } = visit;
  const refused = refusedBy(props, 'role');
  const option = (name: string, value: string, label: string): VNode => (
    <option key={value} value={value} selected={sent[name] === value}>
      {label}
    </option>
  );
  return (
    <details open={refused !== undefined}>
      <summary>{say('people.give')}</summary>
      <form class="entry" method="post" action="/people/roles">
        <FormNotice visit={visit} refused={refused} />
        <Key visit={visit} />
        <div>
          <label for="person">{say('people.name')}</label>
          <select id="person" name="person" required>
            {people
              .filter(({ endedAt }) => endedAt === null)
              .map(({ id, name, email }) =>
                option('person', id, email === null ? name : `${name} (${email})`),
              )}
          </select>
        </div>
        <div>
          <label for="role">{say('people.role')}</label>
          <select id="role" name="role" required>
            {ROLES.filter((role) => role !== 'public').map((role) =>
              option('role', role, say(`role.${role}`)),
            )}
          </select>
        </div>
        <div>
          <label for="of-county">{say('people.of_county')}</label>
          <select id="of-county" name="county">
            <option value="">–</option>
            {listNamed(ports.contracts, 'ca_counties').codes.map(({ code, label }) =>
              option('county', code, label),
            )}
          </select>
        </div>
        {(
          [
            ['agency', 'people.of_agency'],
            ['agreement', 'people.agreement'],
          ] as const
        ).map(([name, words]) => (
          <div key={name}>
            <label for={`of-${name}`}>
              {say(words)} ({say('form.optional')})
            </label>
            <input id={`of-${name}`} name={name} type="text" maxLength={100} value={sent[name] ?? ''} />
          </div>
        ))}
        <div>
          <label for="until">
            {say('people.until')} ({say('form.optional')})
          </label>
          <input id="until" name="until" type="date" value={sent['until'] ?? ''} />
        </div>
        <button type="submit">{say('people.give')}</button>
      </form>
    </details>
  );
}

interface EndProps {
  readonly action: string;
  readonly words: string;
  /** What it ends, for whoever hears the button and does not see its row. */
  readonly of: string;
}

export function EndButton({ action, words, of }: EndProps): VNode {
  return (
    <form method="post" action={action}>
      <button type="submit" class="plain">
        {words}
        <span class="unseen">: {of}</span>
      </button>
    </form>
  );
}

import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import { listNamed } from '../../../src/contracts/lookup.ts';
import type { RegisterKind } from '../../../src/contracts/register.ts';
import type { Refused } from '../../../src/errors.ts';
import type { FieldText } from '../../../src/register/content.ts';
import type { RegisterEntry } from '../../../src/register/entries.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { FieldInputs, sentFields } from '../../layout/field-inputs.tsx';
import { attempted, FormNotice } from '../../layout/form-notice.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';

/** What a form holds when it is opened, or held when it was sent. */
export interface Filled {
  readonly fields: readonly FieldText[];
  readonly from: string;
  readonly to: string;
  readonly withdrawn: boolean;
}

interface FormProps {
  readonly visit: Visit;
  readonly ports: Ports;
  readonly kind: RegisterKind;
  readonly filled: Filled;
  readonly refused: Refused | undefined;
  /** The version that the form changes; without it the form makes an entry. */
  readonly newest?: RegisterEntry;
  /** The county of an entry that is made. */
  readonly county?: string | undefined;
}

export function EntryForm({ visit, ports, kind, filled, refused, newest, county }: FormProps): VNode {
  const { say } = visit;
  return (
    <form
      class="entry"
      method="post"
      action={newest === undefined ? `/register/new/${kind.name}` : `/register/${newest.id}`}
    >
      <FormNotice visit={visit} refused={refused} />
      {/* The same form sent twice makes nothing twice, and one that was filled in on an older version is refused. */}
      <input type="hidden" name="key" value={visit.sent['key'] ?? randomUUID()} />
      {newest !== undefined && <input type="hidden" name="version" value={String(newest.version)} />}
      {newest === undefined && kind.scope === 'county' && visit.viewer.county === undefined && (
        <CountyChoice visit={visit} ports={ports} county={county} />
      )}
      <FieldInputs visit={visit} contracts={ports.contracts} kind={kind} given={filled.fields} />
      <div>
        <label for="from">{say('register.from')}</label>
        <input id="from" name="from" type="date" required value={filled.from} />
      </div>
      <div>
        <label for="to">
          {say('register.to')} ({say('form.optional')})
        </label>
        <input id="to" name="to" type="date" value={filled.to} />
      </div>
      {newest !== undefined && (
        <label class="tick">
          <input type="checkbox" name="withdrawn" value="yes" checked={filled.withdrawn} />{' '}
          {say('register.withdraw')}
        </label>
      )}
      <button type="submit">{say('form.record')}</button>
    </form>
  );
}

/** For whoever writes for every county; others write for their own. */
function CountyChoice({ visit, ports, county }: Pick<FormProps, 'visit' | 'ports' | 'county'>): VNode {
  return (
    <div>
      <label for="county">{visit.say('county')}</label>
      <select id="county" name="county" required>
        <option value="">–</option>
        {listNamed(ports.contracts, 'ca_counties').codes.map(({ code, label }) => (
          <option key={code} value={code} selected={code === county}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Records what a form sent: where its reader goes then, or what was wrong with it. */
export async function sentEntry(
  visit: Visit,
  ports: Ports,
  kind: RegisterKind,
  newest?: RegisterEntry,
): Promise<{ readonly refused?: Refused; readonly filled: Filled; readonly location?: string }> {
  const { sent, viewer } = visit;
  const filled: Filled = {
    fields: sentFields(kind, sent),
    from: sent['from'] ?? '',
    to: sent['to'] ?? '',
    withdrawn: sent['withdrawn'] === 'yes',
  };
  const county = newest?.county ?? viewer.county ?? sent['county'];
  let made: RegisterEntry | undefined;
  const refused = await attempted(async () => {
    made = await ports.recordEntry(
      permissionOf(visit),
      {
        kind: kind.name,
        county,
        fields: filled.fields,
        effectiveFrom: filled.from,
        effectiveTo: filled.to === '' ? null : filled.to,
        withdrawn: filled.withdrawn,
        id: newest?.id,
        version: newest === undefined ? undefined : Number(sent['version']),
      },
      { person: viewer.person ?? '', key: sent['key'] ?? '' },
    );
  });
  if (refused !== undefined) return { refused, filled };
  if (made?.withdrawn === false && visit.may('registerHistory'))
    return { filled, location: `/register/${made.id}` };
  return { filled, location: '/register' };
}

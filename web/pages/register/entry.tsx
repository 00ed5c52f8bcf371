import type { Refused } from '../../../src/errors.ts';
import { kindNamed } from '../../../src/register/content.ts';
import type { RegisterEntry } from '../../../src/register/entries.ts';
import { fieldValues } from '../../../src/register/field-values.ts';
import { type Answer, html, seeOther } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { notFoundPage } from '../not-found.tsx';
import { EntryForm, type Filled, sentEntry } from './entry-form.tsx';
import { KindHead, mayAdd, titleOf } from './kind-head.tsx';

/** Every version of one entry, and the form of its next one. */
export async function registerEntryPage(visit: Visit, ports: Ports): Promise<Answer> {
  const versions = await versionsOf(visit, ports);
  return versions === undefined ? notFoundPage(visit) : shown(visit, ports, versions);
}

/** What a form of such a page sent becomes the next version, or the page says what is wrong with it. */
export async function changeEntry(visit: Visit, ports: Ports): Promise<Answer> {
  const reading = visit.permit('registerHistory');
  const versions =
    reading === undefined ? undefined : await versionsOf({ ...visit, permission: reading }, ports);
  if (versions === undefined) return notFoundPage(visit);
  const [newest] = versions;
  const kind = kindNamed(ports.contracts, newest.kind);
  const { refused, filled, location } = await sentEntry(visit, ports, kind, newest);
  if (location !== undefined) return seeOther(location);
  return { ...shown(visit, ports, versions, filled, refused), status: 422 };
}

type Versions = readonly [RegisterEntry, ...RegisterEntry[]];

async function versionsOf(visit: Visit, ports: Ports): Promise<Versions | undefined> {
  const id = visit.params['id'] ?? '';
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return undefined;
  const [newest, ...earlier] = await ports.entryHistory(permissionOf(visit), id);
  return newest === undefined ? undefined : [newest, ...earlier];
}

function shown(visit: Visit, ports: Ports, versions: Versions, filled?: Filled, refused?: Refused): Answer {
  const { say, day } = visit;
  const [newest] = versions;
  const kind = kindNamed(ports.contracts, newest.kind);
  const { county } = newest;
  return html(
    renderPage({
      visit,
      title: titleOf(kind),
      children: (
        <>
          <KindHead visit={visit} kind={kind} county={county === 'state' ? undefined : county} />
          <DataTable
            caption={say('register.history')}
            columns={[
              { head: say('register.version') },
              { head: say('register.recorded') },
              { head: say('register.from') },
              { head: say('register.to') },
              { head: say('register.says') },
            ]}
            rows={versions.map((version) => [
              String(version.version),
              day(version.recordedAt.toISOString()),
              day(version.effectiveFrom),
              version.effectiveTo === null ? '–' : day(version.effectiveTo),
              version.withdrawn ? (
                say('register.withdrawn')
              ) : (
                <span lang="en">
                  {fieldValues(ports.contracts, kind.name, version.content)
                    .map(({ name, labels }) => `${name.replaceAll('_', ' ')}: ${labels.join(', ')}`)
                    .join('; ')}
                </span>
              ),
            ])}
          />
          {mayAdd(visit, kind) && (
            <>
              <h2>{say('register.change')}</h2>
              <p>{say('register.change.more')}</p>
              <EntryForm
                visit={visit}
                ports={ports}
                kind={kind}
                filled={filled ?? asFilled(ports, newest)}
                refused={refused}
                newest={newest}
              />
            </>
          )}
        </>
      ),
    }),
  );
}

function asFilled({ contracts }: Ports, entry: RegisterEntry): Filled {
  return {
    fields: fieldValues(contracts, entry.kind, entry.content),
    from: entry.effectiveFrom,
    to: entry.effectiveTo ?? '',
    withdrawn: entry.withdrawn,
  };
}

import type { VNode } from 'preact';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { RegisterField } from '../../../src/contracts/register.ts';
import { Refused } from '../../../src/errors.ts';
import { type Texts, textsOf } from '../../../src/providers/as-texts.ts';
import { directoryFields } from '../../../src/providers/checked-program.ts';
import { severalOf } from '../../../src/providers/directory.ts';
import { ProgramRefused } from '../../../src/providers/record-program.ts';
import { todayText } from '../../../src/providers/stale.ts';
import { type Complaint, type FieldText, offeredBy } from '../../../src/register/content.ts';
import { type Answer, html, seeOther } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { InEnglish } from '../definitions/trail.tsx';
import { notFoundPage } from '../not-found.tsx';

/** The form of an entry, made from schema/directory.yaml: what it lists is what the check asks. */
export async function editPage(visit: Visit, { contracts, assetMap }: Ports): Promise<Answer> {
  const id = visit.params['id'] ?? '';
  if (id === 'new')
    return form(visit, contracts, {
      texts: {
        confidential: 'false',
        source: 'county',
        verified_on: todayText(),
        kept_by: visit.viewer.county ?? '',
      },
      version: undefined,
      complaints: [],
    });
  const program = await assetMap.program(id);
  if (program === undefined) return notFoundPage(visit);
  return form(visit, contracts, { texts: textsOf(program), version: program.version, complaints: [] });
}

/** What is wrong comes back with the form, and with all that was written into it. */
export async function saveEntry(visit: Visit, { contracts, assetMap }: Ports): Promise<Answer> {
  const { sent, params, viewer } = visit;
  const several = severalOf(contracts);
  const texts: Record<string, string> = params['id'] === 'new' ? {} : { id: params['id'] ?? '' };
  for (const { name } of directoryFields(contracts)) {
    // Several choices of one name come with commas, which no code has.
    const text = several.has(name) ? sent[name]?.replaceAll(',', ';') : sent[name];
    if (name !== 'id' && text !== undefined && text.trim() !== '') texts[name] = text;
  }
  const fields: FieldText[] = Object.entries(texts).map(([name, text]) => ({
    name,
    values: several.has(name) ? text.split(';') : [text],
  }));
  const version =
    sent['version'] === undefined || sent['version'] === '' ? undefined : Number(sent['version']);
  try {
    const said = {
      fields,
      version,
      another: sent['another'] === 'yes',
      withdrawn: sent['withdrawn'] === 'yes',
    };
    const program = await assetMap.record(permissionOf(visit), said, viewer.person ?? '');
    return seeOther(said.withdrawn ? '/map' : `/map/programs/${program.id}`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const complaints =
      error instanceof ProgramRefused ? error.complaints : [{ field: 'id', words: error.message }];
    return form(visit, contracts, { texts, version, complaints });
  }
}

interface Filled {
  readonly texts: Texts;
  readonly version: number | undefined;
  readonly complaints: readonly Complaint[];
}

function form(visit: Visit, contracts: Contracts, { texts, version, complaints }: Filled): Answer {
  const { say } = visit;
  const title = say(version === undefined ? 'map.new' : 'map.edit');
  const body = (
    <>
      <h1>{title}</h1>
      <InEnglish visit={visit} />
      {complaints.length > 0 && (
        <div class="notice" role="alert">
          <h2>{say('map.edit.wrong')}</h2>
          <ul lang="en">
            {complaints.map(({ field, words }) => (
              <li key={`${field} ${words}`}>{`${field} ${words}`.trim()}</li>
            ))}
          </ul>
        </div>
      )}
      <form class="entry" method="post" action={`/map/edit/${texts['id'] ?? 'new'}`} autocomplete="off">
        <input type="hidden" name="version" value={version ?? ''} />
        {contracts.directory.map((section) => (
          <fieldset key={section.name}>
            <legend lang="en">{section.words}</legend>
            {section.fields
              .filter(({ name }) => name !== 'id')
              .map((field) => (
                <FieldInput
                  key={field.name}
                  contracts={contracts}
                  field={field}
                  text={texts[field.name] ?? ''}
                  wrong={complaints.find((complaint) => complaint.field === field.name)?.words}
                />
              ))}
          </fieldset>
        ))}
        {complaints.some(({ words }) => words.startsWith('looks like')) && (
          <div class="check">
            <input id="another" name="another" type="checkbox" value="yes" />
            <label for="another">{say('map.edit.another')}</label>
          </div>
        )}
        {version !== undefined && (
          <div class="check">
            <input id="withdrawn" name="withdrawn" type="checkbox" value="yes" />
            <label for="withdrawn">{say('map.edit.withdraw')}</label>
          </div>
        )}
        <button type="submit">{say('map.edit.save')}</button>
      </form>
    </>
  );
  return html(renderPage({ visit, title, children: body }), complaints.length > 0 ? 422 : 200);
}

function FieldInput({
  contracts,
  field,
  text,
  wrong,
}: {
  readonly contracts: Contracts;
  readonly field: RegisterField;
  readonly text: string;
  readonly wrong: string | undefined;
}): VNode {
  const { name, words, required } = field;
  const about = {
    id: name,
    name,
    required,
    'aria-invalid': wrong === undefined ? undefined : true,
    'aria-describedby': wrong === undefined ? undefined : `${name}-wrong`,
  };
  return (
    <div lang="en">
      <label for={name}>{words}</label>
      {inputFor(contracts, field, text, about)}
      {wrong !== undefined && (
        <p class="wrong" id={`${name}-wrong`}>
          {wrong}
        </p>
      )}
    </div>
  );
}

function inputFor(contracts: Contracts, field: RegisterField, text: string, about: object): VNode {
  const { type, minimum, maximum } = field;
  const offered = type === 'flag' ? FLAGS : offeredBy(contracts, field);
  if (offered === undefined) {
    if (type === 'number') return <input type="number" min={minimum} max={maximum} value={text} {...about} />;
    if (type === 'date') return <input type="date" value={text} {...about} />;
    return <input type="text" value={text} {...about} />;
  }
  const several = type === 'codes' || type === 'choices';
  const chosen = new Set(text.split(';'));
  return (
    <select multiple={several} size={several ? Math.min(8, offered.size) : undefined} {...about}>
      {!several && <option value="" />}
      {[...offered].map(([value, label]) => (
        <option key={value} value={value} selected={chosen.has(value)}>
          {label}
        </option>
      ))}
    </select>
  );
}

const FLAGS: ReadonlyMap<string, string> = new Map([
  ['true', 'Yes'],
  ['false', 'No'],
]);

import type { VNode } from 'preact';
import type { Contracts } from '../../src/contracts/contracts.ts';
import type { RegisterField, RegisterKind } from '../../src/contracts/register.ts';
import { type FieldText, offeredBy } from '../../src/register/content.ts';
import type { Visit } from '../visit.ts';

/** In the form that a page sends, so that no field of a kind is taken for one of the page's own. */
const PREFIX = 'field-';

interface FieldsProps {
  readonly visit: Visit;
  readonly contracts: Contracts;
  readonly kind: Pick<RegisterKind, 'fields'>;
  /** What the fields hold when the form is opened. */
  readonly given: readonly FieldText[];
}

/** The fields of a kind as a form asks for them. Their words are those of the contract, which is English. */
export function FieldInputs({ visit, contracts, kind, given }: FieldsProps): VNode {
  return (
    <>
      {kind.fields.map((field) => (
        <FieldInput
          key={field.name}
          visit={visit}
          field={field}
          offered={offeredBy(contracts, field)}
          values={given.filter(({ name }) => name === field.name).flatMap(({ values }) => values)}
        />
      ))}
    </>
  );
}

/** The fields of a kind in what a form sent. */
export function sentFields(
  kind: Pick<RegisterKind, 'fields'>,
  sent: Readonly<Record<string, string>>,
): FieldText[] {
  return kind.fields.flatMap(({ name, type }) => {
    const text = sent[`${PREFIX}${name}`];
    if (text === undefined) return [];
    const several = type === 'codes' || type === 'choices';
    return [{ name, values: several ? text.split(',') : [text] }];
  });
}

interface InputProps {
  readonly visit: Visit;
  readonly field: RegisterField;
  readonly offered: ReadonlyMap<string, string> | undefined;
  readonly values: readonly string[];
}

function FieldInput({ visit, field, offered, values }: InputProps): VNode {
  const { say } = visit;
  const id = `${PREFIX}${field.name}`;
  const needed = field.required ? '' : ` (${say('form.optional')})`;
  const words = (
    <>
      <span lang="en">{field.words}</span>
      {needed}
    </>
  );
  if (field.type === 'codes' || field.type === 'choices')
    return (
      <fieldset>
        <legend>{words}</legend>
        {[...(offered ?? [])].map(([value, label]) => (
          <label key={value} class="tick">
            <input type="checkbox" name={id} value={value} checked={values.includes(value)} />{' '}
            <span lang="en">{label}</span>
          </label>
        ))}
      </fieldset>
    );
  return (
    <div>
      <label for={id}>{words}</label>
      <OneValue visit={visit} field={field} offered={offered} id={id} value={values[0] ?? ''} />
    </div>
  );
}

interface OneProps {
  readonly visit: Visit;
  readonly field: RegisterField;
  readonly offered: ReadonlyMap<string, string> | undefined;
  readonly id: string;
  readonly value: string;
}

function OneValue({ visit, field, offered, id, value }: OneProps): VNode {
  const { say } = visit;
  const { type, required, pattern, minimum, maximum } = field;
  if (type === 'flag' || offered !== undefined) {
    const options =
      offered ??
      new Map([
        ['true', say('yes')],
        ['false', say('no')],
      ]);
    return (
      <select id={id} name={id} required={required}>
        <option value="">–</option>
        {[...options].map(([code, label]) => (
          <option key={code} value={code} selected={code === value} lang={type === 'flag' ? undefined : 'en'}>
            {label}
          </option>
        ))}
      </select>
    );
  }
  if (type === 'date') return <input id={id} name={id} type="date" required={required} value={value} />;
  if (type === 'number')
    return (
      <input id={id} name={id} type="number" required={required} min={minimum} max={maximum} value={value} />
    );
  if (pattern !== undefined)
    return <input id={id} name={id} type="text" required={required} pattern={pattern} value={value} />;
  return (
    <textarea id={id} name={id} rows={2} maxLength={2000} required={required}>
      {value}
    </textarea>
  );
}

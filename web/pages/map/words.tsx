/** Words of the contracts as the pages of the asset map show them: in English, and marked so. */
import type { VNode } from 'preact';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { RegisterField } from '../../../src/contracts/register.ts';
import { countiesIn } from '../../../src/providers/asset-map.ts';
import { directoryFields } from '../../../src/providers/checked-program.ts';
import { offeredBy } from '../../../src/register/content.ts';

export function English({ text }: { readonly text: string }): VNode {
  return <span lang="en">{text}</span>;
}

export function countyLabel(contracts: Contracts, code: string): string {
  return countiesIn(contracts).find((county) => county.code === code)?.label ?? code;
}

function fieldNamed(contracts: Contracts, name: string): RegisterField {
  const field = directoryFields(contracts).find((one) => one.name === name);
  if (field === undefined) throw new Error(`schema/directory.yaml has no field ${name}`);
  return field;
}

/** The label of a value of a field. */
export function valueLabel(contracts: Contracts, name: string, value: string): string {
  return offeredBy(contracts, fieldNamed(contracts, name))?.get(value) ?? value;
}

interface SelectProps {
  readonly id: string;
  readonly label: string;
  readonly chosen: string | undefined;
  readonly options: Iterable<readonly [value: string, label: string]>;
  /** What leaves the choice open; without it one must be made. */
  readonly open?: string;
  /** Whether the options are words of the contracts. */
  readonly english?: boolean;
}

export function Select({ id, label, chosen, options, open, english }: SelectProps): VNode {
  return (
    <div>
      <label for={id}>{label}</label>
      <select id={id} name={id}>
        {open !== undefined && <option value="">{open}</option>}
        {[...options].map(([value, words]) => (
          <option
            key={value}
            value={value}
            selected={value === chosen}
            lang={english === false ? undefined : 'en'}
          >
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

export function counties(contracts: Contracts): readonly (readonly [string, string])[] {
  return countiesIn(contracts).map(({ code, label }) => [code, label] as const);
}

export function choicesOf(contracts: Contracts, name: string): Iterable<readonly [string, string]> {
  return offeredBy(contracts, fieldNamed(contracts, name)) ?? [];
}

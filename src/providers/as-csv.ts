import type { Contracts } from '../contracts/contracts.ts';
import type { Texts } from './as-texts.ts';
import { directoryFields } from './checked-program.ts';

/** The asset map as a file of rows, which an import takes as it is. */
export function directoryCsv(contracts: Contracts, programs: readonly Texts[]): string {
  const columns = directoryFields(contracts).map(({ name }) => name);
  const lines = programs.map((texts) => columns.map((name) => quoted(texts[name] ?? '')).join(','));
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

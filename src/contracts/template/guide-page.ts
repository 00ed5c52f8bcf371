import type { CodeList } from '../code-list.ts';
import type { Contracts } from '../contracts.ts';
import { sendableFields } from '../lookup.ts';
import type { Field, RecordType } from '../record.ts';
import { agencyCodes, listsOf } from './agency-codes.ts';
import type { Sender } from './example.ts';

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:70rem;padding:1rem;color:#1b1b1b;background:#fff}' +
  'table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}caption{text-align:left;font-weight:600;padding:.3rem 0}' +
  'th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:left;vertical-align:top}th{background:#f0f0f0}' +
  'code{font-family:ui-monospace,monospace}.made-up{border:2px solid #1b1b1b;padding:.5rem}a{color:#005ea2}';

/** The dictionary of what one agency may send, on one page that needs nothing beside itself. */
export function guidePage(contracts: Contracts, records: readonly RecordType[], sender: Sender): string {
  const body = [
    `<h1>What ${escape(sender.agency)} sends</h1>`,
    '<p class="made-up"><strong>Made-up data.</strong> The rows in <code>example/</code> are invented. No row is about a real person.</p>',
    '<p><code>dictionary.xlsx</code> holds the same records, columns and codes as sheets.</p>',
    howTo(),
    `<h2 id="records">Records</h2><ul>${records.map((record) => `<li><a href="#${record.name}"><code>${record.name}</code></a> ${escape(record.title)}</li>`).join('')}</ul>`,
    ...records.map((record) => recordSection(contracts, record, sender)),
    '<h2 id="codes">Codes</h2>',
    ...listsOf(contracts, records).map((list) => codeTable(contracts, list, sender)),
    neverHeld(contracts),
    '<footer><p>National Human Trafficking Hotline: 888-373-7888, or text 233733.</p></footer>',
  ];
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>What ${escape(sender.agency)} sends</title><style>${STYLE}</style></head>\n<body><main>\n${body.join('\n')}\n</main></body></html>\n`;
}

function howTo(): string {
  return [
    '<h2>How to send</h2><ol>',
    '<li>Export each record to a CSV file with the header of the file in <code>empty/</code>: UTF-8, commas, dates as 2026-01-31, times as 2026-01-31T08:00:00Z. Several codes in one cell are separated by semicolons.</li>',
    '<li>Replace every key of a person by your pseudonym, and make the linkage rows with the encoder, on your own machine. No name, address or full date of birth ever leaves it.</li>',
    '<li>Write <code>manifest.json</code> last, as in <code>example/</code>: every file with its rows and its SHA-256.</li>',
    '<li>A code of yours that is not below is reported and its row rejected. Ask for a mapping; do not force it into another code.</li>',
    '</ol>',
  ].join('');
}

function recordSection(contracts: Contracts, record: RecordType, sender: Sender): string {
  const sent = sendableFields(contracts, record, sender.system);
  const rows = sent.map(
    (field) =>
      `<tr><th scope="row"><code>${field.name}</code></th><td>${field.constraints.required ? 'yes' : ''}</td><td>${escape(field.description)}</td><td>${values(field)}</td></tr>`,
  );
  const stays = record.fields
    .filter((field) => !sent.includes(field))
    .map((field) => `<code>${field.name}</code>`);
  const note = stays.length === 0 ? '' : `<p>Never send ${stays.join(', ')}.</p>`;
  return `<h3 id="${record.name}">${record.name}</h3><p>${escape(record.description)} ${escape(record.cadence)}.</p>${note}<table><caption>${escape(record.title)}</caption><thead><tr><th scope="col">Column</th><th scope="col">Required</th><th scope="col">What it is</th><th scope="col">Values</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function values(field: Field): string {
  if (field.codes !== undefined) {
    return `${field.several ? 'several codes of' : 'a code of'} <a href="#list-${field.codes}">${field.codes}</a>`;
  }
  if (field.token !== undefined) return 'pseudonym';
  const unit = field.unit === undefined ? '' : ` (${field.unit.replaceAll('_', ' ')})`;
  const such = field.example === undefined ? '' : `, such as <code>${escape(field.example)}</code>`;
  return `${field.type}${unit}${such}`;
}

/** The shared codes in force, and beside each what the agency itself may write for it. */
function codeTable(contracts: Contracts, list: CodeList, sender: Sender): string {
  const rows = agencyCodes(contracts, list, sender.agency).map(({ code, yours }) => {
    const held =
      code.heldAs === undefined
        ? code.never === undefined
          ? ''
          : ' Not in a row about one young person.'
        : ` In a row about one young person: <code>${escape(code.heldAs)}</code>.`;
    const own = yours.map((from) => `<code>${escape(from)}</code>`).join(', ');
    return `<tr><th scope="row"><code>${escape(code.code)}</code></th><td>${escape(code.label)}.${held}</td><td>${own}</td></tr>`;
  });
  return `<table id="list-${list.name}"><caption>${list.name}: ${escape(list.title)}</caption><thead><tr><th scope="col">Code</th><th scope="col">Meaning</th><th scope="col">Your code</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function neverHeld(contracts: Contracts): string {
  const rows = [...contracts.neverHeld.values()].map(
    (never) => `<tr><th scope="row">${escape(never.words)}</th><td>${escape(never.instead)}</td></tr>`,
  );
  return `<h2 id="never">What is never sent about one young person</h2><table><caption>A delivery that carries any of it is refused as a whole</caption><thead><tr><th scope="col">Never</th><th scope="col">Instead</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

import { TesseraError } from '../../../src/errors.ts';
import type { Refuse } from '../file-refused.ts';
import type { Limits } from '../limits.ts';
import type { StoredBytes } from '../stored-file.ts';
import { formOfFormat, type NumberForm } from './cell-text.ts';
import { attribute, type XmlHandler, XmlScanner } from './xml-scanner.ts';
import { type ZipEntry, zipContent, zipEntries } from './zip.ts';

/** A workbook of one sheet, with what is needed to understand its cells. */
export interface Workbook {
  /** By index, as cells name them. */
  readonly sharedTexts: readonly string[];
  /** What the style of a cell says about its number, by index. */
  readonly forms: readonly NumberForm[];
  /** Days are counted from 1904 instead of 1900. */
  readonly from1904: boolean;
  readSheet(handler: XmlHandler): AsyncIterable<void>;
}

export async function openWorkbook(
  handle: StoredBytes,
  stored: number,
  limits: Limits,
  refuse: Refuse,
): Promise<Workbook> {
  const entries = await zipEntries(handle, stored, limits, refuse);
  const read = (name: string, handler: Partial<XmlHandler>) =>
    scan(zipContent(handle, entryNamed(entries, name, refuse), limits, refuse), handler, refuse);
  const drain = async (name: string, handler: Partial<XmlHandler>): Promise<void> => {
    for await (const _ of read(name, handler));
  };

  const book = [...(await relations('', drain)).values()].find(
    ({ type }) => type === 'officeDocument',
  )?.target;
  if (book === undefined) return refuse('WORKBOOK', undefined, 'is a zip and no workbook', SAVE_AGAIN);
  const sheets: string[] = [];
  let from1904 = false;
  await drain(book, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attribute(attributes, 'date1904') ?? '');
      if (name === 'sheet') sheets.push(attribute(attributes, 'r:id') ?? idOf(attributes));
    },
  });
  if (sheets.length !== 1)
    refuse(
      'WORKBOOK',
      undefined,
      `has ${sheets.length} sheets where one is read`,
      'keep one sheet, hidden ones counted',
    );

  const parts = await relations(book, drain);
  const named = (type: string) => [...parts.values()].find((part) => part.type === type)?.target;
  const sheet = parts.get(sheets[0] ?? '')?.target;
  if (sheet === undefined) return refuse('WORKBOOK', undefined, 'has lost its sheet', SAVE_AGAIN);
  const texts = named('sharedStrings');
  const styles = named('styles');
  return {
    sharedTexts: texts === undefined ? [] : await readSharedTexts(texts, drain, limits, refuse),
    forms: styles === undefined ? [] : await readForms(styles, drain),
    from1904,
    readSheet: (handler) => read(sheet, handler),
  };
}

type Drain = (name: string, handler: Partial<XmlHandler>) => Promise<void>;

/** Feeds a part to a handler and stops after every piece, so that what was read can be passed on. */
async function* scan(
  pieces: AsyncIterable<Uint8Array>,
  handler: Partial<XmlHandler>,
  refuse: Refuse,
): AsyncGenerator<void> {
  const nothing = (): void => {};
  const scanner = new XmlScanner({ open: nothing, close: nothing, text: nothing, ...bound(handler) });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const understand = (step: () => void): void => {
    try {
      step();
    } catch (error) {
      if (error instanceof TesseraError) throw error;
      refuse('WORKBOOK', undefined, 'has a part that is no XML in UTF-8', SAVE_AGAIN);
    }
  };
  for await (const piece of pieces) {
    understand(() => scanner.write(decoder.decode(piece, { stream: true })));
    yield;
  }
  understand(() => {
    scanner.write(decoder.decode());
    scanner.end();
  });
}

/** A handler may be an object with a state of its own, whose methods must keep it. */
function bound(handler: Partial<XmlHandler>): Partial<XmlHandler> {
  return {
    ...(handler.open && { open: (name: string, attributes: string) => handler.open?.(name, attributes) }),
    ...(handler.close && { close: (name: string) => handler.close?.(name) }),
    ...(handler.text && { text: (text: string) => handler.text?.(text) }),
  };
}

function entryNamed(entries: ReadonlyMap<string, ZipEntry>, name: string, refuse: Refuse): ZipEntry {
  return entries.get(name) ?? refuse('WORKBOOK', undefined, 'lacks a part that it names', SAVE_AGAIN);
}

/** What a part refers to, by id: the kind of the other part and its name in the zip. */
async function relations(part: string, drain: Drain): Promise<Map<string, { type: string; target: string }>> {
  const slash = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, slash);
  const found = new Map<string, { type: string; target: string }>();
  await drain(`${folder}_rels/${part.slice(slash)}.rels`, {
    open(name, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
      const target = new URL(attribute(attributes, 'Target') ?? '', `zip:///${folder}`).pathname.slice(1);
      const type = attribute(attributes, 'Type')?.split('/').at(-1) ?? '';
      found.set(attribute(attributes, 'Id') ?? '', { type, target: decodeURIComponent(target) });
    },
  });
  return found;
}

/** Some programs give the prefix of relations another name than `r`. */
function idOf(attributes: string): string {
  return /\s\w+:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? '';
}

async function readSharedTexts(
  part: string,
  drain: Drain,
  limits: Limits,
  refuse: Refuse,
): Promise<string[]> {
  const texts: string[] = [];
  let held = 0;
  const collector = new TextCollector('si', (text) => {
    // A text costs its letters and about as much again to be kept.
    held += text.length + 32;
    if (held > limits.sharedTextBytes)
      refuse(
        'TOO_LARGE',
        undefined,
        `has more than ${limits.sharedTextBytes} bytes of shared texts`,
        'send it as CSV',
      );
    texts.push(text);
  });
  await drain(part, collector);
  return texts;
}

/** The text of an `si` or `is` element: its own `t` and those of its runs, without the reading aids. */
export class TextCollector implements XmlHandler {
  readonly #of: string;
  readonly #done: (text: string) => void;
  #text = '';
  #inText = false;
  #inAid = false;

  constructor(of: string, done: (text: string) => void) {
    this.#of = of;
    this.#done = done;
  }

  open(name: string): void {
    if (name === this.#of) this.#text = '';
    else if (name === 'rPh') this.#inAid = true;
    else if (name === 't') this.#inText = !this.#inAid;
  }

  text(text: string): void {
    if (this.#inText) this.#text += text;
  }

  close(name: string): void {
    if (name === 't') this.#inText = false;
    else if (name === 'rPh') this.#inAid = false;
    else if (name === this.#of) this.#done(controls(this.#text));
  }
}

/** Workbooks write control characters as _x000D_, and an underscore that would look so as _x005F_. */
export function controls(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

async function readForms(part: string, drain: Drain): Promise<NumberForm[]> {
  const formats = new Map<string, string>();
  const forms: NumberForm[] = [];
  let inCells = false;
  await drain(part, {
    open(name, attributes) {
      if (name === 'numFmt')
        formats.set(attribute(attributes, 'numFmtId') ?? '', attribute(attributes, 'formatCode') ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = attribute(attributes, 'numFmtId') ?? '0';
        forms.push(formOfFormat(Number(id), formats.get(id)));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return forms;
}

const SAVE_AGAIN = 'save the workbook again as .xlsx';

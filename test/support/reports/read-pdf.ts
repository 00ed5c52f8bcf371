/** A PDF as a program that reads aloud takes it: what its tags say, in their order. */
import { getDocumentProxy } from 'unpdf';

export interface ReadPdf {
  readonly pages: number;
  readonly title: string;
  readonly language: string | undefined;
  readonly marked: boolean;
  readonly metadata: string;
  /** Heading texts of the bookmarks, in order. */
  readonly bookmarks: readonly string[];
  /** Everything under tags, without what is inside a figure. */
  readonly text: string;
  readonly tags: readonly Tagged[];
  /** What is drawn on each page, tagged or not: with page numbers, and with the words in pictures. */
  readonly drawn: readonly string[];
}

export interface Tagged {
  readonly role: string;
  readonly text: string;
  readonly alt: string | undefined;
  readonly page: number;
}

interface Node {
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly alt?: string;
  readonly lang?: string;
  readonly children?: readonly Node[];
}

export async function readPdf(content: Uint8Array): Promise<ReadPdf> {
  const pdf = await getDocumentProxy(Uint8Array.from(content));
  const { info, metadata } = await pdf.getMetadata();
  const outline = (await pdf.getOutline()) as readonly Outline[] | null;
  const tags: Tagged[] = [];
  const drawn: string[] = [];
  let language: string | undefined;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const marked = await markedText(page);
    drawn.push(marked.all);
    const tree = (await page.getStructTree()) as Node | null;
    if (tree !== null) {
      language ??= languageOf(tree);
      walk(tree, marked.byId, number, tags);
    }
  }
  return {
    pages: pdf.numPages,
    title: (info as Info).Title ?? '',
    language: (info as Info).Language ?? language,
    marked: (await pdf.getMarkInfo())?.Marked === true,
    metadata: metadata?.getRaw() ?? '',
    bookmarks: flat(outline ?? []),
    text: tags
      .filter(({ role }) => role !== 'Figure')
      .map(({ text }) => text)
      .join(''),
    tags,
    drawn,
  };
}

interface Info {
  readonly Title?: string;
  readonly Language?: string;
}

interface Outline {
  readonly title: string;
  readonly items: readonly Outline[];
}

function flat(items: readonly Outline[]): string[] {
  return items.flatMap(({ title, items: below }) => [title, ...flat(below)]);
}

function languageOf(node: Node): string | undefined {
  return node.lang ?? (node.children ?? []).map(languageOf).find((one) => one !== undefined);
}

interface Item {
  readonly type?: string;
  readonly id?: string;
  readonly str?: string;
  readonly hasEOL?: boolean;
}

async function markedText(page: {
  getTextContent(options: { includeMarkedContent: boolean }): Promise<{ items: unknown[] }>;
}): Promise<{ readonly byId: ReadonlyMap<string, string>; readonly all: string }> {
  const { items } = await page.getTextContent({ includeMarkedContent: true });
  const byId = new Map<string, string>();
  const open: (string | undefined)[] = [];
  let all = '';
  for (const item of items as readonly Item[]) {
    if (item.type === 'beginMarkedContentProps' || item.type === 'beginMarkedContent') open.push(item.id);
    else if (item.type === 'endMarkedContent') open.pop();
    else if (item.str !== undefined) {
      all += item.hasEOL === true ? `${item.str}\n` : item.str;
      const id = open.findLast((one) => one !== undefined);
      if (id !== undefined) byId.set(id, `${byId.get(id) ?? ''}${item.str}`);
    }
  }
  return { byId, all };
}

/** One entry for each element that holds text itself, and one for each figure with all that is in it. */
function walk(node: Node, texts: ReadonlyMap<string, string>, page: number, out: Tagged[]): void {
  const role = node.role ?? '';
  if (role === 'Figure' && node.alt !== undefined) {
    out.push({ role, text: textIn(node, texts), alt: node.alt, page });
    return;
  }
  for (const child of node.children ?? []) {
    if (child.type === 'content' && child.id !== undefined)
      out.push({ role, text: texts.get(child.id) ?? '', alt: undefined, page });
    else walk(child, texts, page, out);
  }
}

function textIn(node: Node, texts: ReadonlyMap<string, string>): string {
  if (node.type === 'content') return texts.get(node.id ?? '') ?? '';
  return (node.children ?? []).map((child) => textIn(child, texts)).join('');
}

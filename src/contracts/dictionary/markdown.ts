/** A table in Markdown; a cell may hold anything but a new line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function code(text: string): string {
  return `\`${text}\``;
}

export function link(text: string, page: string, anchor?: string): string {
  return `[${text}](${page}${anchor === undefined ? '' : `#${anchor}`})`;
}

export function page(title: string, ...blocks: readonly (string | undefined)[]): string {
  const made = '<!-- Made by `tessera contracts dictionary`; change the files of schema/ instead. -->';
  return `${[made, `# ${title}`, ...blocks.filter((block) => block !== undefined && block !== '')].join('\n\n')}\n`;
}

/** `none` of a system's words: `child_welfare` reads "Child welfare". */
export function spoken(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function period(from: string, to: string | undefined): string {
  return to === undefined ? `from ${from}` : `${from} to ${to}`;
}

/** What stands for a code in a row about one young person; nothing where it stands for itself. */
export function heldNote(topic: string | undefined, heldAs: string | undefined): string {
  if (heldAs !== undefined) return `held as ${code(heldAs)}${topic === undefined ? '' : ` (${topic})`}`;
  return topic === undefined ? '' : `refused (${topic})`;
}

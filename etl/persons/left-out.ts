/** A row that cannot be compared with the others, and why; it stands for a person of its own. */
export interface LeftOut {
  readonly agency: string;
  readonly surrogate: string;
  readonly why: 'key' | 'mode' | 'layout' | 'length' | 'many';
}

/** What a page answers with; the server adds the headers. */
export interface Answer {
  readonly status: number;
  readonly type: 'html' | 'svg' | 'csv' | 'text';
  readonly body: string;
  /** Offered as a file of this name. */
  readonly file?: string;
  /** Where a form that did its work sends its reader. */
  readonly location?: string;
}

export function seeOther(location: string): Answer {
  return { status: 303, type: 'text', body: '', location };
}

export function html(body: string, status = 200): Answer {
  return { status, type: 'html', body };
}

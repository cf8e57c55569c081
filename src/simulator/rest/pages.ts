import type { Answer, Asked } from '../../serve/answer.ts';

export const json = (status: number, body: object): Answer => ({ status, body: JSON.stringify(body) });

const LARGEST_PAGE = 300;
const USUAL_PAGE = 30;

/** A page of a list as Zoom gives it; the token of the next one is empty at the end. */
export const page = (key: string, rows: readonly object[], query: Asked['query']): Answer => {
  const size = Math.min(LARGEST_PAGE, Math.max(1, Number(query.get('page_size')) || USUAL_PAGE));
  const from = Number(Buffer.from(query.get('next_page_token') ?? '', 'base64url').toString()) || 0;
  const next = from + size < rows.length ? Buffer.from(String(from + size)).toString('base64url') : '';
  return json(200, {
    page_count: Math.ceil(rows.length / size),
    page_size: size,
    total_records: rows.length,
    next_page_token: next,
    [key]: rows.slice(from, from + size),
  });
};

export const notThere = (what: string): Answer => json(404, { code: 3001, message: `${what} does not exist.` });

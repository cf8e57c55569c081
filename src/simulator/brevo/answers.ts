import type { Answer } from '../../serve/answer.ts';

// Brevo's answers; the words are those that users reported.

export const json = (status: number, body: object): Answer => ({ status, body: JSON.stringify(body) });
export const NOTHING: Answer = { status: 204, body: '' };

export const refusal = (status: number, code: string, message: string, more: object = {}): Answer =>
  json(status, { code, message, ...more });

export const NO_KEY = refusal(401, 'unauthorized', 'authentication not found in headers');
export const WRONG_KEY = refusal(401, 'unauthorized', 'Key not found');
export const BUSY = refusal(429, 'too_many_requests', 'The expected rate limit is exceeded.');
export const IN_PROCESS = refusal(425, 'account_in_process', 'Contact is in process, please try again later');
export const BROKEN: Answer = { status: 500, body: '<html>Internal Server Error</html>', type: 'text/html' };
export const NO_CONTACT = refusal(404, 'document_not_found', 'Contact does not exist');
export const NO_LIST = refusal(404, 'document_not_found', 'List ID does not exist');

export const invalid = (message: string): Answer => refusal(400, 'invalid_parameter', message);
export const missing = (message: string): Answer => refusal(400, 'missing_parameter', message);

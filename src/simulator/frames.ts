import type { Rules } from './rules.ts';

/** An answer of the socket: `build_connection`, `heartbeat`. */
export const controlFrame = (module: string, success: boolean, content: string): string =>
  JSON.stringify({ module, success, content, header: {} });

/** The frame of one event, whose JSON text is `content`. */
export const eventFrame = (content: string, contentAs: Rules['contentAs']): string => {
  if (contentAs === 'bare') return content;
  return `{"module":"message","content":${contentAs === 'object' ? content : JSON.stringify(content)},"header":{}}`;
};

/** Whether a client's text is the heartbeat of Zoom's documentation; the order of keys and spaces do not matter. */
export const isHeartbeat = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'module' in value && value.module === 'heartbeat';
  } catch {
    return false;
  }
};

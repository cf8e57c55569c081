import type { Notify } from './notice.ts';

/** Says of each frame only what it is and how long (`--redact`): module, type of the event, characters. */
export const withoutPayload = (notify: Notify): Notify => {
  return (notice) => {
    switch (notice.kind) {
      case 'frame':
        return notify({ ...notice, text: outlineOf(notice.text) });
      case 'unknown-module':
        return notify({ ...notice, module: nameOf(notice.module) });
      case 'invalid-utf8':
        return notify({ ...notice, type: nameOf(notice.type) });
      default:
        return notify(notice);
    }
  };
};

const outlineOf = (frame: string): string => {
  const { module, content, event } = membersOf(frame);
  const inner = typeof content === 'string' ? membersOf(content) : content;
  const type = event ?? (typeof inner === 'object' && inner !== null && 'event' in inner ? inner.event : undefined);
  return `module ${nameOf(module)}, type ${nameOf(type)}, ${frame.length} characters`;
};

/** A name of Zoom's form; anything else may be payload that stands in its place. */
const nameOf = (value: unknown): string =>
  typeof value === 'string' && /^[a-z_.]{1,80}$/i.test(value) ? value : 'unknown';

const membersOf = (json: string): { readonly [key: string]: unknown } => {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};

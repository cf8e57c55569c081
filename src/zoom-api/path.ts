/**
 * An id as it stands in a path. A uuid that begins with a slash or has two in a row is encoded twice, or Zoom takes it
 * for a path of its own [Zoom's documentation, meetings].
 */
export const inPath = (id: string): string => {
  const once = encodeURIComponent(id);
  return id.startsWith('/') || id.includes('//') ? encodeURIComponent(once) : once;
};

/** A meeting or webinar number: digits, with spaces and dashes as people write it (of whatever length: Zoom says whether it exists). A uuid is never all digits. */
export const numberIn = (text: string): string | undefined => {
  const digits = text.replace(/[\s-]/g, '');
  return /^\d{1,19}$/.test(digits) ? digits : undefined;
};

/** Languages of transcripts by id, from 0 [Zoom's RTMS data types]; -1 is none. */
export const LANGUAGES: readonly string[] = [
  ...['Arabic', 'Bengali', 'Cantonese', 'Catalan', 'Chinese (Simplified)', 'Chinese (Traditional)', 'Czech'],
  ...['Danish', 'Dutch', 'English', 'Estonian', 'Finnish', 'French (Canada)', 'French (France)', 'German'],
  ...['Hebrew', 'Hindi', 'Hungarian', 'Indonesian', 'Italian', 'Japanese', 'Korean', 'Malay', 'Persian', 'Polish'],
  ...['Portuguese', 'Romanian', 'Russian', 'Spanish', 'Swedish', 'Tagalog', 'Tamil', 'Telugu', 'Thai', 'Turkish'],
  ...['Ukrainian', 'Vietnamese'],
];

export const languageName = (id: number): string | undefined => LANGUAGES[id];

/** The id of a language by its name or id, whatever the case; the beginning of one name only is enough. */
export const languageId = (text: string): number | undefined => {
  const wanted = text.trim().toLowerCase();
  if (/^-?\d+$/.test(wanted)) {
    const id = Number(wanted);
    return id >= -1 && id < LANGUAGES.length ? id : undefined;
  }
  if (wanted === 'none') return -1;
  const plain = (name: string) =>
    name
      .toLowerCase()
      .replace(/[^a-z]+/g, ' ')
      .trim();
  const exact = LANGUAGES.findIndex((name) => plain(name) === plain(wanted));
  if (exact >= 0) return exact;
  const near = LANGUAGES.flatMap((name, id) => (wanted !== '' && plain(name).startsWith(plain(wanted)) ? [id] : []));
  return near.length === 1 ? near[0] : undefined;
};

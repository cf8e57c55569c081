import type { Notify } from '../../notice/notice.ts';
import type { Clock } from '../../time/clock.ts';
import type { Media } from '../wire/codes.ts';
import type { Fact } from '../wire/fact.ts';
import type { MediaFormats } from '../wire/media-params.ts';
import { textOf } from '../wire/message.ts';

/** Connected, but nothing of a medium for this long is worth a word. */
const SILENT_MS = 60_000;
/** A speaker's language may change back and forth; told this often at most. */
const LANGUAGE_EVERY_MS = 60_000;

const CAUSES: Readonly<Record<Media, string>> = {
  audio: 'everybody may be muted, or the app may lack the scope',
  video: 'all cameras may be off, or the app may lack the scope',
  share: 'nothing may be shared, or the app may lack the scope',
  transcript: 'nobody may be speaking, or the app may lack the scope',
  chat: 'nobody may have written, or the app may lack the scope',
};

/** What a user should hear of a stream besides its events. */
export const createWatches = (
  label: string,
  { notify, clock, signal }: { readonly notify: Notify; readonly clock: Clock; readonly signal: AbortSignal },
) => {
  const seen = new Set<Media>();
  const languages = new Map<string, { language: string; saidAt: number | undefined }>();
  let watching = false;

  const mediaOf = (fact: Fact): Media | undefined => {
    if (fact.kind === 'audio') return 'audio';
    if (fact.kind === 'picture') return fact.media;
    return fact.kind === 'event' && (fact.name === 'transcript' || fact.name === 'chat') ? fact.name : undefined;
  };
  const onLanguage = (fact: Fact & { readonly kind: 'event' }): void => {
    const language = textOf(fact.fields.language);
    const who = textOf(fact.fields.user_id) ?? '';
    if (language === undefined) return;
    const before = languages.get(who);
    const now = clock.monotonic();
    if (before === undefined) languages.set(who, { language, saidAt: undefined });
    else if (before.language !== language) {
      const isDue = before.saidAt === undefined || now - before.saidAt >= LANGUAGE_EVERY_MS;
      if (isDue) {
        notify({
          kind: 'note',
          text: `${label}: the detected language of ${textOf(fact.fields.user_name) ?? (who || 'a speaker')} changed from ${before.language} to ${language}; --language with --fixed-language fixes it`,
        });
      }
      languages.set(who, { language, saidAt: isDue ? now : before.saidAt });
    }
  };
  return {
    onFact(fact: Fact) {
      const media = mediaOf(fact);
      if (media !== undefined) seen.add(media);
      if (fact.kind === 'event' && fact.name === 'transcript') onLanguage(fact);
    },
    /** Begins to wait for the first data of each kind. */
    onReady(media: readonly Media[]) {
      if (watching) return;
      watching = true;
      clock.sleep(SILENT_MS, signal).then(
        () => {
          const silent = media.filter((kind) => !seen.has(kind));
          if (silent.length === 0) return;
          const causes = silent.map((kind) => `${kind}: ${CAUSES[kind]}`).join('; ');
          notify({ kind: 'note', text: `${label}: connected, but nothing came for 60 s of ${causes}` });
        },
        () => {},
      );
    },
  };
};

/** The first difference between what was asked for and what Zoom granted, in words. */
export const differences = (media: readonly Media[], asked: MediaFormats, granted: MediaFormats): readonly string[] =>
  (['audio', 'video', 'share'] as const)
    .filter((kind) => media.includes(kind))
    .flatMap((kind) =>
      Object.entries(granted[kind]).flatMap(([name, value]) => {
        const before = (asked[kind] as Readonly<Record<string, unknown>>)[name];
        return before === value ? [] : [`${kind} ${WORDS[name] ?? name} ${value} instead of ${before}`];
      }),
    );

const WORDS: Readonly<Record<string, string>> = { packetMs: 'packet (ms)', rate: 'rate', fps: 'pictures per second' };

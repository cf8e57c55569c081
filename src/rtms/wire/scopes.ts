import type { Media } from './codes.ts';
import type { Product } from './start-event.ts';

const SCOPE_WORDS: Readonly<Record<Media, string>> = {
  audio: 'audio',
  video: 'video',
  share: 'screenshare',
  transcript: 'transcript',
  chat: 'chat',
};

/** The scope that an app needs for a kind of media, as Zoom's Marketplace spells it; in words where it is not known. */
export const scopeFor = (product: Product, media: Media): string => {
  switch (product) {
    case 'meeting':
      return `meeting:read:meeting_${SCOPE_WORDS[media]}`;
    case 'webinar':
      return `webinar:read:webinar_${SCOPE_WORDS[media]}`;
    case 'contact_center':
      return 'contact_center:read:zcc_voice_audio';
    case 'phone':
      return 'phone:read:rtms_session';
    case 'session':
      return `${SCOPE_WORDS[media]} of a Video SDK app with Realtime Media Streams`;
    default:
      product satisfies never;
      throw new TypeError(`no product ${product}`);
  }
};

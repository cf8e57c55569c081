import type { Notify } from '../../notice/notice.ts';
import type { Media } from '../wire/codes.ts';
import type { Fact } from '../wire/fact.ts';
import type { MediaFormats } from '../wire/media-params.ts';
import type { Message } from '../wire/message.ts';
import type { SigningKey } from '../wire/signature.ts';
import type { IdName, StreamStart } from '../wire/start-event.ts';
import type { SocketWorld } from './socket.ts';

/** What is asked of Zoom for every stream. */
export type Wishes = {
  readonly media: readonly Media[];
  /** `--media all`: what the app may not have is no cause for a warning. */
  readonly takesAll: boolean;
  readonly formats: MediaFormats;
  /** Whether audio from before the connection is wanted. */
  readonly buffered: boolean;
  /** A user id or name whose video is wanted instead of the active speaker's. */
  readonly videoOf: string | undefined;
  /** Ends the stream for good when the run ends, instead of only leaving it. */
  readonly closes: boolean;
};

/** How a stream ended for us. */
export type StreamEnd =
  | { readonly how: 'stopped'; readonly reason: number | undefined }
  /** The window to come back in is over. */
  | { readonly how: 'given-up'; readonly why: string; readonly hint: string | undefined }
  | { readonly how: 'refused'; readonly why: string; readonly hint: string | undefined }
  | { readonly how: 'displaced'; readonly why: string; readonly hint: string | undefined }
  /** The run ends. */
  | { readonly how: 'left' };

/** The time in which a kind of media could not arrive. */
export type Gap = {
  readonly media: Media;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
};

/** Who hears what happens on a stream. All are called at once, in the order in which things come. */
export type StreamEars = {
  onFact(fact: Fact): void;
  /** A kind of media was accepted, in these formats. */
  onGranted(media: readonly Media[], formats: MediaFormats): void;
  onGap(gap: Gap): void;
  /** `rtms_connected`, `rtms_disconnected`. */
  onLifecycle(name: string, facts: Readonly<Record<string, string | number | undefined>>): void;
  onRaw(payload: Buffer, message: Message | undefined, data: Buffer | undefined): void;
  /** Paused: nothing may be kept until it is resumed. */
  onPaused(isPaused: boolean): void;
  /** The client said that it is ready: data may flow. */
  onReady(): void;
};

export type StreamParts = {
  readonly start: StreamStart;
  readonly key: SigningKey;
  readonly wishes: Wishes;
  readonly world: SocketWorld;
  readonly ears: StreamEars;
  readonly notify: Notify;
  /** How messages name the stream. */
  readonly label: string;
  readonly signal: AbortSignal;
};

/** The id, under the name that Zoom is to read it by, with the stream's and the signature. */
export type Identity = Readonly<Partial<Record<IdName, string>>> & {
  readonly rtms_stream_id: string;
  readonly signature: string;
};

import type { Scene } from '../../catalogue/index.ts';
import type { EpochMs } from '../../time/clock.ts';
import { type Beat, iso, type Stage, type Story } from './stage.ts';

/** What comes some time after the end: the recording, then its transcript. */
export function* recording(
  scene: Scene,
  fixed: Beat['overrides'],
  span: { readonly from: EpochMs; readonly to: EpochMs },
  { draw }: Stage,
): Story {
  const shared = {
    ...fixed,
    'payload.object.password': draw.digits(6),
    'payload.object.share_url': `https://zoom.us/rec/share/${draw.id()}`,
    'payload.object.on_prem': false,
    'payload.object.recording_files[].recording_start': iso(span.from),
    'payload.object.recording_files[].recording_end': iso(span.to),
    'payload.object.participant_audio_files[].recording_start': iso(span.from),
    'payload.object.participant_audio_files[].recording_end': iso(span.to),
    download_token: draw.hex(40),
  };
  yield { type: 'recording.completed', scene, overrides: shared };
  yield { type: 'recording.transcript_completed', scene, overrides: shared };
}

import { FILE_STEMS } from './names.ts';
import type { Rule, Slot } from './rule.ts';

/** Fields of files and addresses. The files of a recording agree with each other: type, extension and content. */
export const FILE_RULES: readonly Rule[] = [
  [/vanity_url$|vanity_name$/, () => 'example-corp'],
  [/recording_files\[\]\.file_type$|archive_files\[\]\.file_type$/, (slot) => recorded(slot).type],
  [/recording_files\[\]\.file_extension$|archive_files\[\]\.file_extension$/, (slot) => recorded(slot).type],
  [/recording_files\[\]\.recording_type$|archive_files\[\]\.recording_type$/, (slot) => recorded(slot).content],
  [/_audio_files\[\]\.file_(type|extension)$/, () => 'M4A'],
  [/_audio_files\[\]\.recording_type$/, () => 'audio_only_each_participant'],
  [/recording_files\[\]\.status$|_files\[\]\.status$/, () => 'completed'],
  [
    /(recording|audio|video|sharing|screen|archive)_files\[\]\.file_name$/,
    (slot) => `${stemOf(slot)}.${extensionOf(slot)}`,
  ],
  [/file_name$|attachments\[\]\.name$/, (slot) => `${stemOf(slot)}.pdf`],
  [/(OS_file_type|file_type|file_extension|attachments\[\]\.type)$/, () => 'pdf'],
  [/recording_count$/, () => 2],
  [/(_size|\.size)$/, ({ draw }) => draw.int(20_000, 900_000_000)],
  [/file_path$/, (slot) => `/recordings/${stemOf(slot)}.${extensionOf(slot)}`],
  [/(join_url|meeting_url)$/, ({ scene }) => `https://zoom.us/j/${scene.meeting.number}`],
  [/registration_url$/, ({ draw }) => `https://zoom.us/meeting/register/${draw.id()}`],
  [/play_url$|share_url$/, ({ draw }) => `https://zoom.us/rec/share/${draw.id()}`],
  [/download_url$/, ({ draw }) => `https://zoom.us/rec/download/${draw.id()}`],
  [/summary_doc_url$/, ({ draw }) => `https://docs.zoom.us/doc/${draw.id()}`],
  [/server_urls$/, () => 'wss://rtms.zoom.us:443'],
  [/stream_url$/, () => 'rtmp://live.example.com/ingest'],
  [
    /(_url|_link|policy|terms_of_use|documentation|developer_support)$/,
    ({ path }) => `https://example.com/${path.split('.').at(-1)}`,
  ],
];

const RECORDED = [
  { type: 'MP4', content: 'shared_screen_with_speaker_view' },
  { type: 'M4A', content: 'audio_only' },
  { type: 'TRANSCRIPT', content: 'audio_transcript' },
] as const;

const recorded = ({ type, index }: Slot) =>
  RECORDED[type.includes('transcript') ? 2 : index % RECORDED.length] ?? RECORDED[0];

const stemOf = ({ index }: Slot): string => FILE_STEMS[index % FILE_STEMS.length] ?? FILE_STEMS[0];

const extensionOf = (slot: Slot): string => {
  if (slot.path.includes('audio_files')) return 'm4a';
  const { type } = recorded(slot);
  return type === 'TRANSCRIPT' ? 'vtt' : type.toLowerCase();
};

export { createAudioTo } from './audio-to.ts';
export { createExec } from './exec.ts';
